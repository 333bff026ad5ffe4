"""The illustration of the demo stands in lists, so that it can be looked at, and in no figure."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import ngettext

from clusters.models import Cluster


def illustrations_among(clusters: QuerySet[Cluster]) -> int:
    """Return how many of the clusters are illustrations; asks nothing where no demo data can be."""
    return clusters.order_by().filter(is_illustration=True).count() if settings.DEMO else 0


def apart_from(count: int) -> str:
    """Say that a number of rows holds so many illustrations; empty where there are none."""
    if not count:
        return ""
    return ngettext(
        "of which %(count)s is fictitious, for illustration, and counts in no figure",
        "of which %(count)s are fictitious, for illustration, and count in no figure",
        count,
    ) % {"count": count}
