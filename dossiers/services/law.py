"""Questions that the transitional articles leave to a person: which law a case follows, settled with the reason."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dossiers.choices import Part
from dossiers.models import Dossier, Event
from dossiers.services import clocks
from dossiers.services.actors import acts_as
from dossiers.services.events import ActionRefused, Fact, lock, record, save
from law.regimes import Regime
from law.regimes.transition import Pinned


def pinned(dossier: Dossier) -> Pinned:
    """Return what the transitional articles say of the case: its law, why, and what they leave open (rule V45)."""
    return Regime.for_case(
        dossier.received_on, postmarked_on=dossier.postmarked_on, appraisal_began_on=dossier.full_on
    )


def regimes_to_choose(dossier: Dossier) -> list[Regime]:
    """List the laws a person may settle on: none where nothing is open, else those whose table knows the state."""
    found = pinned(dossier)
    if not found.is_open or not dossier.is_open:
        return []
    candidates = {regime.code: regime for regime in (dossier.regime, found.regime, *found.alternatives)}
    return [
        regime
        for regime in candidates.values()
        if regime.code in dossier.procedure.regimes
        and dossier.state in {state.code for state in dossier.procedure.states_of(regime)}
    ]


@transaction.atomic
def settle_regime(
    *,
    dossier: Dossier,
    regime_code: str,
    reason: str,
    actor: Any,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Event:
    """Settle which law a case follows where the transitional articles leave it open; the clock is computed anew.

    The department does. Raises ActionRefused where nothing is open or for somebody else, ValidationError by field for
    a law that is no alternative or without a reason.
    """
    dossier = lock(dossier, seen=seen, actor=actor)
    refused = []
    if not acts_as(actor, Part.DEPARTMENT, dossier):
        refused.append(_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label})
    choices = {regime.code: regime for regime in regimes_to_choose(dossier)}
    if not choices:
        refused.append(_("The law of this case is not open."))
    if refused:
        raise ActionRefused(refused)
    errors = {}
    if regime_code not in choices:
        errors["regime_code"] = _("Choose one of the laws that are possible here.")
    if not reason.strip():
        errors["reason"] = _("Give the reason: it stands on the dossier with the law.")
    if errors:
        raise ValidationError(errors)
    before = dossier.regime_code
    if regime_code != before:
        dossier.regime_code = regime_code
        # The trigger lets the law change only while the row is named; the clock then reads the new limits.
        save(dossier)
        clocks.refresh_due(dossier)
    return record(
        dossier,
        Fact.REGIME_SETTLED,
        actor=actor,
        at=at,
        part=Part.DEPARTMENT,
        note=reason.strip(),
        facts={"from": before, "to": regime_code},
    )
