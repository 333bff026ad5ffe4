import datetime as dt
from decimal import Decimal
from itertools import chain

import pytest
from django.urls import resolve

from accounts.roles import Function
from clusters.models import Cluster
from clusters.quality import QUALITY, Severity
from clusters.quality.base import Check, Group, Topic
from clusters.quality.board import board_of, findings_of
from clusters.rules import cluster_checklist
from clusters.services.figures import refresh_figures
from clusters.watch import WATCH
from law.rules import Outcome
from tests.clusters.boards.cases import CASES, DAY, _priority, _tenant, make
from tests.factories.clusters import ClusterFactory, InfrastructureProjectFactory, SecondaryProjectFactory

pytestmark = pytest.mark.django_db

CHECKS: dict[str, Check] = {check.code: check for check in chain(QUALITY, WATCH)}
AREA = ("V01", "V02", "V03", "V05", "V06")


def found(code: str) -> list[object]:
    return list(CHECKS[code].listed(Cluster.objects.counted(), DAY))


def test_every_check_has_a_failing_and_a_passing_case():
    assert sorted(CASES) == sorted(CHECKS)


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.code)
def test_a_check_says_what_it_asks_on_which_basis_and_what_to_do(check: Check):
    assert str(check.sentence).endswith(".")
    assert str(check.basis)
    assert str(check.remedy)
    assert check.__doc__
    assert check.severity in Severity
    assert check.function in Function
    assert check.group in Group or check.group in Topic


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_check_finds_and_counts_what_fails_and_lets_pass_what_is_right(code: str):
    check = CHECKS[code]
    make(CASES[code][1])
    assert found(code) == [], "what is right is found"
    make(CASES[code][0])
    rows = found(code)
    assert len(rows) == 1
    assert resolve(check.mend(rows[0]).partition("?")[0].partition("#")[0])
    assert isinstance(str(check.numbers(rows[0])) + check.name(rows[0]), str)
    assert check.cluster_of(rows[0]).province.full_name
    board = board_of([check], Cluster.objects.counted(), by="province_id", day=DAY)
    assert board.checks[code].rows == 1
    assert len(findings_of([check], Cluster.objects.counted(), DAY)) == 1


@pytest.mark.parametrize(
    ("area", "before_2009", "established", "craft"),
    [
        ("4.9", False, dt.date(2025, 1, 1), False),
        ("4.9", False, dt.date(2016, 1, 1), False),
        ("4.9", False, None, True),
        ("5", False, dt.date(2025, 1, 1), True),
        ("75", False, dt.date(2025, 1, 1), False),
        ("75.01", False, dt.date(2025, 1, 1), False),
        ("80", True, None, False),
        ("80", False, dt.date(2008, 1, 1), False),
    ],
)
def test_the_area_checks_agree_with_the_rules_v01_to_v06(area, before_2009, established, craft):
    cluster = ClusterFactory(
        area_ha=Decimal(area),
        industrial_land_ha=None,
        formed_before_2009=before_2009,
        established_on=established,
        cluster_type="craft_village" if craft else "ordinary",
    )
    refresh_figures()
    checklist = cluster_checklist(cluster, DAY)
    unmet = any(finding.outcome is Outcome.NOT_MET for finding in checklist if finding.rule.code in AREA)
    assert bool(found("L01") or found("L02")) is unmet


def test_priority_land_built_with_state_money_is_left_out():
    _priority(aided=True)
    assert found("W05") == []


def test_branches_personal_numbers_and_letters_are_told_apart():
    for code in ("0100109106-001", "079300012345", "0100109107-001", "01001O9106"):
        _tenant(tax_code=code)
    assert {row.investor.tax_code for row in found("R04")} == {"0100109107-001", "01001O9106"}


def test_an_abolished_cluster_is_asked_for_nothing():
    cluster = ClusterFactory(abolished=True, area_ha=None, before_2009=True)
    InfrastructureProjectFactory(cluster=cluster, ends_on=dt.date(2020, 1, 1))
    board = board_of([*QUALITY, *WATCH], Cluster.objects.all(), by="pk", day=DAY)
    assert board.checks == {}


def test_a_cluster_is_complete_when_nothing_is_wrong_or_missing():
    lacking = ClusterFactory(operating=True, industrial_land_ha=None)
    board = board_of([CHECKS["R06"], CHECKS["P06"]], Cluster.objects.all(), by="pk", day=DAY)
    assert (board.complete, board.share) == (0, 0)
    ClusterFactory()
    board = board_of([CHECKS["R06"], CHECKS["P06"]], Cluster.objects.all(), by="pk", day=DAY)
    assert board.complete == 1
    assert board.share == 50
    assert board.places[lacking.pk].complete == 0


def test_no_cluster_in_scope_is_no_mistake():
    board = board_of(QUALITY, Cluster.objects.none(), by="province_id", day=DAY)
    assert board.clusters == 0
    assert board.share is None
    assert findings_of(QUALITY, Cluster.objects.none(), DAY) == set()


def test_a_group_counts_a_cluster_once():
    cluster = ClusterFactory()
    for _ in range(3):
        SecondaryProjectFactory(cluster=cluster)
    board = board_of(QUALITY, Cluster.objects.all(), by="pk", day=DAY)
    records = board.places[cluster.pk].groups[Group.RECORDS]
    assert records.rows > 3
    assert records.clusters == 1
