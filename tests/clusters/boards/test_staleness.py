"""After how long a figure is out of date is a province's own, with a default, on every page alike."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from clusters.boards import board_here
from clusters.choices import Indicator
from clusters.models import Cluster
from clusters.quality import QUALITY
from clusters.staleness import PROGRESS, REPORT, fresh_since, is_stale
from law.current import keeping_limits
from law.models import Parameter, ProvincialParameter
from law.services import set_parameter
from tests.assertions import assert_num_queries
from tests.factories.accounts import HA_NOI, commune, province
from tests.factories.clusters import ClusterFactory, LandClearanceFactory, ObservationFactory
from tests.factories.law import ProvincialParameterFactory

pytestmark = pytest.mark.django_db


def rules(key, number, where=None):
    return ProvincialParameterFactory(key=key, value_number=Decimal(number), province=where or province())


@pytest.mark.parametrize(
    ("day", "kind", "first"),
    [
        (dt.date(2026, 12, 14), REPORT, dt.date(2026, 6, 14)),
        (dt.date(2026, 8, 31), REPORT, dt.date(2026, 2, 28)),
        (dt.date(2026, 3, 1), PROGRESS, dt.date(2026, 2, 25)),
    ],
)
def test_without_a_rule_of_the_province_reports_last_six_months_and_progress_four_days(day, kind, first):
    assert fresh_since(province().pk, kind, on=day) == first
    assert not is_stale(first, province().pk, kind, on=day)
    assert is_stale(first - dt.timedelta(days=1), province().pk, kind, on=day)
    assert is_stale(None, province().pk, kind, on=day)


def test_a_province_sets_its_own_limit_and_no_other_province_is_bound_by_it():
    rules(Parameter.REPORT_FRESH_MONTHS, 3)
    day = dt.date(2026, 11, 26)

    assert fresh_since(province().pk, on=day) == dt.date(2026, 8, 26)
    assert fresh_since(province(HA_NOI).pk, on=day) == dt.date(2026, 5, 26)
    assert fresh_since(province().pk, on=dt.date(2025, 12, 31)) == dt.date(2025, 6, 30)


def test_board_list_and_first_page_follow_the_limit(client_of):
    cluster = ClusterFactory(operating=True, commune=commune())
    four_months_ago = timezone.localdate() - dt.timedelta(days=125)
    ObservationFactory(cluster=cluster, indicator=Indicator.LEASED, value=Decimal(10), as_of=four_months_ago)
    client = client_of(Role.DEPARTMENT_OFFICER)

    def found():
        home = client.get(reverse("registry:home")).context["counts"]["stale"]
        listed = client.get(reverse("registry:cluster_list"), {"figures_stale": "yes"}).context["total"]
        clusters = Cluster.objects.counted()
        board = board_here(
            "quality", clusters, by="commune_id", day=timezone.localdate(), provinces=[province().pk]
        ).board
        return home, listed, board.checks["F02"].rows if "F02" in board.checks else 0

    assert found() == (0, 0, 0)
    rules(Parameter.REPORT_FRESH_MONTHS, 3)
    assert found() == (1, 1, 1)
    page = client.get(reverse("registry:home")).content.decode()
    assert "cũ hơn 3 tháng" in page


def test_progress_follows_its_own_limit():
    cluster = ClusterFactory(commune=commune())
    today = timezone.localdate()
    LandClearanceFactory(
        cluster=cluster,
        as_of=today - dt.timedelta(days=6),
        area_total_ha=Decimal(10),
        area_cleared_ha=Decimal(4),
    )
    assert QUALITY["F07"].rows(today).count() == 1
    rules(Parameter.PROGRESS_FRESH_DAYS, 7)
    assert QUALITY["F07"].rows(today).count() == 0


def test_a_request_asks_for_the_limits_once_and_sees_a_change_at_once(client_of):
    leader = client_of(Role.DEPARTMENT_LEADER)
    with keeping_limits():
        with assert_num_queries(1):
            for _ in range(5):
                fresh_since(province_id := 1)
        made = ProvincialParameterFactory.build(
            key=Parameter.REPORT_FRESH_MONTHS, value_number=Decimal(2), province=province()
        )
        set_parameter(parameter=made, reason="mới", by=leader.user)
        assert fresh_since(province().pk) > fresh_since(province_id)


@pytest.mark.parametrize("number", ["0", "2.5", "61", ""])
def test_a_limit_is_a_whole_number_of_days_or_months(client_of, number):
    leader = client_of(Role.DEPARTMENT_LEADER)
    facts = {
        "province": province().pk,
        "key": Parameter.PROGRESS_FRESH_DAYS,
        "value_number": number,
        "value_text": "" if number else "một tuần",
        "enabled": "on",
        "valid_from": "2026-07-01",
        "decision_number": "3/2026/QĐ-UBND",
        "source": "Quyết định",
        "reason": "Quy định mới",
    }
    refused = leader.post(reverse("law:parameter_add"), facts)
    assert refused.status_code == 200
    assert "số nguyên từ 1 đến 60" in refused.content.decode()
    assert leader.post(reverse("law:parameter_add"), {**facts, "value_number": "7"}).status_code == 302
    assert ProvincialParameter.objects.get(key=Parameter.PROGRESS_FRESH_DAYS).value == "7 ngày"


def test_the_page_of_parameters_shows_the_defaults(client_of):
    page = client_of(Role.COMMUNE_OFFICER).get(reverse("law:parameters")).content.decode()
    assert "4 ngày" in page
    assert "6 tháng" in page
