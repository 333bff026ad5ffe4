"""Legal facts as lines of a public page, each with its paper."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusters.facts import fact_rows, facts_of_decision
from clusters.models import Decision
from clusters.services.replay import ClusterFacts
from clusters.views.public.provenance import Provenance, paper_of, source_of


@dataclass(frozen=True)
class FactLine:
    """One legal fact: its name, its value in words, the paper behind it and where that stands on the page."""

    fact: str
    label: str
    value: str
    paper: str = ""
    decision_id: int | None = None
    source: Provenance | None = None

    @property
    def is_given(self) -> bool:
        """Whether a paper lays the fact down."""
        return self.decision_id is not None


def fact_lines(facts: ClusterFacts) -> list[FactLine]:
    """Return the legal facts in the order of the registry; what no paper lays down reads "not recorded"."""
    lines = []
    for row in fact_rows(facts):
        if row.decision is None:
            lines.append(FactLine(row.key, row.label, _("not recorded")))
            continue
        text = row.text or _("taken away")
        lines.append(
            FactLine(
                row.key, row.label, text, paper_of(row.decision), row.decision.pk, source_of(row.decision)
            )
        )
    return lines


def change_lines(decision: Decision) -> list[tuple[str, str]]:
    """Return what a decision lays down or takes away: names and values."""
    return [(row.label, row.text) for row in facts_of_decision(decision)]
