"""Rules of the law: see :mod:`law.rules.base` for how one is written."""

from law.rules.base import Finding, Outcome, Rule, Severity
from law.rules.registry import Checklist, all_rules, evaluate, register, rule

# The rules of this room enter the registry when they are imported.
from law.rules import cases  # isort: skip

__all__ = [
    "Checklist",
    "Finding",
    "Outcome",
    "Rule",
    "Severity",
    "all_rules",
    "cases",
    "evaluate",
    "register",
    "rule",
]
