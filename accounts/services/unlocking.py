import structlog
from axes.models import AccessAttempt

from accounts.models import User

logger = structlog.get_logger(__name__)


def unlock(*, attempt: AccessAttempt, actor: User) -> int:
    """Forget the failed sign-ins that lock an account, from every address; return how many rows went.

    Who unlocked whom goes to the log of the application.
    """
    deleted, _by_model = AccessAttempt.objects.filter(username=attempt.username).delete()
    logger.info("account_unlocked", username=attempt.username, by=actor.pk)
    return deleted
