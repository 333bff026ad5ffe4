"""The illustration of the demo stands in lists, so that it can be looked at, and in no figure."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import ngettext


class CountsIllustrations:
    """A ``FilteredListView`` of clusters that says how many of them are illustrations, in the demo."""

    table: Any

    @property
    def counted_apart(self) -> Q | None:
        """The illustrations, which exist in the demo alone."""
        return Q(is_illustration=True) if settings.DEMO else None

    def count_note(self) -> str:
        """Say how many of the clusters found are in no figure; empty where all are."""
        count = self.table.data.of_kind
        if not count:
            return ""
        return ngettext(
            "of which %(count)s is fictitious, for illustration, and counts in no figure",
            "of which %(count)s are fictitious, for illustration, and count in no figure",
            count,
        ) % {"count": count}
