import pytest
from django.utils import translation

from clusters.rules.council import CouncilAsTheLawSays, InterestsDeclared
from law.regimes import Regime
from law.rules import Outcome, Severity
from law.vocabulary import CouncilPost
from tests.factories.cases import case, council, member

R2, R3, R5 = (Regime.by_code(code) for code in ("R2", "R3", "R5"))


def check(rule, regime, **seats):
    return rule(regime).check(case(regime.code, council=council(regime, **seats)))


@pytest.mark.parametrize("regime", [R2, R3, Regime.by_code("R4"), R5])
def test_v34_the_council_of_each_regime_is_in_order(regime):
    assert check(CouncilAsTheLawSays, regime).ok is True


FINANCE = (member("Phó 1", CouncilPost.INDUSTRY), member("Phó 2", CouncilPost.FINANCE))
PLANNING = (member("Phó 1", CouncilPost.INDUSTRY), member("Phó 2", CouncilPost.PLANNING))


def test_v34_finance_sits_for_planning_after_the_merger_and_not_the_other_way_round():
    merged = check(CouncilAsTheLawSays, R3, vice_chairs=FINANCE)

    assert merged.ok is True
    assert not merged.verified
    assert check(CouncilAsTheLawSays, R3, vice_chairs=PLANNING).verified
    assert check(CouncilAsTheLawSays, R5, vice_chairs=PLANNING).blocks


@pytest.mark.parametrize(
    "seats",
    [
        {"chair": None},
        {"chair": member("Giám đốc Sở", CouncilPost.INDUSTRY)},
        {"vice_chairs": PLANNING[:1]},
        {"vice_chairs": FINANCE[1:]},
        {"vice_chairs": ()},
        {"secretary": None},
        {"secretary": member("Thư ký", CouncilPost.RELATED)},
        {
            "secretary": member("Thư ký", CouncilPost.INDUSTRY_OFFICE),
            "members": (member("Thư ký", CouncilPost.RELATED),),
        },
        {"members": (member("Chủ tịch", CouncilPost.RELATED),)},
    ],
)
def test_v34_a_seat_filled_otherwise_blocks(seats):
    assert check(CouncilAsTheLawSays, R2, **seats).blocks


def test_v34_names_the_seat_that_is_wrong():
    finding = check(CouncilAsTheLawSays, R5, vice_chairs=FINANCE[:1])

    with translation.override("en"):
        assert str(finding.explanation) == "no vice-chair is leader of the Department of Finance"


def test_v34_waits_for_the_council():
    assert CouncilAsTheLawSays(R5).check(case()).outcome is Outcome.NOT_APPLICABLE
    assert not CouncilAsTheLawSays.applies(Regime.by_code("R1"))


def test_v34b_whoever_scores_declares_their_interests():
    silent = check(InterestsDeclared, R5, members=(member("Uỷ viên", CouncilPost.RELATED, declared=False),))

    assert check(InterestsDeclared, R5).ok is True
    assert (silent.ok, silent.severity) == (False, Severity.WARN)
    assert "Uỷ viên" in str(silent.explanation)


def test_v34b_nobody_scores_with_a_conflict_and_who_does_not_score_may_have_one():
    biased = member("Uỷ viên", CouncilPost.RELATED, conflict=True)
    aside = member("Uỷ viên", CouncilPost.RELATED, conflict=True, scores=False)

    assert check(InterestsDeclared, R5, members=(biased,)).ok is False
    assert check(InterestsDeclared, R5, members=(aside,)).ok is True
    assert InterestsDeclared(R5).check(case()).outcome is Outcome.NOT_APPLICABLE
