from collections.abc import Sequence

import structlog
from django.db.models import Model

from accounts.models import AccessLogEntry, User


def log_access(
    *, user: User, obj: Model, fields: Sequence[str], path: str = "", reason: str = ""
) -> AccessLogEntry:
    """Write down that a person saw personal data: call it in every view that shows some, before it is shown.

    Source: Law 91/2025/QH15 on personal data protection.
    """
    return AccessLogEntry.objects.create(
        user=user,
        object_type=obj._meta.label_lower,
        object_pk=str(obj.pk),
        object_label=str(obj)[:255],
        fields=list(fields),
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64],
        path=path[:500],
        reason=reason[:255],
    )
