"""Saved views: a list with its filter, order, columns and page size under a name, for oneself or the whole unit."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from core.lists.choices import DEFAULT_PAGE_SIZE, PAGE_SIZES
from core.lists.kept import units_of
from core.models import ListPreference, SavedView

#: The parameter of an address that names the view in use; ``NO_VIEW`` keeps the one it opens with away.
PARAMETER, NO_VIEW = "saved", "none"
#: Parameters that are no part of a view.
NOT_KEPT = ("page", "per_page", PARAMETER, "export", "export_columns")
MAX_VIEWS = 50


def query_to_keep(query: QueryDict) -> str:
    """Return what of an address belongs to a view."""
    kept = query.copy()
    for key in [key for key in kept if key in NOT_KEPT or not any(kept.getlist(key))]:
        del kept[key]
    return kept.urlencode()


def address_of(path: str, view: SavedView) -> str:
    """Return the address of the list as the view shows it."""
    return f"{path}?{view.query}&{PARAMETER}={view.pk}" if view.query else f"{path}?{PARAMETER}={view.pk}"


@transaction.atomic
def save_view(
    *, user: Any, list_name: str, name: str, query: QueryDict, columns: list[str], page_size: str
) -> SavedView:
    """Keep a list as it is shown, under a new name. Raise ValidationError for a name that is blank or taken."""
    mine = SavedView.objects.filter(user=user, list_name=list_name)
    if mine.count() >= MAX_VIEWS:
        raise ValidationError(
            _("You have %(count)s views of this list already. Delete one first.") % {"count": MAX_VIEWS}
        )
    view = SavedView(user=user, list_name=list_name, name=_clean_name(mine, name))
    return update_view(view=view, query=query, columns=columns, page_size=page_size)


def update_view(*, view: SavedView, query: QueryDict, columns: list[str], page_size: str) -> SavedView:
    """Keep in a view what the list shows now."""
    view.query = query_to_keep(query)
    view.columns = columns
    view.page_size = page_size if page_size in PAGE_SIZES else DEFAULT_PAGE_SIZE
    view.save()
    return view


def rename_view(*, view: SavedView, name: str) -> SavedView:
    """Give a view another name. Raise ValidationError for one that is blank or taken."""
    others = SavedView.objects.filter(user=view.user_id, list_name=view.list_name).exclude(pk=view.pk)
    view.name = _clean_name(others, name)
    view.save(update_fields=["name"])
    return view


def share_view(*, view: SavedView, user: Any, organisation: str) -> SavedView:
    """Let the people of one of the person's own units use a view; an empty organisation takes it back."""
    units = {str(key): key for key in units_of(user)}
    if organisation and organisation not in units:
        raise ValidationError(_("A view can be shared with a unit you work in, with no other."))
    view.shared_with_id = units.get(organisation)
    view.save(update_fields=["shared_with"])
    return view


def open_with(*, user: Any, list_name: str, view: SavedView | None) -> None:
    """Let a list open with a view for this person, or as it is when there is none."""
    ListPreference.objects.update_or_create(
        user=user,
        list_name=list_name,
        defaults={"default_view": view},
        create_defaults={"default_view": view, "page_size": DEFAULT_PAGE_SIZE},
    )


def act_on_view(
    request: HttpRequest, *, list_name: str, chosen: SavedView | None, shown: Mapping[str, Any]
) -> tuple[SavedView | None, str]:
    """Do what a form of the menu asks for; return the view to show then, and a sentence that says what was done.

    ``chosen`` is the view that the address names, ``shown`` the columns and page size of the list now. Views of
    others can be used and opened with, never changed. Raise ValidationError with the sentence to show.
    """
    user, action, name = request.user, request.POST["saved_action"], request.POST.get("name", "")
    if action == "save":
        chosen = save_view(user=user, list_name=list_name, name=name, query=request.GET, **shown)
        return chosen, _("The view “%(name)s” is saved.") % {"name": chosen}
    if chosen is None:
        raise ValidationError(_("This view is no longer there. Choose another one."))
    if action == "default":
        open_with(user=user, list_name=list_name, view=chosen)
        return chosen, _("The list now opens with the view “%(name)s”.") % {"name": chosen}
    if action == "no_default":
        open_with(user=user, list_name=list_name, view=None)
        return chosen, _("The list now opens with all rows.")
    if chosen.user_id != user.pk:
        raise ValidationError(
            _("Only the person who saved a view can change it. Save it under a name of your own.")
        )
    if action == "update":
        update_view(view=chosen, query=request.GET, **shown)
        return chosen, _("The view “%(name)s” is saved.") % {"name": chosen}
    if action == "rename":
        rename_view(view=chosen, name=name)
        return chosen, _("The view is now called “%(name)s”.") % {"name": chosen}
    if action == "share":
        share_view(view=chosen, user=user, organisation=request.POST.get("organisation", ""))
        return chosen, (
            _("Everybody in your unit can use the view “%(name)s” now.") % {"name": chosen}
            if chosen.shared_with_id
            else _("The view “%(name)s” is yours alone again.") % {"name": chosen}
        )
    if action == "delete":
        chosen.delete()
        return None, _("The view “%(name)s” is deleted.") % {"name": chosen}
    raise ValidationError(_("This action is not known. Open the list again."))


def _clean_name(others: QuerySet[SavedView], name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValidationError(_("Give the view a name."))
    longest = SavedView._meta.get_field("name").max_length or 0
    if len(name) > longest:
        raise ValidationError(
            _("The name has %(length)s characters; at most %(limit)s fit.")
            % {"length": len(name), "limit": longest}
        )
    # At most MAX_VIEWS names; the database folds the case of ASCII alone.
    taken = others.order_by("pk").values_list("name", flat=True)
    if name.casefold() in {other.casefold() for other in taken}:
        raise ValidationError(
            _("You have a view called “%(name)s” already. Choose another name.") % {"name": name}
        )
    return name
