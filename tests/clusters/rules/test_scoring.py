from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from clusters.rules.scoring import HighestIsAssigned, PointsWithinMaxima
from dossiers.scoring import Sheet
from law.regimes import Regime
from law.rules import Outcome
from tests.factories.cases import LINES, scoring, sheet

R5 = Regime.by_code("R5")


def within(subject):
    return PointsWithinMaxima(R5).check(subject)


def assigned(subject):
    return HighestIsAssigned(R5).check(subject)


def test_v32_lines_that_add_up_and_points_within_them_pass():
    assert within(scoring({"a": [100, 0], "b": ["50.5", 75]})).ok is True


@pytest.mark.parametrize("points", ["15.0001", "-0.0001"])
def test_v32_points_over_the_maximum_or_below_zero_block(points):
    wrong = Sheet(member="m0", candidate="a", points={**sheet("m0", "a", 50).points, "i": Decimal(points)})

    finding = within(replace(scoring({"a": [50]}), sheets=(wrong,)))

    assert finding.blocks
    assert "Hạ tầng" in str(finding.explanation)


@pytest.mark.parametrize("maximum", ["39.9999", "40.0001"])
def test_v32_the_lines_of_a_criterion_add_up_to_its_maximum(maximum):
    lines = (*LINES[:-1], replace(LINES[-1], maximum=Decimal(maximum)))

    assert within(scoring({"a": [50]}, sub_criteria=lines)).blocks


def test_v32_points_for_a_line_that_does_not_exist_block():
    stray = Sheet(member="m0", candidate="a", points={**sheet("m0", "a", 50).points, "x": Decimal(1)})

    assert within(replace(scoring({"a": [50]}), sheets=(stray,))).blocks


def test_v32_the_totals_of_the_minutes_are_those_of_the_sheets():
    sheets = {"a": [50, 60, 60]}

    assert within(scoring(sheets, stated_totals={"a": Decimal("56.67")})).ok is True
    wrong = within(scoring(sheets, stated_totals={"a": Decimal("56.66")}))
    assert wrong.blocks
    with translation.override("en"):
        assert "the minutes state 56.66 points, the sheets give 56.6667" in str(wrong.explanation)


def test_v32_before_the_lines_are_laid_down_nothing_is_computable():
    assert within(scoring({"a": [50]}, sub_criteria=())).outcome is Outcome.NOT_COMPUTABLE


def test_v33_the_highest_total_over_the_mark_is_assigned():
    sheets = {"a": [80, 70], "b": [60, 65]}

    assert assigned(scoring(sheets)).ok is True
    assert assigned(scoring(sheets, assigned="a")).ok is True
    wrong = assigned(scoring(sheets, assigned="b"))
    assert wrong.blocks
    assert "Công ty A" in str(wrong.explanation)


@pytest.mark.parametrize(("total", "ok"), [("50", True), ("49.9999", False)])
def test_v33_the_pass_mark_itself_passes(total, ok):
    assert assigned(scoring({"a": [total]}, assigned="a")).ok is ok


def test_v33_where_nobody_passes_nobody_is_assigned():
    assert assigned(scoring({"a": [40], "b": [30]})).ok is True
    assert assigned(scoring({"a": [40], "b": [30]}, assigned="a")).blocks


def test_v33_a_tie_at_the_top_asks_for_the_chairs_proposal():
    tie = {"a": [80, 60], "b": [70, 70], "c": [50, 50]}

    assert assigned(scoring(tie)).blocks
    assert assigned(scoring(tie, chair_proposal="c")).blocks
    assert assigned(scoring(tie, chair_proposal="b", assigned="b")).ok is True
    assert assigned(scoring(tie, chair_proposal="b", assigned="a")).blocks


def test_v33_missing_sheets_are_not_computable():
    finding = assigned(scoring({"a": [80, 70], "b": [60]}))

    assert finding.outcome is Outcome.NOT_COMPUTABLE
    assert assigned(scoring({})).outcome is Outcome.NOT_COMPUTABLE
