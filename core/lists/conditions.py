"""The filters in force, in words, each with the address of the list without it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format, number_format
from django_filters import FilterSet


@dataclass(frozen=True)
class Condition:
    """One filter in force: its label, its value as read, and where the list without it is."""

    label: str
    value: str
    url_without: str


def conditions_in_force(filterset: FilterSet, request: HttpRequest) -> list[Condition]:
    """Return the filters that narrow the list now, in the order of the form."""
    if not filterset.is_bound:
        return []
    conditions = []
    for name, field in filterset.form.fields.items():
        value = filterset.form.cleaned_data.get(name) if filterset.form.is_valid() else None
        if value is None or value == "" or value == [] or not _readable(field, value):
            continue
        query = request.GET.copy()
        for key in [key for key in query if key == name or key in (f"{name}_min", f"{name}_max")]:
            del query[key]
        query.pop("page", None)
        url = f"{request.path}?{query.urlencode()}" if query else request.path
        conditions.append(Condition(str(field.label or name), _readable(field, value), url))
    return conditions


def _readable(field: Any, value: Any) -> str:
    if isinstance(value, slice):
        parts = [_readable(field, part) for part in (value.start, value.stop) if part is not None]
        return " – ".join(parts)
    labels = (
        {str(key): str(label) for key, label in _flat(getattr(field, "choices", ()))}
        if _is_plain(field)
        else {}
    )
    if isinstance(value, str):
        return labels.get(value, value)
    if isinstance(value, bool):
        return labels.get(str(value), str(value))
    if hasattr(value, "strftime"):
        return str(date_format(value, "SHORT_DATE_FORMAT"))
    if hasattr(value, "as_tuple") or isinstance(value, int | float):
        return str(number_format(value, use_l10n=True, force_grouping=True))
    if hasattr(value, "__iter__"):
        return ", ".join(_readable(field, part) for part in value)
    return str(value)


def _is_plain(field: Any) -> bool:
    """Say whether the choices stand in code; those of a model field would be read from the database."""
    return hasattr(field, "choices") and not hasattr(field, "queryset")


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = []
    for key, label in choices:
        if isinstance(label, list | tuple):
            pairs.extend(label)
        else:
            pairs.append((key, label))
    return pairs
