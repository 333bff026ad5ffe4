"""What a list hands over: for each column of its table, where the value comes from and what kind of value it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from django.core.exceptions import FieldError
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    Field,
    FloatField,
    IntegerField,
    QuerySet,
)
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language


class Kind(Enum):
    """How a value is written into a file."""

    TEXT = auto()
    CHOICE = auto()
    FLAG = auto()
    NUMBER = auto()
    DAY = auto()
    MOMENT = auto()


@dataclass(frozen=True)
class ExportColumn:
    """Where the value of a table column comes from when the table itself does not say so.

    ``source`` is a path, an expression, or a function that returns one (for what depends on the language);
    ``label`` replaces the header where the file gives another unit than the page; ``choices`` are words for stored
    values that the model does not name.
    """

    source: Any
    label: Any = ""
    choices: Sequence[tuple[Any, Any]] = ()


@dataclass(frozen=True)
class Column:
    """A column ready to be read: ``alias`` names it in the statement, ``words`` are labels of stored values.

    ``has_decimals`` says of a number that zeros may stand behind its decimal point.
    """

    name: str
    label: str
    alias: str
    kind: Kind
    words: Mapping[Any, str] = field(default_factory=dict)
    has_decimals: bool = False


def in_language(path: str) -> Any:
    """Return a source for a pair of columns ``<path>_vi`` and ``<path>_en``: the reader's language, else Vietnamese."""

    def source() -> Any:
        vietnamese = F(f"{path}_vi")
        return (
            Coalesce(NullIf(F(f"{path}_en"), Value("")), vietnamese) if get_language() == "en" else vietnamese
        )

    return source


def select_columns(
    rows: QuerySet, wanted: Sequence[tuple[str, Any, str]], declared: Mapping[str, ExportColumn | Any]
) -> tuple[QuerySet, list[Column]]:
    """Return the rows with every wanted column annotated, and the columns.

    ``wanted`` holds name, header and accessor of table columns; ``declared`` says where a value comes from if not
    from the accessor. Raises ValueError for a column whose values the database cannot give.
    """
    sources = []
    for name, label, accessor in wanted:
        given = declared.get(name, accessor)
        if not isinstance(given, ExportColumn):
            given = ExportColumn(given)
        source = given.source() if callable(given.source) else given.source
        source = F(source) if isinstance(source, str) else source
        sources.append((name, str(given.label or label), source, given.choices))
    aliases = {f"export_{number}": source for number, (_n, _l, source, _c) in enumerate(sources)}
    try:
        rows = rows.annotate(**aliases)
    except FieldError as error:
        raise ValueError(f"Say in export_columns where this column comes from: {error}") from error
    columns = []
    for (name, label, _source, choices), alias in zip(sources, aliases, strict=True):
        stored: Any = rows.query.annotations[alias].output_field
        if stored.is_relation:
            raise ValueError(f"Say in export_columns which column of the related record {name!r} shows.")
        words = {key: str(word) for key, word in (choices or stored.flatchoices) if key not in (None, "")}
        decimals = isinstance(stored, DecimalField) and stored.decimal_places != 0
        columns.append(Column(name, label, alias, Kind.CHOICE if words else kind_of(stored), words, decimals))
    return rows, columns


def kind_of(stored: Field) -> Kind:
    """Return how values of a model field are written."""
    for kinds, kind in _KINDS:
        if isinstance(stored, kinds):
            return kind
    return Kind.TEXT


_KINDS: tuple[tuple[Any, Kind], ...] = (
    (BooleanField, Kind.FLAG),
    (DateTimeField, Kind.MOMENT),
    (DateField, Kind.DAY),
    ((DecimalField, FloatField, IntegerField), Kind.NUMBER),
)
