"""Rows of a preview as a person reads them: each column before and after, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusters.importing.questions import ALL_ROWS, KINDS, Question, answer_key
from clusters.importing.specs import SPECS
from clusters.models import Cluster, ImportBatch, ImportRow
from clusters.models.imports import ImportOutcome
from core.forms import written
from core.sentences import from_json
from core.workbooks.problems import Problem, Severity

TONES = {
    ImportOutcome.NEW: "ok",
    ImportOutcome.CHANGED: "info",
    ImportOutcome.UNCHANGED: "neutral",
    ImportOutcome.ASKED: "warning",
    ImportOutcome.WRONG: "danger",
    ImportOutcome.SKIPPED: "neutral",
}
_TECHNICAL = {"search", "sort_key", "plan_id", "province_id", "recorded_by_id"}
_LONGEST = 160
#: Rows whose answers are looked at for the question to all.
_LOOKED_AT = 500


@dataclass(frozen=True)
class ShownChange:
    """One column before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ShownCell:
    """A cell with its problems, and what stands in it."""

    address: str
    text: str
    problems: list[Problem]

    @property
    def is_open(self) -> bool:
        """Say whether a person may want to type the cell anew: what is only told asks for nothing."""
        return any(problem.severity is not Severity.NOTE for problem in self.problems)

    @property
    def has_error(self) -> bool:
        """Say whether the cell stops its row."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True)
class ShownQuestion:
    """What a row asks, or several rows alike: the name of the control, the words, the answers, the one given."""

    name: str
    text: Any
    answers: list[tuple[str, Any]]
    given: str
    count: int = 1


@dataclass
class ShownRow:
    """A row of the preview."""

    row: ImportRow
    changes: list[ShownChange] = field(default_factory=list)
    cells: list[ShownCell] = field(default_factory=list)
    choice: str = ""
    questions: list[ShownQuestion] = field(default_factory=list)

    @property
    def candidates(self) -> list[tuple[str, Any]]:
        """The records to choose from, in the reader's language."""
        return [(str(key), from_json(label)) for key, label in self.row.candidates]

    @property
    def tone(self) -> str:
        """The colour of the outcome."""
        return TONES[ImportOutcome(self.row.outcome)]

    @property
    def asks(self) -> bool:
        """Say whether the row has anything that a person can type or choose."""
        return bool(
            self.questions or self.candidates or self.can_skip or any(one.is_open for one in self.cells)
        )

    @property
    def can_skip(self) -> bool:
        """Say whether leaving the row out is offered."""
        return self.row.outcome in (ImportOutcome.WRONG, ImportOutcome.ASKED, ImportOutcome.SKIPPED)


def shown_rows(batch: ImportBatch, rows: Iterable[ImportRow]) -> list[ShownRow]:
    """Return rows of a preview in words; one query for each kind of record that they name."""
    listed = list(rows)
    kind = SPECS[batch.kind]
    fields = {one.attname: one for one in kind.model._meta.concrete_fields}
    names = _names(batch, listed, fields)
    shown = []
    for row in listed:
        one = ShownRow(row, choice=batch.choices.get(row.choice_key, ""))
        for name, value in row.attrs.items():
            if name in _TECHNICAL or name in kind.hidden:
                continue
            described = fields.get(name) or _cluster_field(name)
            if described is None:
                continue
            old = row.before.get(name)
            one.changes.append(
                ShownChange(
                    capfirst(str(described.verbose_name)),
                    _words(described, old, names) if row.outcome == ImportOutcome.CHANGED else "",
                    _words(described, value, names),
                )
            )
        one.cells = _cells(row)
        one.questions = [_question(batch, row, Question.from_dict(facts)) for facts in row.questions]
        shown.append(one)
    return shown


def shared_questions(batch: ImportBatch) -> list[ShownQuestion]:
    """Return the questions that several rows ask, to be answered for all of them at once."""
    shared = []
    for kind in KINDS.values():
        asking = batch.rows.filter(questions__contains=[{"kind": kind.key}])
        count = asking.count()
        if count > 1:
            key = answer_key(ALL_ROWS, kind.key)
            offered = {answer for facts in asking.values_list("questions", flat=True)[:_LOOKED_AT] for one in facts
                       if one["kind"] == kind.key for answer in one["answers"]}  # fmt: skip
            answers = [(answer, label) for answer, label in kind.answers.items() if answer in offered]
            shared.append(
                ShownQuestion(f"choice_{key}", kind.for_all, answers, batch.choices.get(key, ""), count)
            )
    return shared


def _question(batch: ImportBatch, row: ImportRow, question: Question) -> ShownQuestion:
    key = answer_key(row.choice_key, question.kind)
    return ShownQuestion(f"choice_{key}", question.text, question.labels, batch.choices.get(key, ""))


def _cluster_field(name: str) -> Any:
    if not name.startswith("sets_"):
        return None
    bare = name.removeprefix("sets_")
    return next((one for one in Cluster._meta.concrete_fields if one.attname == bare), None)


def _cells(row: ImportRow) -> list[ShownCell]:
    cells: dict[str, list[Problem]] = {}
    for facts in row.problems:
        problem = Problem.from_dict(facts)
        cells.setdefault(problem.cell, []).append(problem)
    return [ShownCell(address, row.cells.get(address, ""), found) for address, found in cells.items()]


def _names(batch: ImportBatch, rows: list[ImportRow], fields: dict[str, Any]) -> dict[tuple[str, int], str]:
    """Return what related records are called, by column and key."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        for values in (row.attrs, row.before):
            for name, value in values.items():
                described = fields.get(name) or _cluster_field(name)
                if isinstance(described, models.ForeignKey) and isinstance(value, int):
                    wanted.setdefault(described.attname, set()).add(value)
    names: dict[tuple[str, int], str] = {}
    for name, keys in wanted.items():
        described = fields.get(name) or _cluster_field(f"sets_{name}")
        for record in described.related_model._default_manager.filter(pk__in=keys).order_by("pk"):
            names[name, record.pk] = getattr(record, "full_name", None) or str(record)
    for facts in batch.new_investors:
        names.setdefault(("investor_id", facts["id"]), facts["name"])
    return names


def _words(described: Any, value: Any, names: dict[tuple[str, int], str]) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(described, models.ForeignKey):
        return names.get((described.attname, value), str(value))
    if described.choices:
        return str(dict(described.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(described, models.DecimalField):
        return written(Decimal(value))
    if isinstance(described, models.DateField):
        return f"{dt.date.fromisoformat(value):%d/%m/%Y}"
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
