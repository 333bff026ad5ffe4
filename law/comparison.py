"""The regimes side by side: rows of cells, each with value, article, source, and whether it changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from law.provisions import Cited, Limit, Mark, Provision
from law.regimes import Regime
from law.regimes.base import Thresholds
from law.vocabulary import ClusterKind, Criterion, DecisionItem, Document, ReportHeading, Step, Work
from law.words import Text


@dataclass(frozen=True)
class Cell:
    """What one regime says in one row."""

    regime: Regime
    text: str
    cited: Cited
    changed: bool

    @property
    def flagged(self) -> bool:
        """Whether the value carries the mark "unverified"; a place where nothing was found says so itself."""
        return not self.cited.verified and self.cited.mark is not Mark.NOT_FOUND


@dataclass(frozen=True)
class Row:
    """One line of the comparison."""

    label: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """A heading with its lines."""

    key: str
    title: Text
    rows: tuple[Row, ...]


Pick = Callable[[Regime], Cited]


def compare_regimes(regimes: Sequence[Regime]) -> list[Group]:
    """Lay the regimes side by side; a cell is changed when it differs from the regime before it in time."""
    limits = [(step.label, _item("limits", step)) for step in Step]
    actors = [(step.label, _item("actors", step)) for step in Step]
    numbers = [(label, _threshold(name)) for name, label in Thresholds.LABELS.items()]
    test = [
        (_("Territory of the occupancy test"), _field("test_unit")),
        (_("Kinds exempt from the occupancy test"), _field("exempt_from_test")),
    ]
    dossier = [
        (_("Sets of the dossier"), _field("sets")),
        (_("Originals among them"), _field("originals")),
        (_("Electronic file"), _field("e_file")),
        *[(document.label, _item("documents", document)) for document in Document],
    ]
    council = [
        *[(criterion.label, _item("score_maxima", criterion)) for criterion in Criterion],
        (_("Chair of the council"), _field("council_chair")),
        (_("Vice-chairs of the council"), _field("council_vice_chairs")),
        (_("May sit in a vice-chair's place"), _field("council_stand_ins")),
        (_("Secretary of the council"), _field("council_secretary")),
    ]
    others = [
        (_("Copy of the utilities regulation to the authorities"), _field("regulation_copy")),
        (_("Small clusters allowed if formed before"), _field("small_only_before")),
        (_("Clusters over the ceiling allowed if formed before"), _field("large_only_before")),
        (_("Works not asked of clusters formed before"), _field("works_exempt_before")),
        (_("Priority land without tenant: years until it is given to others"), _field("idle_priority_years")),
        (
            _("Secondary projects may operate only when the shared works are complete"),
            _field("shared_works_before_operation"),
        ),
    ]
    tables: list[tuple[str, Text, Iterable[tuple[Text, Pick]]]] = [
        ("limits", _("Time limits"), limits),
        ("actors", _("Who does it"), actors),
        ("thresholds", _("Thresholds"), [*numbers, *test]),
        ("kinds", _("Kinds of cluster the law names"), _members("kinds", ClusterKind)),
        ("dossier", _("Dossier"), dossier),
        ("report", _("Headings of the investment report"), _members("report_headings", ReportHeading)),
        ("works", _("Works to be finished before an expansion"), _members("works", Work)),
        ("council", _("Council and points"), council),
        ("decision", _("Contents of the decision"), _members("decision_items", DecisionItem)),
        ("others", _("Other provisions"), others),
    ]
    return [
        Group(key, title, tuple(_row(label, pick, regimes) for label, pick in lines))
        for key, title, lines in tables
    ]


def _row(label: Text, pick: Pick, regimes: Sequence[Regime]) -> Row:
    return Row(label, tuple(_cell(pick, regime) for regime in regimes))


def _cell(pick: Pick, regime: Regime) -> Cell:
    cited = pick(regime)
    before = pick(regime.previous) if regime.previous else None
    # What was never known cannot be said to have changed.
    known = before is not None and Mark.NOT_FOUND not in (before.mark, cited.mark)
    changed = known and before is not None and _text(before) != _text(cited)
    return Cell(regime, _text(cited), cited, changed)


def _text(cited: Cited) -> str:
    if isinstance(cited, Provision) and isinstance(cited.value, bool):
        return str(_("yes") if cited.value else _("no"))
    return cited.text if isinstance(cited, Provision | Limit) else ""


def _field(name: str) -> Pick:
    return lambda regime: getattr(regime, name)


def _item(name: str, key: Any) -> Pick:
    return lambda regime: getattr(regime, name)[key]


def _threshold(name: str) -> Pick:
    return lambda regime: getattr(regime.thresholds, name)


def _members(name: str, choices: type[models.TextChoices]) -> list[tuple[Text, Pick]]:
    """Make a row of every choice: whether the regime's list holds it."""

    def pick(choice: models.TextChoices) -> Pick:
        def has(regime: Regime) -> Cited:
            listed: Provision[Any] = getattr(regime, name)
            if listed.value is None:
                return listed
            return Provision(
                value=choice in listed.value, article=listed.article, mark=listed.mark, source=listed.source
            )

        return has

    return [(choice.label, pick(choice)) for choice in choices]
