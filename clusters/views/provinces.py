"""Which provinces and communes a list covers: named in each row where there are several, or once for all rows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.roles import Function
from accounts.scope import scope_of
from places.models import Commune, Province

#: What a list says that is empty although no filter narrows it.
NOTHING_YET = gettext_lazy("Nothing is recorded here yet.")


class NamesProvinces:
    """A ``FilteredListView`` with a column ``province`` that is in sight where the rows come from several.

    An officer of one province has no use for it and finds it among the columns to choose.
    """

    default_columns: tuple[str, ...]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Add the column to those shown before the reader chooses."""
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        if works_across_provinces(request.user):
            self.default_columns = (*self.default_columns, "province")


def works_across_provinces(user: Any) -> bool:
    """Say whether the registry shows a person more than one province, so that rows must name theirs."""
    scope = scope_of(user, Function.VIEW_REGISTRY)
    return scope.national or len(scope.province_ids) > 1


def area_of(user: Any) -> str:
    """Name the provinces and communes where a person may see the registry; nothing for the whole country."""
    scope = scope_of(user, Function.VIEW_REGISTRY)
    if scope.national:
        return ""
    provinces = Province.objects.filter(pk__in=scope.province_ids).order_by("sort_key", "pk")
    communes = Commune.objects.filter(pk__in=scope.commune_ids).order_by("sort_key", "pk")
    return ", ".join(place.full_name for place in (*provinces, *communes))
