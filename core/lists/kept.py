"""What a person keeps of a list, read in one statement: how they want to see it, and the views they can use."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import JSONField, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from core.models import ListPreference, SavedView

_FIELDS = [one.attname for one in SavedView._meta.concrete_fields]
# A person is called as ``User`` calls them.
_OWNER = Coalesce(NullIf("user__full_name", Value("")), "user__email")
_VIEW = JSONObject(**{name: name for name in _FIELDS}, owner=_OWNER)
_PREFERENCE = JSONObject(columns="columns", page_size="page_size", default_view="default_view_id")


@dataclass(frozen=True)
class Kept:
    """The views a person can use, by name; their columns, page size and opening view where they chose any."""

    views: list[SavedView] = field(default_factory=list)
    preference: dict[str, Any] | None = None

    @property
    def default_view(self) -> SavedView | None:
        """The view that the list opens with, as long as the person may still use it."""
        wanted = self.preference and self.preference["default_view"]
        return next((view for view in self.views if view.pk == wanted), None)


def units_of(user: Any) -> dict[int, str]:
    """Return the organisations a person acts for, by key."""
    if not user.is_authenticated:
        return {}
    return {one.organisation.pk: str(one.organisation) for one in user.active_memberships}


def read_kept(user: Any, list_name: str) -> Kept:
    """Return what a person keeps of a list; nothing, and no query, for a visitor.

    Each view says in ``owner`` whose it is.
    """
    if not user.is_authenticated:
        return Kept()
    reach = Q(user=user) | Q(shared_with__in=units_of(user))
    views = SavedView.objects.filter(reach, list_name=list_name).order_by("name", "pk")
    preference = ListPreference.objects.filter(user=user, list_name=list_name)
    asked = get_user_model().objects.filter(pk=user.pk).order_by()
    found, chosen = asked.values_list(
        ArraySubquery(views.values_list(_VIEW, flat=True)),
        Subquery(preference.order_by().values_list(_PREFERENCE, flat=True)[:1], output_field=JSONField()),
    ).get()
    return Kept([_made(one) for one in found], chosen)


def _made(values: dict[str, Any]) -> SavedView:
    view = SavedView.from_db(DEFAULT_DB_ALIAS, _FIELDS, [values[name] for name in _FIELDS])
    view.owner = values["owner"]
    return view
