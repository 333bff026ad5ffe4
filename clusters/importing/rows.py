"""Read the rows of a table by its mapping: values, and every problem with the address of its cell."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clusters.importing.fields import title_of, with_header_unit
from clusters.importing.questions import Question
from core.sentences import sentence as _
from core.sentences import titled
from core.workbooks.brackets import Bracket
from core.workbooks.cells import Value, is_blank, text_of
from core.workbooks.headers import Table, TableRow
from core.workbooks.mapping import Field
from core.workbooks.problems import Problem, Said, Severity
from core.workbooks.values import Evidence, Parsed, evidence

_REMEMBERED = 50_000
SECTION_NUMBER = re.compile(r"^\s*(?:[IVXL]+|[A-ZĐ]|\d+)[.)]?\s+")


@dataclass
class ReadRow:
    """A row on its way: what the cells say, what is to be written, what stands in the way.

    ``values`` by key of the field, without blank cells; ``attrs`` by column of the table; ``known`` the record it
    means, as a dictionary of its columns.
    """

    number: int
    section: str
    values: dict[str, Any]
    addresses: dict[str, str]
    sheet: str
    #: The titles of the columns, by key of the field.
    titles: Mapping[str, str] = dataclasses.field(default_factory=dict)
    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    attrs: dict[str, Any] = dataclasses.field(default_factory=dict)
    known: dict[str, Any] | None = None
    candidates: list[tuple[str, Said]] = dataclasses.field(default_factory=list)
    label: str = ""
    result: dict[str, Any] = dataclasses.field(default_factory=dict)
    choice: str = ""
    part: int = 0
    #: What stands in the cells, by address.
    cells: dict[str, Value] = dataclasses.field(default_factory=dict)
    #: What stands in brackets behind a number, by key of the field.
    brackets: dict[str, Bracket] = dataclasses.field(default_factory=dict)
    questions: list[Question] = dataclasses.field(default_factory=list)

    @property
    def choice_key(self) -> str:
        """The key of the row among the choices of a person."""
        return f"{self.number}.{self.part}"

    def error(self, key: str, message: Said, remedy: Said = "") -> None:
        """Note what stops the row, at the cell of a field."""
        self._note(key, message, remedy, Severity.ERROR)

    def doubt(self, key: str, message: Said, remedy: Said = "") -> None:
        """Note what a person should look at."""
        self._note(key, message, remedy, Severity.DOUBT)

    def note(self, key: str, message: Said) -> None:
        """Note what is only told."""
        self._note(key, message, "", Severity.NOTE)

    @property
    def is_wrong(self) -> bool:
        """Say whether anything stops the row."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def _note(self, key: str, message: Said, remedy: Said, severity: Severity) -> None:
        cell = self.addresses.get(key) or next(iter(self.addresses.values()), "")
        if cell and cell not in self.texts:
            self.texts[cell] = text_of(self.cells.get(cell))
        self.problems.append(Problem(message, remedy, severity, self.sheet, cell))


@dataclass
class _Reader:
    """How one column is read; equal cells are read once."""

    field: Field
    position: int
    evidence: Evidence
    known: dict[Value, Parsed] = dataclasses.field(default_factory=dict)

    def read(self, value: Value) -> Parsed:
        found = self.known.get(value)
        # A number and the truth value equal to it are one key.
        if found is None or isinstance(value, bool):
            found = self.field.parse(value, self.evidence)
            if len(self.known) < _REMEMBERED:
                self.known[value] = found
        return found


def read_rows(
    table: Table,
    fields: Mapping[str, Field],
    mapping: Mapping[str, int],
    *,
    corrections: Mapping[str, str],
    defaults: Mapping[str, Any],
    section_key: str = "",
) -> Iterator[ReadRow]:
    """Yield every row of the table with its values and problems.

    ``mapping`` gives the position in ``table.header`` for each field; ``corrections`` the text that takes the place
    of a cell, by address; ``defaults`` what a blank cell or a missing column means. ``section_key`` is the field that
    the heading of a group of rows fills where no column does.
    """
    if section_key in mapping:
        section_key = ""
    readers = []
    for key, position in mapping.items():
        if key in fields and 0 <= position < len(table.header):
            shaped, _unit = with_header_unit(fields[key], table.header[position].title)
            readers.append(_Reader(shaped, position, evidence(table.column_values(position))))
    required = [wanted for wanted in fields.values() if wanted.required]
    titles = {reader.field.key: table.header[reader.position].title for reader in readers}
    letters = {
        reader.position: table.header[reader.position].address.rstrip("0123456789") for reader in readers
    }
    corrected_rows = {int("".join(filter(str.isdigit, address))) for address in corrections}
    for row in table.rows:
        yield _read_row(
            table,
            row,
            readers,
            letters,
            titles,
            required,
            corrections if row.number in corrected_rows else {},
            defaults,
            section_key,
        )


def _read_row(
    table: Table,
    row: TableRow,
    readers: list[_Reader],
    letters: Mapping[int, str],
    titles: Mapping[str, str],
    required: list[Field],
    corrections: Mapping[str, str],
    defaults: Mapping[str, Any],
    section_key: str,
) -> ReadRow:
    addresses = {reader.field.key: f"{letters[reader.position]}{row.number}" for reader in readers}
    made = ReadRow(row.number, row.section, {}, addresses, table.sheet, titles)
    for reader in readers:
        key = reader.field.key
        value: Value = row.cells[reader.position]
        if corrections and addresses[key] in corrections:
            value = corrections[addresses[key]]
        made.cells[addresses[key]] = value
        if value is None or is_blank(value):
            continue
        parsed = reader.read(value)
        if parsed.value is not None:
            made.values[key] = parsed.value
        if parsed.bracket:
            made.brackets[key] = parsed.bracket
        _tell(made, reader.field, parsed)
    if section_key and row.section:
        made.values[section_key] = SECTION_NUMBER.sub("", row.section)
    for key, value in defaults.items():
        made.values.setdefault(key, value)
    for wanted in required:
        if wanted.key not in made.values and not _has_problem(made, wanted.key):
            made.error(
                wanted.key,
                _("“%(field)s” is empty.") % {"field": title_of(wanted)},
                _("Fill the cell in."),
            )
    return made


def _tell(row: ReadRow, field: Field, parsed: Parsed) -> None:
    """Note what is wrong or in doubt with a cell; of an advisory field only what could not be read at all matters."""
    if parsed.error:
        (row.doubt if field.advisory else row.error)(field.key, titled(title_of(field), parsed.error))
    elif parsed.doubt:
        (row.note if field.advisory else row.doubt)(field.key, titled(title_of(field), parsed.doubt))


def _has_problem(row: ReadRow, key: str) -> bool:
    address = row.addresses.get(key)
    return address is not None and any(problem.cell == address for problem in row.problems)
