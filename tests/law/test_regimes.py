"""The tables of the law: table a.1, the thresholds, and which law a case follows."""

import datetime as dt
import itertools
from decimal import Decimal

import pytest
from django.utils import translation

from law.comparison import compare_regimes
from law.instruments import INSTRUMENTS
from law.provisions import Cited, Limit, Mark
from law.regimes import REGIMES, NoRegimeError, OpenQuestion, Regime
from law.sources import SOURCES
from law.vocabulary import Actor, CouncilPost, Document, OccupancyUnit, Requirement, Step, Work

W, C = "working", "calendar"
TABLE_A1 = {
    "R1": {"S1": None, "S2": None, "S3": (5, W), "S4": (15, W), "S5": (5, W)},
    "R1b": {"S1": None, "S2": None, "S3": None, "S4": None, "S5": None},
    "R2": {"S1": (5, W), "S2": (15, C), "S3": (5, W), "S4": (25, C), "S5": (7, W)},
    "R3": {"S1": (5, W), "S2": (15, C), "S3": (5, W), "S4": (25, C), "S5": (7, W)},
    "R4": {"S1": (3, W), "S2": (10, W), "S3": (5, W), "S4": (20, W), "S5": (5, W)},
    "R5": {"S1": (2, W), "S2": (5, W), "S3": (5, W), "S4": (20, W), "S5": (5, W)},
}


@pytest.mark.parametrize("code", TABLE_A1)
def test_the_time_limits_are_those_of_table_a1(code):
    limits = Regime.by_code(code).limits
    found = {
        step: (limits[step].amount, limits[step].unit) if limits[step].is_set else None
        for step in TABLE_A1[code]
    }
    assert found == TABLE_A1[code]


@pytest.mark.parametrize(
    ("code", "working", "calendar"), [("R1", 25, 0), ("R2", 17, 40), ("R4", 43, 0), ("R5", 37, 0)]
)
def test_the_sums_of_the_limits_are_those_of_table_a1(code, working, calendar):
    limits = [limit for limit in Regime.by_code(code).limits.values() if limit.is_set]
    assert sum(limit.amount for limit in limits if limit.unit == W) == working
    assert sum(limit.amount for limit in limits if limit.unit == C) == calendar


def test_the_regimes_follow_one_another_without_gap():
    for earlier, later in itertools.pairwise(REGIMES):
        assert earlier.valid_to + dt.timedelta(days=1) == later.valid_from
    assert REGIMES[-1].valid_to is None


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2009-10-05", "R0"),
        ("2017-07-15", "R1"),
        ("2020-08-01", "R1b"),
        ("2024-04-30", "R1b"),
        ("2024-05-01", "R2"),
        ("2025-07-01", "R3"),
        ("2026-04-28", "R3"),
        ("2026-04-29", "R4"),
        ("2026-09-14", "R4"),
        ("2026-09-15", "R5"),
        ("2030-01-01", "R5"),
    ],
)
def test_a_day_has_one_regime(day, code):
    assert Regime.on(dt.date.fromisoformat(day)).code == code


def test_there_is_no_regime_before_2009_and_none_with_an_unknown_code():
    with pytest.raises(NoRegimeError):
        Regime.on(dt.date(2009, 10, 4))
    with pytest.raises(NoRegimeError):
        Regime.by_code("R9")


def test_the_thresholds_of_the_law_are_those_of_its_articles():
    old, new = Regime.by_code("R2").thresholds, Regime.by_code("R5").thresholds
    assert [old.area_min.value, old.area_min_small.value, old.area_max.value] == [10, 5, 75]
    assert [new.area_min.value, new.area_min_small.value, new.area_max.value] == [5, 5, 75]
    assert (old.establish_unleased.value, new.establish_unleased.value) == (100, 50)
    assert (old.expand_occupancy.value, new.expand_occupancy.value) == (60, 50)
    assert (old.craft_share.value, new.craft_share.value) == (75, 60)
    assert not old.high_tech_share.is_set
    assert new.high_tech_share.value == 30
    assert old.establish_occupancy.strict
    assert not old.establish_unleased.strict
    assert Regime.by_code("R1").thresholds.establish_unleased.strict


def test_dossier_works_and_unit_change_with_the_regimes():
    asked = [Regime.by_code(code).documents[Document.LEGAL_STATUS].value for code in ("R2", "R3", "R4", "R5")]
    assert asked == [Requirement.REQUIRED, Requirement.REQUIRED, Requirement.NOT_ASKED, Requirement.NOT_ASKED]
    assert [Regime.by_code(code).sets.value for code in ("R1", "R2", "R3", "R4", "R5")] == [8, 2, 2, 1, 1]
    assert Work.FIRE_PROTECTION not in Regime.by_code("R4").works.value
    assert Work.FIRE_PROTECTION in Regime.by_code("R5").works.value
    units = [Regime.by_code(code).test_unit.value for code in ("R2", "R3", "R4", "R5")]
    assert units == [
        OccupancyUnit.DISTRICT,
        OccupancyUnit.AS_DECIDED,
        OccupancyUnit.AS_DECIDED,
        OccupancyUnit.COMMUNE,
    ]
    assert sum(points.value for points in Regime.by_code("R5").score_maxima.values()) == Decimal(100)


def test_the_council_has_other_vice_chairs_since_decree_303():
    old, new = Regime.by_code("R2"), Regime.by_code("R5")
    assert old.council_vice_chairs.value == (CouncilPost.INDUSTRY, CouncilPost.PLANNING)
    assert new.council_vice_chairs.value == (CouncilPost.INDUSTRY, CouncilPost.FINANCE)
    assert not old.council_stand_ins.verified
    assert not new.council_stand_ins.is_set
    for regime in (old, new):
        assert regime.council_chair.value is CouncilPost.PROVINCE_PC
        assert regime.council_secretary.value is CouncilPost.INDUSTRY_OFFICE
    assert not Regime.by_code("R1").council_chair.is_set


def every_cited_value():
    return [
        pytest.param(row.cells[0].cited, id=f"{regime.code}-{group.key}-{number}")
        for regime in REGIMES
        for group in compare_regimes([regime])
        for number, row in enumerate(group.rows)
    ]


@pytest.mark.parametrize("cited", every_cited_value())
def test_every_value_names_its_article_and_source_or_says_why_it_is_missing(cited: Cited):
    is_set = cited.is_set if isinstance(cited, Limit) else getattr(cited, "value", None) is not None
    if is_set:
        assert str(cited.article)
        assert cited.source in SOURCES
    else:
        assert str(cited.note)


def test_what_rests_on_one_source_is_never_verified():
    regime = Regime.by_code("R5")
    assert not any(limit.verified for limit in regime.limits.values())
    assert not regime.thresholds.support_ceiling.verified
    assert Regime.by_code("R2").thresholds.support_ceiling.verified
    assert Regime.by_code("R4").limits[Step.APPRAISAL].mark == Mark.PRIMARY_OCR


def test_regimes_name_instruments_that_are_known():
    for regime in REGIMES:
        assert all(code in INSTRUMENTS for code in regime.instruments)
    assert all(one.source in SOURCES for one in INSTRUMENTS.values())


def test_a_change_is_marked_against_the_regime_before_in_time():
    limits = compare_regimes(REGIMES)[0]
    changed = {row.label: [cell.regime.code for cell in row.cells if cell.changed] for row in limits.rows}
    assert changed[Step.APPRAISAL.label] == ["R4"]
    assert changed[Step.NOTICE.label] == ["R4", "R5"]


# --- Which law a case follows -------------------------------------------------------------------------------------


def pinned(received: str, **days: str):
    return Regime.for_case(
        dt.date.fromisoformat(received), **{name: dt.date.fromisoformat(text) for name, text in days.items()}
    )


@pytest.mark.parametrize(
    ("received", "days", "code"),
    [
        ("2026-04-28", {}, "R3"),
        ("2026-04-29", {}, "R4"),
        ("2026-05-04", {"postmarked_on": "2026-04-28"}, "R3"),
        ("2026-05-04", {"postmarked_on": "2026-04-29"}, "R4"),
        ("2026-09-17", {"postmarked_on": "2026-09-14"}, "R5"),  # only Resolution 19 speaks of the postmark
        ("2024-04-01", {"appraisal_began_on": "2024-04-20"}, "R1b"),
        ("2024-04-01", {"appraisal_began_on": "2024-05-01"}, "R1b"),
        ("2024-04-01", {"appraisal_began_on": "2024-05-02"}, "R2"),
        ("2026-04-28", {"appraisal_began_on": "2026-09-10"}, "R3"),
        ("2026-09-01", {"appraisal_began_on": "2026-09-14"}, "R4"),
        ("2026-09-01", {"appraisal_began_on": "2026-09-16"}, "R5"),
        ("2026-09-15", {}, "R5"),
    ],
)
def test_a_case_follows_the_transitional_articles(received, days, code):
    assert pinned(received, **days).regime.code == code


def test_what_the_law_leaves_open_is_said_and_left_to_a_person():
    case = pinned("2026-09-01", appraisal_began_on="2026-09-14")
    assert OpenQuestion.LIMITS_OF_NQ19 in case.questions
    assert [regime.code for regime in case.alternatives] == ["R3"]
    assert case.is_open
    assert not pinned("2026-04-28").is_open


def test_the_commune_does_what_the_district_had_begun():
    case = pinned("2025-06-20")
    assert case.regime.code == "R2"
    assert case.actor(Step.NOTICE, dt.date(2025, 6, 30)).value == Actor.DISTRICT_PC
    assert case.actor(Step.SUBMISSION, dt.date(2025, 7, 1)).value == Actor.COMMUNE_PC
    assert case.actor(Step.APPRAISAL, dt.date(2025, 7, 1)).value == Actor.DEPARTMENT


def test_the_reason_is_readable_in_both_languages():
    case = pinned("2026-05-04", postmarked_on="2026-04-28")
    with translation.override("en"):
        assert str(case.reason) == "postmarked 28/04/2026, before 29/4/2026: keeps the law of that day"
        assert str(case.article) == "Art. 7.1 Resolution 19/2026/NQ-CP"
    with translation.override("vi"):
        assert str(case.reason).startswith("dấu bưu điện 28/04/2026")
        assert str(case.article) == "khoản 1 Điều 7 Nghị quyết 19/2026/NQ-CP"


def test_days_that_contradict_one_another_are_refused():
    with pytest.raises(ValueError, match="postmarked"):
        pinned("2026-05-04", postmarked_on="2026-05-05")
    with pytest.raises(ValueError, match="Appraisal"):
        pinned("2026-05-04", appraisal_began_on="2026-05-03")
