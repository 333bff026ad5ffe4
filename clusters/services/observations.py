"""Add observations, and bring the computed figures up to date with them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.choices import COUNT_INDICATORS, Indicator
from clusters.models import Cluster, Observation
from clusters.services.figures import refresh_figures
from core.history import because
from law.words import shown


@transaction.atomic
def add_observation(
    *,
    cluster: Cluster,
    indicator: Indicator,
    value: Decimal,
    as_of: dt.date,
    user: Any,
    reason: str = "",
    **source: Any,
) -> Observation:
    """Add what a source says of one moving figure on one day; the unit is the indicator's (ha, people, per cent).

    Raise ``ValidationError`` by field for a negative or fractional count, a day to come, or more land than there is
    (V09).
    """
    # Two officers at once are told apart by the lock: each sees the other's figure when the land is balanced.
    cluster = Cluster.objects.select_for_update(of=("self",)).get(pk=cluster.pk)
    observation = Observation(
        cluster=cluster, indicator=indicator, value=value, as_of=as_of, recorded_by=user, **source
    )
    _validate(cluster, observation)
    with because(reason or _("new observation")):
        observation.save()
    refresh_figures([cluster.pk])
    return observation


@transaction.atomic
def correct_observation(*, observation: Observation, user: Any, reason: str, **changes: Any) -> Observation:
    """Change an observation that was entered wrongly; the history keeps what stood there."""
    cluster = Cluster.objects.select_for_update(of=("self",)).get(pk=observation.cluster_id)
    for name, value in changes.items():
        setattr(observation, name, value)
    _validate(cluster, observation)
    with because(reason):
        observation.save()
    refresh_figures([cluster.pk])
    return observation


@transaction.atomic
def remove_observation(*, observation: Observation, reason: str) -> None:
    """Take an observation out that should not have been entered; the history keeps it."""
    cluster_id = observation.cluster_id
    with because(reason):
        observation.delete()
    refresh_figures([cluster_id])


def _validate(cluster: Cluster, observation: Observation) -> None:
    errors: dict[str, str] = {}
    value = observation.value
    if value is not None and value < 0:
        errors["value"] = _("The figure cannot be negative: %(value)s.") % {"value": value}
    elif observation.indicator in COUNT_INDICATORS and value is not None and value != int(value):
        errors["value"] = _("This figure is counted in whole numbers: %(value)s.") % {"value": value}
    if observation.as_of and observation.as_of > timezone.localdate():
        errors["as_of"] = _(
            "The day lies in the future. Enter the day for which the source states the figure."
        )
    if errors:
        raise ValidationError(errors)
    _check_land(cluster, observation)
    # The only constraint of the table, a figure of 0 or more, was checked above.
    observation.full_clean(exclude=["cluster"], validate_constraints=False)


def _check_land(cluster: Cluster, observation: Observation) -> None:
    """Refuse more leased and approved land than industrial land, and more industrial land than area (V09)."""
    if observation.indicator not in (Indicator.LEASED, Indicator.APPROVED, Indicator.SERVICED):
        return
    industrial = cluster.industrial_land_ha
    if industrial is None:
        return
    total = observation.value
    if observation.indicator != Indicator.SERVICED:
        other = Indicator.APPROVED if observation.indicator == Indicator.LEASED else Indicator.LEASED
        latest = (
            Observation.objects.filter(cluster=cluster, indicator=other, as_of__lte=observation.as_of)
            .order_by("-as_of", "-pk")
            .values_list("value", flat=True)
            .first()
        )
        total += latest or 0
    if total > industrial:
        raise ValidationError(
            {
                "value": _(
                    "Leased and approved land together would be %(total)s ha, but the detailed plan gives "
                    "%(industrial)s ha of industrial land (V09). Check the figure, or record the decision that "
                    "changed the plan first."
                )
                % {"total": shown(total), "industrial": shown(industrial)}
            }
        )
