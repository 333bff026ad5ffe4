"""What a province rules for itself reaches the rules as cited values; what is switched off does not."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from law.local_rules import local_rules
from law.models import Parameter
from tests.assertions import assert_num_queries
from tests.factories.accounts import GIA_LAI, province
from tests.factories.law import ProvincialParameterFactory

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)


def parameter(key, **said):
    return ProvincialParameterFactory(province=province(GIA_LAI), key=key, **said)


def test_the_equity_rule_of_lao_cai_is_known_and_off():
    rules = local_rules(province(), NOVEMBER)

    assert not rules.equity_small.is_set
    assert not rules.equity_large.is_set
    assert not rules.real_estate_line.is_set
    assert rules.opinion.amount == 10
    assert not rules.opinion.verified


def test_what_is_switched_on_is_a_threshold_with_its_decision():
    parameter(Parameter.EQUITY_SHARE_SMALL, value_number=Decimal(20), verified=True)
    parameter(Parameter.EQUITY_SHARE_LARGE, value_number=Decimal(15))
    parameter(Parameter.REAL_ESTATE_LINE, value_number=None, value_text="yes")
    parameter(Parameter.OCCUPANCY_UNIT, value_number=None, value_text="commune")
    place = province(GIA_LAI)

    with assert_num_queries(1):
        rules = local_rules(place, NOVEMBER)

    assert (rules.equity(Decimal("19.9999")).value, rules.equity(Decimal(20)).value) == (20, 15)
    assert rules.equity_small.met_by(Decimal(20)) is True
    assert (rules.equity_small.verified, rules.equity_large.verified) == (True, False)
    assert rules.real_estate_line.value is True
    assert rules.occupancy_unit.value == "commune"
    with translation.override("en"):
        assert str(rules.equity_small.article) == "Decision 1/2026/QĐ-UBND"


def test_a_parameter_counts_from_its_first_day_on():
    parameter(Parameter.OPINION_DAYS, value_number=Decimal(7), valid_from=dt.date(2026, 6, 1))

    assert local_rules(province(GIA_LAI), dt.date(2026, 5, 31)).opinion.amount is None
    assert local_rules(province(GIA_LAI), dt.date(2026, 6, 1)).opinion.amount == 7


@pytest.mark.parametrize(("text", "ok"), [("district", True), ("province", True), ("huyện cũ", False)])
def test_the_territory_of_the_test_is_one_the_portal_can_count(text, ok):
    unit = ProvincialParameterFactory.build(
        province=province(GIA_LAI), key=Parameter.OCCUPANCY_UNIT, value_number=None, value_text=text
    )

    if ok:
        unit.full_clean()
        assert unit.value != text
    else:
        with pytest.raises(ValidationError, match="huyện, xã hoặc tỉnh"):
            unit.full_clean()
