"""The ranking of candidates, by examples and by properties."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.scoring import RankReason, TotalRule, rank
from tests.factories.cases import scoring

POINTS = st.integers(0, 400).map(lambda quarters: Decimal(quarters) / 4)
TOTALS = st.integers(1, 5).flatmap(
    lambda members: st.dictionaries(
        st.sampled_from("abcdef"), st.lists(POINTS, min_size=members, max_size=members), min_size=1
    )
)


def test_the_total_is_the_average_of_the_members_sheets():
    ranking = rank(scoring({"b": [60, 65, 66], "a": [80, 70, 75]}))

    assert [(one.candidate.key, one.exact, one.place, one.passed) for one in ranking.ranked] == [
        ("a", 75, 1, True),
        ("b", Fraction(191, 3), 2, True),
    ]
    assert str(ranking.ranked[1].total) == "63.66666666666666666666666667"
    assert (ranking.winner.key, ranking.reason) == ("a", RankReason.HIGHEST)


def test_a_third_of_a_point_neither_makes_nor_breaks_a_tie():
    # Both average 190/3; each sheet rounded on its own would part them.
    tie = rank(scoring({"a": [63, 63, 64], "b": [60, 65, 65]}))
    close = rank(scoring({"a": [63, 63, "64.0001"], "b": [60, 65, 65]}))

    assert (tie.winner, tie.reason, tie.tied) == (None, RankReason.TIE, True)
    assert close.winner.key == "a"


@pytest.mark.parametrize(
    ("rule", "winner"), [(TotalRule.AVERAGE, "a"), (TotalRule.TRIMMED, "b"), (TotalRule.MEDIAN, "b")]
)
def test_the_council_may_total_otherwise(rule, winner):
    sheets = {"a": [100, 100, 60, 60, 60], "b": [70, 70, 70, 70, 70]}
    sheets["a"] = [100, 76, 60, 60, 60]

    assert rank(scoring(sheets, total_rule=rule)).winner.key == winner


def test_lower_totals_of_trimmed_and_median_sheets():
    trimmed = rank(scoring({"a": [0, 60, 70, 100]}, total_rule=TotalRule.TRIMMED))
    two = rank(scoring({"a": [50, 60]}, total_rule=TotalRule.TRIMMED))
    middle = rank(scoring({"a": [0, 60, 70, 100]}, total_rule=TotalRule.MEDIAN))

    assert [one.ranked[0].exact for one in (trimmed, two, middle)] == [65, 55, 65]


def test_sheets_of_people_who_do_not_score_are_left_out():
    everybody = scoring({"a": [60, 100], "b": [70, 0]})

    assert rank(everybody).winner.key == "a"
    assert rank(scoring({"a": [60, 100], "b": [70, 0]}, members=("m0",))).winner.key == "b"


def test_a_law_without_scoring_knows_no_winner():
    ranking = rank(scoring({"a": [90]}, regime="R1"))

    assert (ranking.winner, ranking.reason) == (None, RankReason.NO_PASS_MARK)


def test_a_missing_or_double_sheet_leaves_the_ranking_open():
    full = scoring({"a": [80], "b": [60]})
    without = scoring({"a": [80], "b": []})
    double = scoring({"a": [80], "b": [60]}, sheets=(*full.sheets, full.sheets[0]))

    for ranking in (rank(without), rank(double)):
        assert (ranking.winner, ranking.reason) == (None, RankReason.INCOMPLETE)
    assert rank(without).ranked[-1].total is None


@given(TOTALS)
def test_the_ranking_is_sorted_and_places_count_who_is_better(totals):
    ranking = rank(scoring(totals))
    exact = [one.exact for one in ranking.ranked]

    assert exact == sorted(exact, reverse=True)
    assert {one.candidate.key for one in ranking.ranked} == set(totals)
    for one in ranking.ranked:
        assert one.exact == Fraction(sum(totals[one.candidate.key])) / len(totals[one.candidate.key])
        assert one.place == 1 + sum(other > one.exact for other in exact)
        assert one.passed is (one.exact >= 50)


@given(TOTALS)
def test_a_winner_passed_and_is_beaten_and_matched_by_nobody(totals):
    ranking = rank(scoring(totals))
    best = max(one.exact for one in ranking.ranked)
    leaders = [one for one in ranking.ranked if one.exact == best]

    if best < 50:
        assert (ranking.winner, ranking.reason) == (None, RankReason.NOBODY_PASSED)
    elif len(leaders) > 1:
        assert (ranking.winner, ranking.reason) == (None, RankReason.TIE)
    else:
        assert (ranking.winner, ranking.reason) == (leaders[0].candidate, RankReason.HIGHEST)


@given(TOTALS, st.randoms(use_true_random=False))
def test_neither_the_order_of_candidates_nor_of_sheets_matters(totals, chance: random.Random):
    subject = scoring(totals)
    keys, sheets = list(totals), list(subject.sheets)
    chance.shuffle(keys)
    chance.shuffle(sheets)
    shuffled = scoring({key: totals[key] for key in keys}, sheets=tuple(sheets))

    first, second = rank(subject), rank(shuffled)

    assert (first.winner, first.reason) == (second.winner, second.reason)
    assert {one.candidate.key: (one.exact, one.place) for one in first.ranked} == {
        one.candidate.key: (one.exact, one.place) for one in second.ranked
    }


@given(TOTALS, st.sampled_from("abcdef"))
def test_the_chairs_proposal_decides_ties_at_the_top_and_nothing_else(totals, proposal):
    alone, proposed = rank(scoring(totals)), rank(scoring(totals, chair_proposal=proposal))

    if alone.reason is RankReason.TIE and proposal in {one.candidate.key for one in alone.top}:
        assert (proposed.winner.key, proposed.reason) == (proposal, RankReason.CHAIR)
    else:
        assert (proposed.winner, proposed.reason) == (alone.winner, alone.reason)
