"""The registry of rules, and the checklist that evaluates all of them together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from law.regimes import Regime
from law.rules.base import Finding, Outcome, Rule, Severity

R = TypeVar("R", bound=type[Rule[Any]])

_RULES: dict[str, type[Rule[Any]]] = {}


def register(rule: R) -> R:
    """Enter a rule class in the registry; raise ValueError for a code that is taken or missing."""
    if not rule.code:
        raise ValueError(f"{rule.__name__} has no code.")
    known = _RULES.setdefault(rule.code, rule)
    if known is not rule:
        raise ValueError(
            f"{rule.code} is taken by {known.__name__}; {rule.__name__} needs a code of its own."
        )
    return rule


def all_rules() -> list[type[Rule[Any]]]:
    """List every registered rule in the order of the codes."""
    return sorted(_RULES.values(), key=lambda rule: rule.code)


def rule(code: str) -> type[Rule[Any]]:
    """Return the rule with the code; raise KeyError for an unknown one."""
    return _RULES[code]


@dataclass(frozen=True)
class Checklist:
    """All findings about a subject under one regime."""

    regime: Regime
    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> list[Finding]:
        """The unmet rules that stand in the way."""
        return [finding for finding in self.findings if finding.blocks]

    @property
    def warnings(self) -> list[Finding]:
        """The unmet rules that ask for a reason."""
        return [found for found in self.findings if found.ok is False and found.severity is Severity.WARN]

    @property
    def not_computable(self) -> list[Finding]:
        """The rules for which a figure is missing."""
        return [finding for finding in self.findings if finding.outcome is Outcome.NOT_COMPUTABLE]

    @property
    def ok(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.blocking

    def __iter__(self) -> Any:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __getitem__(self, code: str) -> Finding:
        """Return the finding of the rule with the code; raise KeyError for a rule that was not evaluated."""
        for finding in self.findings:
            if finding.rule.code == code:
                return finding
        raise KeyError(code)


def evaluate(
    subject: object, *, regime: Regime, rules: Iterable[str | type[Rule[Any]]] | None = None
) -> Checklist:
    """Check the subject by every rule that is law under the regime, all together.

    ``rules`` are codes or classes; without them every registered rule about the subject's type is taken.
    """
    chosen: Sequence[type[Rule[Any]]]
    if rules is None:
        chosen = [
            known for known in all_rules() if known.about is not object and isinstance(subject, known.about)
        ]
    else:
        chosen = [rule(known) if isinstance(known, str) else known for known in rules]
    findings = tuple(known(regime).check(subject) for known in chosen if known.applies(regime))
    return Checklist(regime=regime, findings=findings)
