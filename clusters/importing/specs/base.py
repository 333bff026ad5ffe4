"""What every kind of import has: its fields, how rows find their records, what they would change."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from accounts.roles import Function
from clusters.importing.fields import title_of
from clusters.importing.questions import Question, answer_to
from clusters.importing.rows import ReadRow
from clusters.models.imports import ImportKind, ImportOutcome
from core.sentences import sentence as _
from core.sentences import titled
from core.workbooks.mapping import Field
from places.models import Province

NEW, SKIP = "new", "skip"
SOURCE = ("source_title", "source_number", "source_date")
STAMPS = ("created_at", "updated_at")


class Unfit(ValueError):
    """A value that the column cannot hold; the message is for people."""


@dataclass
class Run:
    """Who imports, for which province, and what holds for the whole file."""

    user: Any
    province: Province
    defaults: Mapping[str, Any]
    choices: Mapping[str, str]


class Spec:
    """One kind of import. Subclasses declare; an instance is made for each run and holds its lookups.

    ``columns`` are the fields that go into the column of the same name; ``defaults`` the keys asked for the whole
    file; ``hidden`` columns nobody is shown. ``function`` bounds the rows within reach, ``functions`` are all that a
    person needs.
    """

    kind: ClassVar[ImportKind]
    model: ClassVar[type[models.Model]]
    function: ClassVar[Function] = Function.EDIT_REGISTRY
    functions: ClassVar[tuple[Function, ...]] = (Function.EDIT_REGISTRY,)
    columns: ClassVar[tuple[str, ...]] = ()
    defaults: ClassVar[tuple[str, ...]] = ()
    hidden: ClassVar[frozenset[str]] = frozenset()
    section_key: ClassVar[str] = ""
    #: Columns of the record beside ``columns`` that the resolver fills.
    links: ClassVar[tuple[str, ...]] = ()
    #: Whether rows go into the table as they are; otherwise ``write`` is called for each.
    in_bulk: ClassVar[bool] = True

    def __init__(self, run: Run) -> None:
        self.run = run
        self.fields = {field.key: field for field in self.all_fields()}
        self.casts = {name: caster(self.model, name) for name in self.columns}
        self.weak = {name for name in self.defaults if name in self.casts}
        self._keys: list[int] = []
        self._seen: dict[Any, int] = {}

    @classmethod
    def all_fields(cls) -> tuple[Field, ...]:
        """Return the fields of the kind, in the order of its template."""
        raise NotImplementedError(f"{cls.__name__} does not name its fields.")

    @classmethod
    def may_use(cls, user: Any) -> bool:
        """Say whether a person may import this kind."""
        return all(user.can(function) for function in cls.functions)

    def explode(self, row: ReadRow) -> Iterator[ReadRow]:
        """Yield the records a row of the file states; one, as a rule."""
        yield row

    def resolve(self, row: ReadRow) -> None:
        """Find the record of a row and fill ``row.attrs``; note what is wrong."""
        raise NotImplementedError(f"{type(self).__name__} does not find its records.")

    def judge(
        self, row: ReadRow, mapped: frozenset[str]
    ) -> tuple[ImportOutcome, dict[str, Any], dict[str, Any]]:
        """Return the outcome of a row, the columns to write and their present values.

        ``mapped`` are the fields with a column: what only holds for the whole file makes no change by itself.
        """
        row.choice = self.run.choices.get(row.choice_key, "")
        row.label = str(row.values.get("name") or row.values.get("cluster") or "")
        if row.choice == SKIP:
            return ImportOutcome.SKIPPED, {}, {}
        self._cast(row)
        self.resolve(row)
        if row.is_wrong:
            return ImportOutcome.WRONG, {}, {}
        if (row.candidates and not row.choice) or self._is_open(row):
            return ImportOutcome.ASKED, {}, {}
        row.candidates = []
        if row.known is None:
            self.check(row, {**row.attrs})
            if row.is_wrong:
                return ImportOutcome.WRONG, {}, {}
            attrs = {name: value for name, value in row.attrs.items() if value is not None}
            return ImportOutcome.NEW, attrs, {}
        return self._changes(row, mapped)

    def check(self, row: ReadRow, record: dict[str, Any]) -> None:
        """Note what the whole record contradicts; ``record`` is what it would be."""

    def derive(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return the hidden columns that follow from the others."""
        return {}

    def write(
        self, attrs: dict[str, Any], result: dict[str, Any], record_id: int | None, *, reason: str
    ) -> tuple[int, dict[str, Any]]:
        """Write one row through the service that its facts need; return its key and what was recorded."""
        raise NotImplementedError(f"{type(self).__name__} has no service to write with.")

    def ask(self, row: ReadRow, question: Question) -> str:
        """Let a row ask a question; return the answer given before, blank if there is none yet."""
        row.questions.append(question)
        return answer_to(question, row.choice_key, self.run.choices)

    def _is_open(self, row: ReadRow) -> bool:
        return any(not answer_to(one, row.choice_key, self.run.choices) for one in row.questions)

    def once(self, row: ReadRow, identity: Any, key: str) -> bool:
        """Say whether the record occurs for the first time in the file; otherwise note the row it stands in."""
        first = self._seen.setdefault(identity, row.number)
        if first == row.number:
            return True
        row.error(
            key,
            _("The same record stands in row %(row)s already.") % {"row": first},
            _("Keep one of the two rows."),
        )
        return False

    def _cast(self, row: ReadRow) -> None:
        for name, cast in self.casts.items():
            value = row.values.get(name)
            if value is not None:
                try:
                    row.attrs[name] = cast(value)
                except Unfit as error:
                    row.error(name, titled(title_of(self.fields[name]), error.args[0]))

    def _changes(
        self, row: ReadRow, mapped: frozenset[str]
    ) -> tuple[ImportOutcome, dict[str, Any], dict[str, Any]]:
        known = row.known or {}
        different = {
            name: value for name, value in row.attrs.items() if value is not None and known.get(name) != value
        }
        strong = {name for name in different if name not in self.weak or name in mapped}
        if not strong:
            return ImportOutcome.UNCHANGED, {}, {}
        self.check(row, {**known, **row.attrs})
        day, newest = row.attrs.get("as_of"), known.get("as_of")
        if day and newest and day < newest:
            row.error(
                "as_of",
                _("The registry has its state of %(newest)s, later than %(day)s.")
                % {"newest": f"{newest:%d/%m/%Y}", "day": f"{day:%d/%m/%Y}"},
                _("Give a later day, or leave the row out."),
            )
        if row.is_wrong:
            return ImportOutcome.WRONG, {}, {}
        return ImportOutcome.CHANGED, different, {name: known.get(name) for name in different}


class PlainSpec(Spec):
    """A kind whose rows are records of one table, written many at a time."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.known: dict[int, dict[str, Any]] = {}

    def load(self, rows: models.QuerySet) -> None:
        """Keep the records within reach, by primary key."""
        names = ("id", *self.columns, *self.links)
        self.known = {record["id"]: record for record in rows.order_by("pk").values(*dict.fromkeys(names))}

    def chosen(self, row: ReadRow) -> dict[str, Any] | None:
        """Return the record a person chose for the row."""
        return self.known.get(int(row.choice)) if row.choice.isdigit() else None


@cache
def caster(model: type[models.Model], name: str) -> Callable[[Any], Any]:
    """Return what turns a parsed cell into a value of a column, raising Unfit with a sentence."""
    field: Any = model._meta.get_field(name)
    if isinstance(field, models.DecimalField):
        step = Decimal(1).scaleb(-field.decimal_places)
        ceiling = Decimal(10) ** (field.max_digits - field.decimal_places)

        def as_decimal(value: Any) -> Decimal:
            number = Decimal(value).quantize(step, ROUND_HALF_UP)
            if number < 0:
                raise Unfit(_("%(value)s is negative.") % {"value": number})
            if number >= ceiling:
                raise Unfit(_("%(value)s is larger than can be stored.") % {"value": number})
            return number

        return as_decimal
    if isinstance(field, models.IntegerField):

        def as_whole(value: Any) -> int:
            if value != int(value) or value < 0 or value > 2_000_000_000:
                raise Unfit(_("%(value)s is no count.") % {"value": value})
            return int(value)

        return as_whole
    if isinstance(field, models.DateField | models.BooleanField):
        return lambda value: value
    limit = field.max_length

    def as_text(value: Any) -> str:
        text = str(value)
        if limit and len(text) > limit:
            raise Unfit(
                _("The text has %(count)s characters; at most %(limit)s are kept.")
                % {"count": len(text), "limit": limit}
            )
        return text

    return as_text


@cache
def blank_record(model: type[models.Model]) -> dict[str, Any]:
    """Return what the columns of a new record hold that nobody fills."""
    blank = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.generated or field.name in STAMPS:
            continue
        if field.has_default():
            value = field.get_default()
            blank[field.attname] = getattr(value, "value", value)
        elif not field.null and isinstance(field, models.CharField | models.TextField):
            blank[field.attname] = ""
    return blank


def days_in_order(spec: Spec, row: ReadRow, record: Mapping[str, Any], *names: str) -> None:
    """Note an error where a later day of a record comes before an earlier one."""
    filled = [name for name in names if record.get(name)]
    for first, second in pairwise(filled):
        if record[second] < record[first]:
            row.error(
                second,
                _("%(second)s (%(late)s) comes before %(first)s (%(early)s).")
                % {
                    "second": title_of(spec.fields[second]),
                    "late": f"{record[second]:%d/%m/%Y}",
                    "first": title_of(spec.fields[first]),
                    "early": f"{record[first]:%d/%m/%Y}",
                },
                _("Correct one of the two days."),
            )


def not_to_come(spec: Spec, row: ReadRow, record: Mapping[str, Any], *names: str) -> None:
    """Note an error where a day lies in the future."""
    today: dt.date = timezone.localdate()
    for name in names:
        day = record.get(name)
        if day and day > today and name in row.attrs:
            row.error(
                name,
                _("%(field)s (%(day)s) lies in the future.")
                % {"field": title_of(spec.fields[name]), "day": f"{day:%d/%m/%Y}"},
                _("Correct the day."),
            )
