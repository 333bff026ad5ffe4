"""Legal facts as a page shows them: in words, each with its decision, before beside after."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clusters.choices import ClusterType, Stage
from clusters.models import LEGAL_FACTS, Cluster, Decision
from clusters.services.replay import ClusterFacts
from core.templatetags.portal import day, ha


@dataclass(frozen=True)
class FactRow:
    """One legal fact: its name, its value in words (empty when not laid down) and the decision behind it."""

    key: str
    label: str
    text: str
    decision: Decision | None


@dataclass(frozen=True)
class FactChange:
    """One legal fact before and after something."""

    key: str
    label: str
    before: str
    after: str
    decision: Decision | None = None

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def label_of(fact: str) -> str:
    """Return the name of a legal fact in the reader's language."""
    return str(Cluster._meta.get_field(fact).verbose_name)


def text_of(fact: str, value: Any) -> str:
    """Return the value of a legal fact in words; empty when there is none."""
    if value in (None, ""):
        return ""
    if fact == "stage":
        return str(Stage(value).label)
    if fact == "cluster_type":
        return str(ClusterType(value).label)
    if fact == "commune":
        return str(value.full_name)
    if fact == "boundary":
        return _("boundary recorded")
    if isinstance(value, Decimal):
        return ha(value, 5)
    if isinstance(value, dt.date):
        return day(value)
    return str(value)


def fact_rows(facts: ClusterFacts) -> list[FactRow]:
    """Return every legal fact in the order of ``LEGAL_FACTS``."""
    return [
        FactRow(fact, label_of(fact), text_of(fact, facts.values.get(fact)), facts.source_of(fact))
        for fact in LEGAL_FACTS
    ]


def fact_changes(before: ClusterFacts, after: ClusterFacts) -> list[FactChange]:
    """Return every legal fact before and after, the changed ones first."""
    changes = [
        FactChange(
            fact,
            label_of(fact),
            text_of(fact, before.values.get(fact)),
            text_of(fact, after.values.get(fact)),
            after.source_of(fact),
        )
        for fact in LEGAL_FACTS
    ]
    return sorted(changes, key=lambda change: not change.changed)


def facts_of_decision(decision: Decision) -> list[FactRow]:
    """Return what a decision lays down or takes away, in words."""
    rows = []
    for fact in LEGAL_FACTS:
        text = text_of(fact, getattr(decision, f"sets_{fact}"))
        if fact in decision.clears:
            text = _("taken away")
        if text:
            rows.append(FactRow(fact, label_of(fact), text, decision))
    return rows
