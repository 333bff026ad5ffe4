"""The illustration of the demo stands in lists, so that it can be looked at, and in no figure."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import ngettext
from django_tables2 import Table

from clusters.models import Cluster

#: The demo has a few hundred clusters; a longer list is a real one, and is spared the question.
DEMO_CLUSTERS = 1_000


def note_of_illustrations(found: QuerySet[Cluster], table: Table) -> str:
    """Say how many of the clusters that a list found are illustrations; empty where none are.

    One query, where the page of the table does not hold them all.
    """
    if not settings.DEMO or table.paginator.count > DEMO_CLUSTERS:
        return ""
    if table.paginator.num_pages > 1:
        count = found.order_by().filter(is_illustration=True).count()
    else:
        count = sum(row.record.is_illustration for row in table.paginated_rows)
    if not count:
        return ""
    return ngettext(
        "of which %(count)s is fictitious, for illustration, and counts in no figure",
        "of which %(count)s are fictitious, for illustration, and count in no figure",
        count,
    ) % {"count": count}
