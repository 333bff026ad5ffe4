"""Occupancy rates, each under its own name: the law, the reports and the leaders ask three different questions.

- legal (Decree 32/2024 Art. 2.7): leased land plus land already granted investment approval, over the industrial
  land of the approved detailed plan;
- report (Circular 14/2024, Forms 03 and 04): leased land over the same industrial land;
- ready land (Circular 14/2024, Form 02): leased land over the land with infrastructure built;
- cleared land: leased land over the land already cleared, a local practice and not a rule of law.

A denominator that is zero or unknown makes a rate not computable, which is never shown as 0 %.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusters.models import Figures


@dataclass(frozen=True)
class Rate:
    """One occupancy rate with everything a reader needs to check it. Areas in ha, value in per cent."""

    key: str
    name: str | Promise
    formula: str | Promise
    basis: str | Promise
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    as_of: dt.date | None
    is_lower_bound: bool = False


def rate(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """Return ``numerator`` over ``denominator`` in per cent, unrounded, or None where it cannot be computed."""
    if numerator is None or not denominator:
        return None
    return numerator / denominator * 100


def occupancy_rates(figures: Figures, industrial_land_ha: Decimal | None) -> list[Rate]:
    """Return the four rates of a cluster in the order in which a page shows them."""
    leased = figures.leased_ha
    legal = None if leased is None else leased + (figures.approved_ha or 0)
    return [
        Rate(
            "legal",
            _("Occupancy by the legal formula"),
            _("(leased + approved, not leased) ÷ industrial land of the detailed plan"),
            _("Decree 32/2024, Art. 2.7"),
            legal,
            industrial_land_ha,
            rate(legal, industrial_land_ha),
            figures.leased_as_of,
            # Land approved but not leased can only add: without that figure the rate is a floor.
            is_lower_bound=leased is not None and figures.approved_ha is None,
        ),
        Rate(
            "report",
            _("Occupancy by the report formula"),
            _("leased ÷ industrial land of the detailed plan"),
            _("Circular 14/2024, Forms 03 and 04, lines 17-19"),
            leased,
            industrial_land_ha,
            rate(leased, industrial_land_ha),
            figures.leased_as_of,
        ),
        Rate(
            "serviced",
            _("Occupancy on land ready to lease"),
            _("leased ÷ industrial land with infrastructure built"),
            _("Circular 14/2024, Form 02, lines 3-5"),
            leased,
            figures.serviced_ha,
            rate(leased, figures.serviced_ha),
            figures.leased_as_of,
        ),
        Rate(
            "cleared",
            _("Occupancy on cleared land"),
            _("leased ÷ land already cleared"),
            _("local practice, not a rule of law"),
            leased,
            figures.cleared_ha,
            rate(leased, figures.cleared_ha),
            figures.leased_as_of,
        ),
    ]
