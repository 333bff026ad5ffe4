"""Which rules are asked about a cluster that only a decision will establish: one answer for cases and decisions."""

from collections.abc import Iterable

from clusters.choices import DecisionKind
from law.rules import Finding

#: Rules about land that is let and projects that run: they ask about a cluster that stands, not one that is asked for.
OF_STANDING_CLUSTERS = frozenset({"V07", "V08", "V09", "V22", "V44", "V54", "V55"})


def asked(findings: Iterable[Finding], kind: DecisionKind) -> tuple[Finding, ...]:
    """Keep the findings that mean something for a decision of the kind.

    Of a cluster that does not exist yet no land is let and no project runs, so that a rule about them could only answer
    "not computable". What is plainly wrong all the same, such as more industrial land than area, is kept.
    """
    if kind != DecisionKind.ESTABLISH:
        return tuple(findings)
    return tuple(one for one in findings if one.ok is False or one.rule.code not in OF_STANDING_CLUSTERS)
