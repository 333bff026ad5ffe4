"""Legal facts as lines of a public page, each with its source."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusters.facts import fact_rows, facts_of_decision
from clusters.models import Decision
from clusters.services.replay import ClusterFacts
from clusters.views.public.provenance import Provenance, decision_source


@dataclass(frozen=True)
class FactLine:
    """One legal fact: its name, its value in words, the paper behind it."""

    fact: str
    label: str
    value: str
    source: Provenance | None

    @property
    def is_given(self) -> bool:
        """Whether a paper lays the fact down."""
        return self.source is not None


def fact_lines(facts: ClusterFacts) -> list[FactLine]:
    """Return the legal facts in the order of the registry; what no paper lays down reads "not recorded"."""
    return [
        FactLine(
            row.key,
            row.label,
            row.text or (_("taken away") if row.decision else _("not recorded")),
            decision_source(row.decision) if row.decision else None,
        )
        for row in fact_rows(facts)
    ]


def change_lines(decision: Decision) -> list[tuple[str, str]]:
    """Return what a decision lays down or takes away: names and values."""
    return [(row.label, row.text) for row in facts_of_decision(decision)]
