"""V13, V45, V59: how figures are compared, which law a case follows, how days are counted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from law.calendars import WorkingCalendar
from law.citations import cite
from law.clock import Extension, NoLimitError, Pause, due
from law.provisions import Limit, Threshold
from law.regimes import NoRegimeError, Regime
from law.rules.base import Finding, Rule
from law.rules.compare import compare
from law.rules.registry import register
from law.words import say


@dataclass(frozen=True)
class Measurement:
    """A figure that was held against a threshold, and the outcome that was written down."""

    threshold: Threshold
    value: Decimal | None
    stated: bool


@dataclass(frozen=True)
class CaseLaw:
    """The regime stored on a case, and the days that decide about it."""

    regime_code: str
    received_on: dt.date
    postmarked_on: dt.date | None = None
    appraisal_began_on: dt.date | None = None


@dataclass(frozen=True)
class StatedDeadline:
    """A due day that was written down, and what it is computed from."""

    received: dt.date
    limit: Limit
    stated: dt.date
    calendar: WorkingCalendar
    pauses: Sequence[Pause] = ()
    extensions: Sequence[Extension] = ()


@register
class ComparedUnrounded(Rule[Measurement]):
    """A stated outcome agrees with the unrounded, strict or inclusive comparison (V13)."""

    code = "V13"
    about = Measurement
    legal_basis = cite("ND32", "8.1(c)", "8.2(c)")
    sentence = _(
        "Figures are compared unrounded: “over 50 %” excludes 50 % itself, “at most” and “at least” include the limit."
    )

    def check(self, subject: Measurement) -> Finding:
        """Compare again and hold the stated outcome against it."""
        if subject.value is None or not subject.threshold.is_set:
            return self.against(subject.threshold, subject.value)
        comparison = compare(subject.threshold, subject.value)
        return self.decide(
            comparison.ok is subject.stated,
            measured=comparison.measured,
            required=comparison.required,
            explanation=_("Rounded to two decimals the figure would fall on the other side of the limit.")
            if comparison.rounding_matters
            else "",
            cited=(subject.threshold,),
        )


@register
class RegimeOfCase(Rule[CaseLaw]):
    """A case keeps the regime that the transitional articles give it (V45)."""

    code = "V45"
    about = CaseLaw
    legal_basis = say(
        "%(decree)s; %(resolution)s", decree=cite("ND32", "35.2"), resolution=cite("NQ19", "7.1")
    )
    sentence = _(
        "A case follows the law in force when its dossier was received, as the transitional articles say."
    )

    def check(self, subject: CaseLaw) -> Finding:
        """Pin the case again and compare with what is stored; an open question is left to a person."""
        try:
            pinned = Regime.for_case(
                subject.received_on,
                postmarked_on=subject.postmarked_on,
                appraisal_began_on=subject.appraisal_began_on,
            )
            stored = Regime.by_code(subject.regime_code)
        except NoRegimeError:
            return self.not_computable(_("No regime is known for the day of receipt or the stored code."))
        said = {"measured": stored.code, "required": pinned.regime.code}
        if stored is pinned.regime:
            return self.met(explanation=pinned.reason, **said)
        if stored in pinned.alternatives:
            return self.not_computable(
                say(_("%(reason)s. The law leaves this open: a person decides."), reason=pinned.reason),
                **said,
            )
        return self.not_met(pinned.reason, **said)


@register
class DaysCounted(Rule[StatedDeadline]):
    """A stated due day is the day the clock computes (V59)."""

    code = "V59"
    about = StatedDeadline
    legal_basis = cite("BLDS", "146", "147", "148")
    sentence = _(
        "The day a period starts on is not counted; a period that ends on a day off ends on the next working day; "
        "working days leave out weekends and days off and count working Saturdays."
    )

    def check(self, subject: StatedDeadline) -> Finding:
        """Compute the deadline again and compare."""
        try:
            deadline = due(
                subject.received, subject.limit, subject.pauses, subject.extensions, calendar=subject.calendar
            )
        except NoLimitError:
            return self.not_applicable(
                _("This law gives no number of days for the step."), cited=(subject.limit,)
            )
        trace = say("%(trace)s", trace=deadline)
        if deadline.due is None:
            return self.not_computable(trace, cited=(subject.limit,))
        return self.decide(
            deadline.due == subject.stated,
            measured=say("%(day)s", day=subject.stated),
            required=say("%(day)s", day=deadline.due),
            explanation=trace,
            cited=(subject.limit,),
        )
