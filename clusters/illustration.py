"""The illustration of the demo stands in lists, so that it can be looked at, and in no figure."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import ngettext

from clusters.models import Cluster

#: The demo has a few hundred clusters; a longer list is a real one, and is spared the question.
DEMO_CLUSTERS = 1_000


def note_of_illustrations(clusters: QuerySet[Cluster], total: int) -> str:
    """Say how many of the clusters of a list (``total``) are illustrations; empty where none are."""
    if not settings.DEMO or total > DEMO_CLUSTERS:
        return ""
    count = clusters.order_by().filter(is_illustration=True).count()
    if not count:
        return ""
    return ngettext(
        "of which %(count)s is fictitious, for illustration, and counts in no figure",
        "of which %(count)s are fictitious, for illustration, and count in no figure",
        count,
    ) % {"count": count}
