from decimal import Decimal

import pytest

from clusters.rules.case_subjects import Opinion
from clusters.rules.local import EnoughEquity, OpinionsInTime, RealEstateLine
from law.local_rules import LocalRules
from law.provisions import Mark, Provision, working_days
from law.regimes import Regime
from law.regimes.writing import at_least
from law.rules import Outcome, Severity
from tests.factories.cases import application, case, day

LOCAL = LocalRules(
    equity_small=at_least(20, "%", "QĐ 16", mark=Mark.SECONDARY),
    equity_large=at_least(15, "%", "QĐ 16", mark=Mark.SECONDARY),
    real_estate_line=Provision(value=True, article="QĐ 16", mark=Mark.SECONDARY),
    opinion=working_days(10, "QĐ 16", mark=Mark.SECONDARY),
)


def check(rule, **said):
    return rule(Regime.by_code("R5")).check(case(**{"local": LOCAL, **said}))


def investor(equity, total=1000, **said):
    amounts = {"equity": equity, "total_investment": total}
    return application(
        **{name: None if one is None else Decimal(one) for name, one in amounts.items()}, **said
    )


@pytest.mark.parametrize(
    ("area", "equity", "ok"),
    [
        ("19.9999", "200", True),
        ("19.9999", "199.9999", False),
        ("20", "150", True),
        ("20", "149.9999", False),
    ],
)
def test_v57_own_capital_reaches_the_share_of_the_province(area, equity, ok):
    finding = check(EnoughEquity, area_ha=Decimal(area), applications=(investor(equity),))

    assert finding.ok is ok
    assert finding.severity is Severity.WARN
    assert not finding.verified


def test_v57_is_off_unless_the_province_applies_it():
    off = {"local": LocalRules(), "area_ha": Decimal(30), "applications": (investor("1"),)}

    assert check(EnoughEquity, **off).outcome is Outcome.NOT_APPLICABLE
    assert check(RealEstateLine, **off).outcome is Outcome.NOT_APPLICABLE
    assert check(OpinionsInTime, **off).outcome is Outcome.NOT_APPLICABLE


def test_v57_missing_amounts_are_not_computable():
    assert check(EnoughEquity, applications=(investor("1"),)).outcome is Outcome.NOT_COMPUTABLE
    for short in (investor(None), investor("1", None), investor("0", 0)):
        finding = check(EnoughEquity, area_ha=Decimal(30), applications=(short,))
        assert finding.outcome is Outcome.NOT_COMPUTABLE


@pytest.mark.parametrize(
    ("has_it", "outcome"),
    [(True, Outcome.MET), (False, Outcome.NOT_MET), (None, Outcome.NOT_COMPUTABLE)],
)
def test_v57b_the_investor_has_the_real_estate_line(has_it, outcome):
    assert check(RealEstateLine, applications=(application(has_real_estate_line=has_it),)).outcome is outcome


@pytest.mark.parametrize(
    ("answered", "on", "outcome"),
    [
        ("2026-10-19", "2026-11-01", Outcome.MET),
        ("2026-10-20", "2026-11-01", Outcome.NOT_MET),
        (None, "2026-10-19", Outcome.NOT_COMPUTABLE),
        (None, "2026-10-20", Outcome.NOT_MET),
    ],
)
def test_v57c_agencies_answer_within_ten_working_days(answered, on, outcome):
    asked = Opinion(
        agency="Sở Tài chính", asked_on=day("2026-10-05"), answered_on=day(answered) if answered else None
    )

    assert check(OpinionsInTime, opinions=(asked,), on=day(on)).outcome is outcome
