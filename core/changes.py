"""The history of a record in words: when, who, why, and each field before and after."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pghistory.models import Event

_TECHNICAL = {"id", "created_at", "updated_at", "key", "sort_key", "search", "search_vector"}
_LONGEST = 300
_NOTHING = "–"


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as a person reads it."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One change: ``label`` says whether the record was entered, changed or removed.

    ``version`` is the key of the row of history that it left, ``person`` the key of who made it.
    """

    when: dt.datetime
    who: str
    reason: str
    label: str
    fields: tuple[FieldChange, ...]
    request_id: str = ""
    version: int = 0
    person: Any = None
    removes: bool = False


def changes_of(obj: models.Model) -> list[Change]:
    """Return the changes of a record, the latest first; people and related records keep their names readable.

    Four queries and one for each related model, whatever the number of changes. Raises LookupError for a model
    without history.
    """
    return [change for _key, change in changes_where(type(obj), pgh_obj_id=obj.pk)]


def changes_where(model: type[models.Model], **conditions: Any) -> list[tuple[Any, Change]]:
    """Return the changes of every record whose history meets the conditions, each with the record's key.

    The latest come first; records that were removed are among them. ``conditions`` are lookups on the event table.
    """
    events = event_model_of(model).objects.filter(**conditions).select_related("pgh_context")
    return changes_among(model, list(events.order_by("pgh_obj_id", "pgh_id")))


def changes_among(
    model: type[models.Model], events: list[Any], previous: Mapping[int, Any] | None = None
) -> list[tuple[Any, Change]]:
    """Return these rows of history in words, as :func:`changes_where` does.

    They come in the order of their records and of time, and are compared with the row before; ``previous`` gives
    that row by the key of each where the list leaves rows out.
    """
    names = _names_of_related(model, [*events, *(previous or {}).values()])
    people = _people(events)
    changes, before = [], None
    for event in events:
        if previous is not None:
            before = previous.get(event.pgh_id)
        elif before is not None and before.pgh_obj_id != event.pgh_obj_id:
            before = None
        fields = () if event.pgh_label == "delete" else tuple(_differences(model, before, event, names))
        if fields or event.pgh_label != "update":
            changes.append((event.pgh_obj_id, _change(event, fields, people)))
        before = event
    # Changes of one transaction have one time; the sort keeps the later ones in front.
    changes.reverse()
    changes.sort(key=lambda entry: entry[1].when, reverse=True)
    return changes


@cache
def event_model_of(model: type[models.Model]) -> Any:
    """Return the event table of a tracked model; raises LookupError if the model is not tracked."""
    for candidate in apps.get_models():
        if issubclass(candidate, Event) and candidate.pgh_tracked_model is model:
            return candidate
    raise LookupError(f"{model._meta.label} has no history; put core.history.track() on it.")


def _change(event: Any, fields: tuple[FieldChange, ...], people: dict[Any, str]) -> Change:
    facts = event.pgh_context.metadata if event.pgh_context else {}
    return Change(
        when=event.pgh_created_at,
        who=facts.get("user_name") or people.get(facts.get("user")) or _("the system"),
        reason=facts.get("reason", ""),
        label={"insert": _("entered"), "update": _("changed"), "delete": _("removed")}[event.pgh_label],
        fields=fields,
        request_id=facts.get("request_id", ""),
        version=event.pgh_id,
        person=facts.get("user"),
        removes=event.pgh_label == "delete",
    )


def differences(model: type[models.Model], before: Any, after: Any) -> list[FieldChange]:
    """Return what differs between two states of a record, each a row of its table or of its history (or None)."""
    states = [state for state in (before, after) if state is not None]
    names = _names_of_related(model, states)
    return _differences(model, before, after, names)


def recorded_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the columns of a model that its history keeps and a person enters."""
    return _fields(model, event_model_of(model))


def _fields(model: type[models.Model], event: Any) -> list[models.Field]:
    recorded = {field.attname for field in event._meta.concrete_fields}
    return [
        field
        for field in model._meta.concrete_fields
        if field.attname in recorded and field.name not in _TECHNICAL and not field.primary_key
    ]


def _differences(
    model: type[models.Model], before: Any, after: Any, names: dict[Any, str]
) -> list[FieldChange]:
    found = []
    for field in recorded_fields(model):
        old = getattr(before, field.attname) if before else None
        new = getattr(after, field.attname) if after else None
        if old != new and not (before is None and new in (None, "")):
            label = str(field.verbose_name)
            found.append(
                FieldChange(field.name, label, _readable(field, old, names), _readable(field, new, names))
            )
    return found


def _readable(field: models.Field, value: Any, names: dict[Any, str]) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return _NOTHING
    if field.remote_field:
        return names.get((field.related_model, value), f"#{value}")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return str(date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT"))
    if isinstance(value, dt.date):
        return str(date_format(value, "SHORT_DATE_FORMAT"))
    if hasattr(value, "as_tuple"):
        return str(number_format(f"{value.normalize():f}", use_l10n=True, force_grouping=True))
    if isinstance(value, dict) and value.get("coordinates"):
        return _shape(value["coordinates"])
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _shape(coordinates: Any) -> str:
    """Say of a GeoJSON shape how many points it has and where it begins; its numbers would tell a reader nothing."""
    points = list(_points(coordinates))
    longitude, latitude = (number_format(round(axis, 5), use_l10n=True) for axis in points[0][:2])
    return ngettext(
        "shape of %(count)s point at %(latitude)s; %(longitude)s",
        "shape of %(count)s points from %(latitude)s; %(longitude)s on",
        len(points),
    ) % {"count": len(points), "latitude": latitude, "longitude": longitude}


def _points(coordinates: Any) -> Iterator[Any]:
    if isinstance(coordinates[0], list | tuple):
        for part in coordinates:
            yield from _points(part)
    else:
        yield coordinates


def _names_of_related(model: type[models.Model], events: list[Any]) -> dict[Any, str]:
    """Read every record that a foreign key of the events points to, one query a model."""
    wanted: dict[Any, set[Any]] = {}
    fields = recorded_fields(model)
    for event in events:
        for field in fields:
            if field.remote_field and getattr(event, field.attname) is not None:
                wanted.setdefault(field.related_model, set()).add(getattr(event, field.attname))
    return {
        (related, row.pk): str(row)
        for related, keys in wanted.items()
        for row in related._base_manager.filter(pk__in=keys).order_by("pk")
    }


def _people(events: list[Any]) -> dict[Any, str]:
    """Name the people of changes whose context has no name, such as those that came through the REST API."""
    facts = [event.pgh_context.metadata for event in events if event.pgh_context]
    keys = {fact["user"] for fact in facts if fact.get("user") and not fact.get("user_name")}
    if not keys:
        return {}
    people = get_user_model()._default_manager.filter(pk__in=keys).order_by("pk")
    return {person.pk: str(person) for person in people}
