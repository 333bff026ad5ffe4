"""Change many rows alike: first shown row by row, then written at once unless somebody was faster.

The rows chosen are either ticked one by one or all that match a filter; both become keys, and the preview pins the
state of each row that was looked at. Rows that another person changed after the preview are never overwritten.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.history import because

#: One preview is read by a person, and one transaction holds its rows.
MAX_BULK_ROWS = 2_000
#: A preview can be confirmed for this long (seconds).
VALID_FOR = 2 * 60 * 60
NOTHING = "–"

#: Says of rows that stand before it, locked when they are about to be written, why they are not changed this way.
Refuse = Callable[[Sequence[Any], Mapping[str, Any]], Mapping[Any, str]]


@dataclass(frozen=True)
class Difference:
    """One field of one row before and after, as a person reads it."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """What would change in one row."""

    row: Any
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Refusal:
    """A row that is not changed, and why."""

    row: Any
    reason: str


@dataclass
class Plan:
    """What a change of many rows comes to. Rows that have the values already are counted and left alone."""

    changes: list[RowChange] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    unchanged: int = 0

    @property
    def total(self) -> int:
        """The number of rows looked at."""
        return len(self.changes) + len(self.refused) + self.unchanged

    @property
    def seen(self) -> dict[int, str]:
        """The state in which each row that would change was looked at."""
        return {change.row.pk: state_of(change.row) for change in self.changes}


@dataclass
class Outcome:
    """What became of a change of many rows."""

    changed: list[Any] = field(default_factory=list)
    overtaken: list[Any] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    gone: int = 0


def plan_changes(
    *, rows: Iterable[Any], writable: frozenset[Any], values: Mapping[str, Any], refuse: Refuse
) -> Plan:
    """Say for every row what the values would change; ``writable`` are the keys the person may write."""
    plan = Plan()
    wanted = []
    for row in rows:
        differences = tuple(_differences(row, values))
        if not differences:
            plan.unchanged += 1
        elif row.pk not in writable:
            plan.refused.append(Refusal(row, _("You can see this row, but you have no right to change it.")))
        else:
            wanted.append(RowChange(row, differences))
    reasons = refuse([change.row for change in wanted], values)
    for change in wanted:
        reason = reasons.get(change.row.pk) or _invalid(change.row, values)
        if reason:
            plan.refused.append(Refusal(change.row, reason))
        else:
            plan.changes.append(change)
    return plan


def write_changes(
    *,
    rows: models.QuerySet,
    seen: Mapping[int, str],
    values: Mapping[str, Any],
    reason: str,
    refuse: Refuse,
    before: Callable[[models.QuerySet], Any] = lambda rows: None,
    after: Callable[[Sequence[Any]], Any] = lambda rows: None,
) -> Outcome:
    """Write the values into the rows of a preview, all or none, and say which rows were left out.

    ``rows`` are those the person may write now. ``seen`` are the keys of the preview, each with the state of its row
    then; a row in another state now is listed as overtaken. Every row gets one entry of history with the reason.
    ``before`` locks what must be locked before the rows, ``after`` brings up to date what rests on them.
    """
    outcome = Outcome()
    with transaction.atomic():
        chosen = rows.filter(pk__in=list(seen)).order_by("pk")
        before(chosen)
        found = list(chosen.select_for_update(of=("self",)))
        outcome.gone = len(seen) - len(found)
        fresh: list[Any] = []
        for row in found:
            (fresh if state_of(row) == seen[row.pk] else outcome.overtaken).append(row)
        reasons = refuse(fresh, values)
        for row in fresh:
            if row.pk in reasons:
                outcome.refused.append(Refusal(row, reasons[row.pk]))
            else:
                outcome.changed.append(row)
        keys = [row.pk for row in outcome.changed]
        with because(reason):
            # One statement; the triggers of the history still write one entry a row.
            rows.model._base_manager.filter(pk__in=keys).update(**values, updated_at=timezone.now())
        after(outcome.changed)
    return outcome


def state_of(row: Any) -> str:
    """Return what tells one state of a row from another."""
    return str(row.updated_at.isoformat())


def sealed(*, user: Any, kind: str, seen: Mapping[int, str], data: Mapping[str, Any]) -> str:
    """Return a preview as a text that the page carries and nobody can alter: its rows, their states, what was typed."""
    content = {"kind": kind, "seen": {str(key): state for key, state in seen.items()}, "data": dict(data)}
    return signing.dumps(content, salt=_salt(user), compress=True)


def unsealed(text: str, *, user: Any, kind: str) -> tuple[dict[int, str], dict[str, Any]]:
    """Return rows and typed values of a preview this person was shown. Raise ValidationError for anything else."""
    try:
        content = signing.loads(text, salt=_salt(user), max_age=VALID_FOR)
    except signing.BadSignature as error:
        raise ValidationError(
            _("This preview is too old or not yours. Look at the changes again.")
        ) from error
    if content["kind"] != kind:
        raise ValidationError(_("This preview is of another list. Look at the changes again."))
    return {int(key): state for key, state in content["seen"].items()}, content["data"]


def readable(column: models.Field, value: Any) -> str:
    """Return a value of a column as a person reads it."""
    if value is None or value == "":
        return NOTHING
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return str(date_format(value, "SHORT_DATE_FORMAT"))
    return str(value)


def _salt(user: Any) -> str:
    return f"core.lists.bulk.{user.pk}"


def _differences(row: Any, values: Mapping[str, Any]) -> Iterable[Difference]:
    for name, new in values.items():
        column = row._meta.get_field(name)
        old = getattr(row, name)
        if old != new:
            yield Difference(str(column.verbose_name), readable(column, old), readable(column, new))


def _invalid(row: Any, values: Mapping[str, Any]) -> str:
    """Return why the model does not take the values in this row; the row itself is left as it is."""
    old = {name: getattr(row, name) for name in values}
    others = [column.name for column in row._meta.fields if column.name not in values or column.is_relation]
    try:
        for name, value in values.items():
            setattr(row, name, value)
        row.clean_fields(exclude=others)
    except ValidationError as error:
        return " ".join(error.messages)
    finally:
        for name, value in old.items():
            setattr(row, name, value)
    return ""
