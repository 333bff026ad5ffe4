"""The base of the rules, and the rules of this room: V13, V45, V59."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from law.provisions import working_days
from law.regimes import Regime
from law.rules import Outcome, Rule, Severity, evaluate, register
from law.rules.cases import CaseLaw, Measurement, StatedDeadline
from law.rules.compare import compare
from tests.factories.law import official_calendar

R2, R5 = Regime.by_code("R2"), Regime.by_code("R5")


class Area(Rule[Decimal | None]):
    """A made-up rule on an area."""

    code = "X01"
    regimes = ("R2",)
    legal_basis = "Art. 0"
    sentence = "An area."

    def check(self, subject):
        return self.between(self.regime.thresholds.area_min, self.regime.thresholds.area_max, subject)


def test_a_finding_says_what_was_measured_and_what_is_required():
    finding = Area(R2).check(Decimal("80.5"))
    assert (finding.ok, finding.blocks) == (False, True)
    with translation.override("en"):
        assert (str(finding.measured), str(finding.required)) == ("80.5 ha", "at least 10 ha, at most 75 ha")
    with translation.override("vi"):
        assert str(finding.measured) == "80,5 ha"


def test_a_missing_figure_is_not_computable_and_does_not_block():
    finding = Area(R2).check(None)
    assert (finding.ok, finding.outcome, finding.blocks) == (None, Outcome.NOT_COMPUTABLE, False)


def test_a_limit_that_the_law_does_not_set_does_not_apply():
    class HighTech(Area):
        """A made-up rule on a share."""

        def check(self, subject):
            return self.against(self.regime.thresholds.high_tech_share, subject)

    assert HighTech(R2).check(Decimal(10)).outcome == Outcome.NOT_APPLICABLE
    finding = HighTech(R5).check(Decimal(10))
    assert finding.ok is False
    assert not finding.verified


def test_all_rules_are_evaluated_together():
    class AreaAsWarning(Area):
        """The same, as a warning."""

        code = "X02"
        severity = Severity.WARN

    checklist = evaluate(Decimal(5), regime=R2, rules=[Area, AreaAsWarning])
    assert [len(checklist), len(checklist.blocking), len(checklist.warnings)] == [2, 1, 1]
    assert not checklist.ok
    assert checklist["X02"].severity == Severity.WARN
    assert len(evaluate(Decimal(5), regime=R5, rules=[Area])) == 0


def test_a_code_is_given_once():
    with pytest.raises(ValueError, match="V13 is taken"):
        register(type("Other", (Rule,), {"code": "V13"}))
    with pytest.raises(ValueError, match="no code"):
        register(type("Nameless", (Rule,), {}))


@pytest.mark.parametrize(
    ("threshold", "value", "ok"),
    [
        (R2.thresholds.establish_occupancy, "50", False),
        (R2.thresholds.establish_occupancy, "50.000000001", True),
        (R2.thresholds.establish_unleased, "100", True),
        (R2.thresholds.establish_unleased, "100.000000001", False),
        (R2.thresholds.expand_occupancy, "60", True),
        (R2.thresholds.expand_occupancy, "59.999999999", False),
        (Regime.by_code("R1").thresholds.establish_unleased, "50", False),
    ],
)
def test_v13_over_is_strict_at_most_and_at_least_are_inclusive(threshold, value, ok):
    assert compare(threshold, Decimal(value)).ok is ok


def test_v13_a_figure_that_rounding_would_lift_over_the_limit_is_shown_with_enough_decimals():
    comparison = compare(R2.thresholds.expand_occupancy, Decimal("59.9996"))
    assert (comparison.ok, comparison.rounding_matters) == (False, True)
    with translation.override("en"):
        assert str(comparison.measured) == "59.9996 %"


def test_v13_holds_a_stated_outcome_against_the_unrounded_comparison():
    figure = Measurement(R2.thresholds.expand_occupancy, Decimal("59.9996"), stated=True)
    assert evaluate(figure, regime=R2)["V13"].ok is False
    assert (
        evaluate(Measurement(R2.thresholds.expand_occupancy, None, stated=True), regime=R2)["V13"].ok is None
    )


def case(code, received, began=None):
    return CaseLaw(code, dt.date.fromisoformat(received), None, began and dt.date.fromisoformat(began))


def test_v45_a_case_keeps_the_law_in_force_when_it_was_received():
    assert evaluate(case("R3", "2026-04-28"), regime=R5)["V45"].ok is True
    assert evaluate(case("R4", "2026-04-28"), regime=R5)["V45"].ok is False


def test_v45_leaves_an_open_question_to_a_person():
    finding = evaluate(case("R3", "2026-09-01", "2026-09-14"), regime=R5)["V45"]
    assert finding.outcome == Outcome.NOT_COMPUTABLE
    assert "R4" in str(finding.required)


def test_v45_does_not_guess_before_the_first_national_law():
    assert evaluate(case("R3", "2008-01-01"), regime=R5)["V45"].ok is None


def stated(day):
    return StatedDeadline(
        dt.date(2026, 2, 11), working_days(5, "Art. 1"), dt.date.fromisoformat(day), official_calendar()
    )


def test_v59_a_stated_due_day_is_the_day_the_clock_computes():
    assert evaluate(stated("2026-02-25"), regime=R5)["V59"].ok is True
    finding = evaluate(stated("2026-02-16"), regime=R5)["V59"]
    assert finding.ok is False
    assert "25/02/2026" in str(finding.required)
    assert "Tết" in str(finding.explanation)


def test_an_average_that_no_decimal_holds_is_compared_exactly():
    third = Fraction(150, 3) + Fraction(1, 10**40)
    over = R2.thresholds.establish_occupancy
    assert compare(over, Fraction(150, 3)).ok is False
    assert compare(over, third).ok is True
    with translation.override("en"):
        assert str(compare(over, Fraction(200, 3)).measured) == "66.67 %"
