"""Rows of an export, read through a cursor on the server: memory does not grow with their number.

The database writes the lines of CSV and the features of GeoJSON itself. Taking a million rows apart into objects and
putting them together again is what makes exports slow; here each row crosses as one text.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from core.lists.columns import Column, Kind
from core.workbooks.delimited import FORMULA_STARTS

BATCH = 5_000
Statement = tuple[str, tuple[Any, ...]]


def read(statement: Statement | None, batch: int = BATCH) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a statement in batches, all as they stood when the first was read."""
    if statement is None:
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            # All rows are wanted: a plan that is quick to the first ones is the wrong plan.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
            # A cursor runs on one core; a sort that spills less makes up for some of it.
            cursor.execute("SET LOCAL work_mem = '64MB'")
        with connection.chunked_cursor() as cursor:
            cursor.execute(*statement)
            while rows := cursor.fetchmany(batch):
                yield rows


def plain_statement(rows: QuerySet, columns: Sequence[Column], *further: str) -> Statement | None:
    """Return the statement for key, columns and further annotations; None when nothing can match.

    The key keeps apart rows that a DISTINCT would merge.
    """
    chosen = rows.values_list("pk", *(column.alias for column in columns), *further)
    try:
        sql, parameters = chosen.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(parameters)


def csv_statement(rows: QuerySet, columns: Sequence[Column]) -> Statement | None:
    """Return the statement whose rows are lines of CSV without their ends."""
    plain = plain_statement(rows, columns)
    if plain is None:
        return None
    parts: list[str] = []
    parameters: list[Any] = []
    between = ""
    for number, column in enumerate(columns):
        before, cell, own, behind = _csv_cell(f"c{number}", column)
        # What stands between two cells is one argument: each costs as much as a value.
        parts += [f"'{between}{before}'"] if between or before else []
        parts.append(cell)
        parameters += own
        between = f"{behind},"
    if between[:-1]:
        parts.append(f"'{between[:-1]}'")
    # concat() writes every value in one pass and nothing for NULL.
    return f"SELECT concat({', '.join(parts)}) {_from(plain, columns)}", (*parameters, *plain[1])


def feature_statement(rows: QuerySet, columns: Sequence[Column], geometry: str) -> Statement | None:
    """Return the statement whose rows are GeoJSON features as text; ``geometry`` is an annotation with JSON."""
    plain = plain_statement(rows, columns, geometry)
    if plain is None:
        return None
    members: list[str] = []
    parameters: list[Any] = []
    for number, column in enumerate(columns):
        value = f"c{number}"
        own: list[Any] = []
        if column.kind == Kind.CHOICE:
            value, own = _in_words(value, column, f"c{number}::text")
        elif column.kind == Kind.NUMBER:
            value = f"trim_scale(c{number}::numeric)"
        members.append(f"%s::text, {value}")
        parameters += [column.name, *own]
    sql = (
        "SELECT json_build_object('type', 'Feature', 'id', k, 'geometry', g, 'properties', "
        f"json_build_object({', '.join(members)}))::text {_from(plain, columns, 'g')}"
    )
    return sql, (*parameters, *plain[1])


def _from(plain: Statement, columns: Sequence[Column], *further: str) -> str:
    names = ", ".join(["k", *(f"c{number}" for number in range(len(columns))), *further])
    return f"FROM ({plain[0]}) AS chosen ({names})"


def _csv_cell(name: str, column: Column) -> tuple[str, str, list[Any], str]:
    """Return what stands before a cell, its SQL with the parameters, and what stands behind it.

    A value that is not known is an empty cell.
    """
    if column.kind == Kind.TEXT:
        return '"', _inside_quotes(name), [], '"'
    if column.kind == Kind.CHOICE:
        otherwise = f"""'"' || {_inside_quotes(f"{name}::text")} || '"'"""
        value, parameters = _in_words(name, column, otherwise, quote=True)
        return "", value, parameters, ""
    if column.kind == Kind.FLAG:
        return "", f"CASE {name} WHEN true THEN %s WHEN false THEN %s END", [quoted(yes()), quoted(no())], ""
    if column.kind == Kind.NUMBER:
        return "", f"trim_scale({name}::numeric)" if column.has_decimals else name, [], ""
    if column.kind == Kind.MOMENT:
        return "", f"to_char({name} AT TIME ZONE %s, 'YYYY-MM-DD HH24:MI')", [settings.TIME_ZONE], ""
    return "", f"{name}::date", [], ""


def _inside_quotes(value: str) -> str:
    """Return the SQL that makes a text harmless and doubles its quotes.

    Whatever begins a formula comes before the letter A; that comparison spares nearly all texts the closer look.
    """
    starts = ", ".join(f"U&'\\{ord(start):04x}'" for start in FORMULA_STARTS)
    is_formula = f"""{value} < 'A' COLLATE "C" AND left({value}, 1) IN ({starts})"""
    return f"""replace(CASE WHEN {is_formula} THEN '''' || {value} ELSE {value} END, '"', '""')"""


def _in_words(name: str, column: Column, otherwise: str, *, quote: bool = False) -> tuple[str, list[Any]]:
    cases: list[str] = []
    parameters: list[Any] = []
    for key, word in column.words.items():
        cases.append("WHEN %s THEN %s")
        parameters += [key, quoted(word) if quote else word]
    return f"CASE {name} {' '.join(cases)} ELSE {otherwise} END", parameters


def quoted(text: str) -> str:
    """Return a text as a cell of CSV, in quotes, harmless to a spreadsheet."""
    return '"' + harmless(text).replace('"', '""') + '"'


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe goes before what would begin a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def yes() -> str:
    """Return the word for a flag that is set."""
    return gettext("yes")


def no() -> str:
    """Return the word for a flag that is not set."""
    return gettext("no")
