"""The base of every rule, and what a check answers.

A rule is a class with the article on it::

    @register
    class SmallestArea(Rule[Cluster]):
        \"\"\"10 <= A <= 75 ha for an ordinary cluster (V01).\"\"\"

        code = "V01"
        about = Cluster
        regimes = ("R1", "R1b", "R2", "R3", "R4")
        severity = Severity.BLOCK
        legal_basis = cite("ND32", "2.1")
        sentence = _("The area of an ordinary cluster lies between 10 and 75 ha.")

        def check(self, subject: Cluster) -> Finding:
            return self.against(self.regime.thresholds.area_min, subject.area_ha)

A rule is made for one regime, ``SmallestArea(regime)``, takes every number from it, and never raises for a subject
with gaps: what cannot be computed is "not computable", never zero and never a refusal.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from law.provisions import Cited, Threshold
from law.regimes import Regime
from law.rules.compare import compare, required
from law.words import Text

S = TypeVar("S")


class Severity(models.TextChoices):
    """What an unmet rule does."""

    BLOCK = "block", _("blocks")
    WARN = "warn", _("asks for a reason")
    INFO = "info", _("information")


class Outcome(models.TextChoices):
    """What a check found."""

    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
    NOT_COMPUTABLE = "not_computable", _("not computable")
    NOT_APPLICABLE = "not_applicable", _("does not apply")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The answer of one rule: outcome, what was measured, what is required, and why.

    ``measured``, ``required`` and ``explanation`` are rendered in the reader's language when shown. ``cited`` are the
    values of the law that were used.
    """

    rule: "Rule[Any]"
    outcome: Outcome
    measured: Text = ""
    required: Text = ""
    explanation: Text = ""
    cited: tuple[Cited, ...] = ()

    @property
    def ok(self) -> bool | None:
        """True or False, or None where the rule could not be computed or does not apply."""
        return {Outcome.MET: True, Outcome.NOT_MET: False}.get(self.outcome)

    @property
    def severity(self) -> Severity:
        """What it means when the rule is not met."""
        return self.rule.weight()

    @property
    def blocks(self) -> bool:
        """Whether the finding stands in the way."""
        return self.ok is False and self.severity is Severity.BLOCK

    @property
    def unverified(self) -> tuple[Cited, ...]:
        """The values used that were not read in the text of the law itself."""
        return tuple(value for value in self.cited if not value.verified)

    @property
    def verified(self) -> bool:
        """Whether everything the finding rests on was read in the text of the law itself."""
        return not self.unverified

    def __str__(self) -> str:
        parts = [f"{self.rule.code}: {self.outcome.label}", str(self.measured), str(self.required)]
        return " – ".join(part for part in (*parts, str(self.explanation)) if part)


class Rule(Generic[S]):
    """One validation rule of the law under one regime.

    Subclasses set ``code``, ``legal_basis``, ``sentence`` (shown to the officer), ``about`` (the type of subject),
    and where it is not all of them ``regimes``; ``severity`` is BLOCK unless said otherwise.
    """

    code: ClassVar[str] = ""
    legal_basis: ClassVar[Text] = ""
    sentence: ClassVar[Text] = ""
    severity: ClassVar[Severity] = Severity.BLOCK
    regimes: ClassVar[tuple[str, ...]] = ()
    about: ClassVar[type] = object
    # Templates list the classes themselves and would otherwise try to make one.
    do_not_call_in_templates: ClassVar[bool] = True

    def __init__(self, regime: Regime) -> None:
        self.regime = regime

    @classmethod
    def applies(cls, regime: Regime) -> bool:
        """Return whether the rule is law under the regime."""
        return not cls.regimes or regime.code in cls.regimes

    def weight(self) -> Severity:
        """Return the severity under this regime."""
        return self.severity

    def check(self, subject: S) -> Finding:
        """Return what the rule finds about the subject."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it is checked.")

    def met(self, **said: Any) -> Finding:
        """Return the finding that the rule is met."""
        return Finding(rule=self, outcome=Outcome.MET, **said)

    def not_met(self, explanation: Text, **said: Any) -> Finding:
        """Return the finding that the rule is not met, and why."""
        return Finding(rule=self, outcome=Outcome.NOT_MET, explanation=explanation, **said)

    def decide(self, ok: bool, **said: Any) -> Finding:
        """Return the finding met or not met."""
        return Finding(rule=self, outcome=Outcome.MET if ok else Outcome.NOT_MET, **said)

    def not_computable(self, explanation: Text, **said: Any) -> Finding:
        """Return the finding that a figure is missing, and which."""
        return Finding(rule=self, outcome=Outcome.NOT_COMPUTABLE, explanation=explanation, **said)

    def not_applicable(self, explanation: Text, **said: Any) -> Finding:
        """Return the finding that the subject is not one the rule is about, and why."""
        return Finding(rule=self, outcome=Outcome.NOT_APPLICABLE, explanation=explanation, **said)

    def against(
        self, threshold: Threshold, measured: Decimal | Fraction | None, explanation: Text = ""
    ) -> Finding:
        """Hold ``measured`` against a threshold of the regime, unrounded, and word the finding."""
        if not threshold.is_set:
            return self.not_applicable(
                threshold.note or _("This law sets no such limit."), cited=(threshold,)
            )
        if measured is None:
            return self.not_computable(
                explanation or _("A figure is missing."), required=required(threshold), cited=(threshold,)
            )
        comparison = compare(threshold, measured)
        return self.decide(
            comparison.ok,
            measured=comparison.measured,
            required=comparison.required,
            explanation=explanation,
            cited=(threshold,),
        )

    def between(
        self, least: Threshold, most: Threshold, measured: Decimal | None, explanation: Text = ""
    ) -> Finding:
        """Hold ``measured`` against a floor and a ceiling at once."""
        findings = [self.against(limit, measured, explanation) for limit in (least, most) if limit.is_set]
        if not findings:
            return self.against(least, measured, explanation)
        worst = next((finding for finding in findings if not finding.ok), findings[0])
        limits = tuple(limit for limit in (least, most) if limit.is_set)
        return replace(worst, required=required(*limits), cited=limits)
