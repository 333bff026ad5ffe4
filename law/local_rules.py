"""What a province rules for itself, as values that a rule or the clock can use."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from law.models import Parameter, ProvincialParameter
from law.provisions import Limit, Mark, Provision, Sense, Threshold, working_days
from law.words import say

_NOT_APPLIED = _("the province does not apply such a rule")
NO_SHARE = Threshold(note=_NOT_APPLIED)
NO_TIME = Limit(note=_NOT_APPLIED)
NOT_SAID: Provision[Any] = Provision(note=_NOT_APPLIED)

# The area (ha) from which the parameters speak of a large cluster: see their names.
LARGE_FROM = Decimal(20)


@dataclass(frozen=True, kw_only=True)
class LocalRules:
    """The parameters a province applies on a day; each is unset where the province does not apply it."""

    equity_small: Threshold = NO_SHARE
    equity_large: Threshold = NO_SHARE
    real_estate_line: Provision[bool] = NOT_SAID
    opinion: Limit = NO_TIME
    silence_is_consent: Provision[bool] = NOT_SAID
    occupancy_unit: Provision[str] = NOT_SAID

    def equity(self, area_ha: Decimal) -> Threshold:
        """Return the investor's share of the total investment (%) that the province asks for a cluster of the area."""
        return self.equity_large if area_ha >= LARGE_FROM else self.equity_small


NO_LOCAL_RULES = LocalRules()


def local_rules(province: Any, on: dt.date) -> LocalRules:
    """Return what the province applies on the day, with one query; parameters that are switched off stay unset."""
    found = {
        parameter.key: parameter
        for parameter in ProvincialParameter.objects.in_force(province, on=on).order_by("valid_from", "pk")
    }
    values: dict[str, Any] = {}
    for name, key in (
        ("equity_small", Parameter.EQUITY_SHARE_SMALL),
        ("equity_large", Parameter.EQUITY_SHARE_LARGE),
    ):
        if key in found and found[key].value_number is not None:
            values[name] = Threshold(
                value=found[key].value_number, unit="%", sense=Sense.AT_LEAST, **_cited(found[key])
            )
    for name, key in (
        ("real_estate_line", Parameter.REAL_ESTATE_LINE),
        ("silence_is_consent", Parameter.SILENCE_IS_CONSENT),
    ):
        if key in found and found[key].value_text == "yes":
            values[name] = Provision(value=True, **_cited(found[key]))
    opinion = found.get(Parameter.OPINION_DAYS)
    if opinion is not None and opinion.value_number is not None:
        values["opinion"] = working_days(int(opinion.value_number), **_cited(opinion))
    unit = found.get(Parameter.OCCUPANCY_UNIT)
    if unit is not None and unit.value_text:
        values["occupancy_unit"] = Provision(value=unit.value_text, **_cited(unit))
    return LocalRules(**values)


def _cited(parameter: ProvincialParameter) -> dict[str, Any]:
    return {
        "article": say(_("Decision %(number)s"), number=parameter.decision_number),
        "mark": Mark.PRIMARY if parameter.verified else Mark.SECONDARY,
    }
