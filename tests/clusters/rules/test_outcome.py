from decimal import Decimal

import pytest
from django.utils import translation

from clusters.rules.outcome import DecisionSaysEverything, PlanFollowsReport
from dossiers.scoring import rank
from law.regimes import Regime
from law.rules import Outcome, Severity
from law.vocabulary import DecisionItem
from tests.factories.cases import application, case, content, plan, scoring

APPLICATIONS = (application(), application(key="b", name="Công ty B"))
RANKING = rank(scoring({"a": [80, 70], "b": [60, 65]}))


def decided(regime="R5", **said):
    given = {"decision": content(), "ranking": RANKING, "applications": APPLICATIONS, **said}
    return DecisionSaysEverything(Regime.by_code(regime)).check(case(regime, **given))


def test_v35_a_decision_that_says_everything_and_assigns_the_winner_passes():
    finding = decided()

    assert finding.ok is True
    with translation.override("en"):
        assert str(finding.measured) == "10 of 10 items; investor: Công ty A"


@pytest.mark.parametrize("item", [DecisionItem.IDENTITY, DecisionItem.INCENTIVES, DecisionItem.OTHER])
def test_v35_an_item_left_blank_blocks(item):
    assert decided("R2", decision=content(items=frozenset(DecisionItem) - {item})).blocks


def test_v35_type_and_priority_land_are_asked_since_decree_303():
    old = content(items=frozenset(DecisionItem) - {DecisionItem.TYPE, DecisionItem.PRIORITY_LAND})

    assert decided("R4", decision=old).ok is True
    assert decided("R5", decision=old).blocks


def test_v35_lines_must_be_those_of_the_list():
    finding = decided(decision=content(lines=("Chế biến gỗ", "Luyện thép")))

    assert finding.blocks
    assert "Luyện thép" in str(finding.explanation)
    unknown = decided(decision=content(list_lines=None))
    assert unknown.outcome is Outcome.NOT_COMPUTABLE


def test_v35_the_investor_is_the_winner_of_the_scoring():
    assert decided(decision=content(investor="b")).blocks
    assert decided(decision=content(investor=None)).blocks
    assert decided(ranking=None).outcome is Outcome.NOT_COMPUTABLE


def test_v35_where_nobody_passed_nobody_is_assigned():
    nobody = rank(scoring({"a": [40, 45]}))

    assert decided(ranking=nobody).blocks
    assert decided(ranking=nobody, decision=content(investor=None)).ok is True


def test_v35_waits_for_the_content_of_the_decision():
    assert decided(decision=None).outcome is Outcome.NOT_APPLICABLE


def follows(**said):
    return PlanFollowsReport(Regime.by_code("R5")).check(case(detailed_plan=plan(**said)))


def test_v37_the_detailed_plan_has_the_area_of_the_report():
    assert follows().ok is True
    other = follows(area_ha=Decimal("60.00001"))
    assert (other.ok, other.severity) == (False, Severity.WARN)
    with translation.override("en"):
        assert "difference 0.00001 ha" in str(other.measured)


def test_v37_a_difference_that_is_explained_passes():
    assert follows(area_ha=Decimal(62), explanation="Đo đạc lại").ok is True


def test_v37_the_same_area_elsewhere_is_a_difference_too():
    assert follows(outside_ha=Decimal("1.5")).ok is False
    assert follows(outside_ha=Decimal(0)).ok is True


def test_v37_works_that_protect_the_environment_belong_to_it():
    assert follows(has_environment_works=False, explanation="Không cần").ok is False
    assert follows(has_environment_works=None).outcome is Outcome.NOT_COMPUTABLE
    assert follows(report_area_ha=None).outcome is Outcome.NOT_COMPUTABLE


def test_v37_waits_for_the_detailed_plan():
    assert PlanFollowsReport(Regime.by_code("R5")).check(case()).outcome is Outcome.NOT_APPLICABLE
