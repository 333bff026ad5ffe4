"""What provinces rule for themselves."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.roles import Role
from law.loading import write_parameters
from law.models import Parameter, ProvincialParameter
from law.services import end_parameter, set_parameter
from tests.factories.accounts import HA_NOI, province
from tests.factories.law import ProvincialParameterFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def leader(client_of):
    return client_of(Role.DEPARTMENT_LEADER)


def in_force(key, on=TODAY, where=None):
    return ProvincialParameter.objects.in_force(where or province(), key, on).first()


def test_lao_cai_answers_opinions_in_ten_working_days_and_silence_is_consent():
    assert in_force(Parameter.OPINION_DAYS).value_number == Decimal(10)
    assert in_force(Parameter.SILENCE_IS_CONSENT).value_text == "yes"
    assert not in_force(Parameter.OPINION_DAYS).verified
    assert in_force(Parameter.OPINION_DAYS, where=province(HA_NOI)) is None


def test_the_local_rules_on_equity_are_known_and_off():
    assert ProvincialParameter.objects.filter(key=Parameter.EQUITY_SHARE_SMALL, enabled=False).exists()
    assert in_force(Parameter.EQUITY_SHARE_SMALL) is None


def test_loading_parameters_again_leaves_changed_ones_alone(leader):
    ProvincialParameter.objects.filter(key=Parameter.OPINION_DAYS).update(value_number=7)
    write_parameters()
    assert in_force(Parameter.OPINION_DAYS).value_number == 7


def test_a_parameter_is_in_force_between_its_days():
    ProvincialParameterFactory(valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 6, 30), value_number=5)
    ProvincialParameterFactory(valid_from=dt.date(2026, 7, 1), value_number=6)
    key = Parameter.RECEIPT_CUT_OFF
    assert in_force(key, dt.date(2026, 6, 30)).value_number == 5
    assert in_force(key, dt.date(2026, 7, 1)).value_number == 6
    assert in_force(key, dt.date(2025, 12, 31)) is None


def test_two_decisions_cannot_give_the_same_parameter_for_one_day(leader):
    first = ProvincialParameterFactory()
    second = ProvincialParameterFactory.build(valid_from=dt.date(2026, 7, 1), decision_number="2/QĐ")
    with pytest.raises(ValidationError, match="1/2026/QĐ-UBND"):
        set_parameter(parameter=second, reason="mới", by=leader.user)
    end_parameter(parameter=first, last_day=dt.date(2026, 6, 30), reason="thay thế", by=leader.user)
    set_parameter(parameter=second, reason="mới", by=leader.user)
    assert in_force(Parameter.RECEIPT_CUT_OFF).decision_number == "2/QĐ"


def test_a_parameter_needs_a_value_and_dates_in_order(leader):
    with pytest.raises(ValidationError, match="bằng số hoặc bằng chữ"):
        set_parameter(
            parameter=ProvincialParameterFactory.build(value_number=None), reason="x", by=leader.user
        )
    with pytest.raises(ValidationError):
        end_parameter(
            parameter=ProvincialParameterFactory(), last_day=dt.date(2025, 1, 1), reason="x", by=leader.user
        )


def test_a_leader_keeps_the_rules_of_the_own_province_only(leader, client_of):
    elsewhere = ProvincialParameterFactory(province=province(HA_NOI))
    with pytest.raises(PermissionDenied):
        set_parameter(parameter=elsewhere, reason="x", by=leader.user)
    assert leader.get(reverse("law:parameter_change", args=[elsewhere.pk])).status_code == 404
    assert leader.get(reverse("law:parameter_end", args=[elsewhere.pk])).status_code == 404
    officer = client_of(Role.COMMUNE_OFFICER)
    assert officer.get(reverse("law:parameter_add")).status_code == 403


def test_the_list_shows_every_parameter_with_its_decision(client, client_of):
    assert client.get(reverse("law:parameters")).status_code == 302
    page = client_of(Role.COMMUNE_OFFICER).get(reverse("law:parameters")).content.decode()
    assert "16/2026/QĐ-UBND" in page
    assert "10 ngày làm việc" in page
    assert "chưa áp dụng" in page
    assert reverse("law:parameter_add") not in page


def test_a_parameter_is_entered_corrected_and_ended_on_the_page(leader):
    facts = {
        "province": province().pk,
        "key": Parameter.RECEIPT_CUT_OFF,
        "value_text": "17:00",
        "enabled": "on",
        "valid_from": "2026-07-01",
        "decision_number": "3/2026/QĐ-UBND",
        "source": "Quyết định",
        "reason": "Quy định mới",
    }
    assert leader.post(reverse("law:parameter_add"), facts).status_code == 302
    made = ProvincialParameter.objects.get(decision_number="3/2026/QĐ-UBND")
    change = reverse("law:parameter_change", args=[made.pk])
    assert "17:00" in leader.get(change).content.decode()
    assert leader.post(change, {**facts, "value_text": "16:30"}).status_code == 302
    end = reverse("law:parameter_end", args=[made.pk])
    assert leader.get(end).status_code == 200
    assert leader.post(end, {"last_day": "2026-01-01", "reason": "x"}).status_code == 200
    assert leader.post(end, {"last_day": "2026-12-31", "reason": "x"}).status_code == 302
    made.refresh_from_db()
    assert (made.value_text, made.valid_to) == ("16:30", dt.date(2026, 12, 31))
    assert made.events.order_by("pgh_id").first().pgh_context.metadata["reason"] == "Quy định mới"
