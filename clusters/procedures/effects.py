"""What the actions of a cluster's dossier do besides moving it: the registry, the applicants' results."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Organisation
from clusters.choices import DecisionKind, InvestorKind
from clusters.models import Cluster, ClusterCase, Investor
from clusters.procedures.answers import Answers
from clusters.services.decisions import open_cluster, record_decision
from clusters.services.searching import investor_keys
from dossiers.choices import Outcome
from dossiers.models import Application, Document
from dossiers.procedures.transitions import Firing
from law.vocabulary import DecisionItem


def take_as_full(firing: Firing) -> None:
    """Note the day on which the dossier was complete: the clock of the appraisal runs from it (Art. 10.3)."""
    firing.dossier.full_on = full_day(firing)
    firing.said["full_on"] = firing.dossier.full_on.isoformat()


def full_day(firing: Firing) -> dt.date:
    """Return the day of completeness: when the last supplement came back, else when the submission was received."""
    returned = [
        request.pause.ends_on
        for request in firing.dossier.supplements.select_related("pause")
        if request.pause is not None and request.pause.ends_on is not None
    ]
    submitted = firing.dossier.events.filter(action="submit").order_by("-at").first()
    days = [*returned, *([_local_day(submitted.at)] if submitted else [])]
    return max(days, default=firing.today)


def recommend(firing: Firing) -> None:
    """Keep that the appraisal report recommends to approve."""
    _keep_recommendation(firing, "approve")


def recommend_refusal(firing: Firing) -> None:
    """Keep that the appraisal report recommends to refuse."""
    _keep_recommendation(firing, "refuse")


def refuse(firing: Firing) -> None:
    """Write the refusal with its reason on every application in process."""
    for application in firing.dossier.applications.live():
        application.outcome, application.outcome_note = Outcome.REFUSED, firing.note
        application.save()


def decide(firing: Firing) -> None:
    """Record the decision in the registry; see :func:`decision_errors` for ``facts``.

    The chosen application's organisation becomes the infrastructure investor; the content of Art. 12.1 is kept with the
    case; results are written on every application.
    """
    dossier, facts = firing.dossier, firing.facts
    case = ClusterCase.objects.select_for_update().get(dossier=dossier)
    chosen = chosen_application(firing)
    if errors := decision_errors(firing, chosen):
        raise ValidationError(errors)
    assert chosen is not None  # one of the errors above otherwise
    paper = (
        Document.objects.current()
        .filter(dossier=dossier, application__isnull=True, kind="decision")
        .latest("pk")
    )
    cluster = case.cluster or _open(case, firing)
    decision = record_decision(
        cluster=cluster,
        kind=DecisionKind(case.kind),
        sets={
            "name": facts["name"],
            "area_ha": facts["area_ha"],
            "cluster_type": facts["cluster_type"],
            "main_lines": facts["main_lines"],
            "commune": dossier.commune,
            "investor": investor_of(chosen),
        },
        effective_on=facts.get("effective_on") or facts["issued_on"],
        user=firing.actor,
        reason=firing.note or _reason(gettext_noop("decision on dossier %(code)s"), firing),
        file=paper.file,
        regime=dossier.regime,
        number=facts["number"].strip(),
        issued_on=facts["issued_on"],
        issuer=facts.get("issuer") or _issuer(dossier),
        signer=facts["signer"].strip(),
        received_on=dossier.received_on,
        place_as_issued=str(facts.get("place", ""))[:300],
    )
    case.cluster, case.decision = cluster, decision
    case.decision_items = facts["items"]
    case.save()
    if case.planned_cluster is not None and case.planned_cluster.cluster_id is None:
        case.planned_cluster.cluster = cluster
        case.planned_cluster.save()
    for application in dossier.applications.live():
        application.outcome = Outcome.CHOSEN if application.pk == chosen.pk else Outcome.NOT_CHOSEN
        application.save()
    firing.said |= {
        "number": decision.number,
        "issued_on": facts["issued_on"].isoformat(),
        "cluster": cluster.code,
    }


def chosen_application(firing: Firing) -> Application | None:
    """Return the application the council chose, none while its scoring is reopened; without a council the only one."""
    council = getattr(firing.dossier, "council", None)
    if council is not None and (council.closed_at is not None or council.round > 1):
        return council.chosen if council.chosen is not None and council.chosen.is_live else None
    live = list(firing.dossier.applications.live().order_by("pk")[:2])
    return live[0] if len(live) == 1 else None


def decision_errors(firing: Firing, chosen: Application | None) -> dict[str, Any]:
    """Return what is wrong with the facts of a decision, by field.

    ``facts``: number, issued_on, effective_on (optional), signer, name, area_ha (ha), cluster_type, main_lines, place,
    and ``items``: what the decision says about each item of Art. 12.1 under the regime of the case (rule V35).
    """
    facts = firing.facts
    errors: dict[str, Any] = {}
    for name, sentence in (
        ("number", _("Enter the number of the decision as it stands on the paper.")),
        ("issued_on", _("Enter the date of the decision.")),
        ("signer", _("Enter who signed the decision.")),
        ("name", _("Enter the name of the cluster as the decision has it.")),
        ("area_ha", _("Enter the area as the decision has it.")),
        ("main_lines", _("Enter the main lines as the decision has them.")),
    ):
        if not facts.get(name):
            errors[name] = sentence
    if facts.get("issued_on") and facts["issued_on"] > firing.today:
        errors["issued_on"] = _("The decision cannot be of a day that has not come yet.")
    if chosen is None:
        errors["investor"] = _("It is not settled which application is chosen.")
    required = firing.dossier.regime.decision_items.value or ()
    items = facts.get("items") or {}
    empty = [
        str(DecisionItem(item).label)
        for item in required
        # "If any": incentives and other contents may be empty.
        if item not in (DecisionItem.INCENTIVES, DecisionItem.OTHER)
        and not str(items.get(item.value, "")).strip()
    ]
    if empty:
        errors["items"] = [
            _("The decision must say this (Art. 12.1): %(item)s.") % {"item": item} for item in empty
        ]
    return errors


def complete(firing: Firing) -> None:
    """Mark the copy to the Ministry as sent and the result as sent to every applicant; ``facts``: sent_on, sent_how."""
    sent_on = firing.facts.get("sent_on")
    if not sent_on:
        raise ValidationError({"sent_on": _("Enter the day the decision was sent to the Ministry.")})
    case = ClusterCase.objects.select_for_update().get(dossier=firing.dossier)
    if case.decision is not None and case.decision.issued_on and sent_on < case.decision.issued_on:
        raise ValidationError({"sent_on": _("It cannot be sent before it was issued.")})
    if sent_on > firing.today:
        raise ValidationError({"sent_on": _("This day has not come yet.")})
    case.ministry_copy_sent_on = sent_on
    case.ministry_copy_note = str(firing.facts.get("sent_how", "")).strip()[:200]
    case.save()
    for application in (
        firing.dossier.applications.filed()
        .filter(result_sent_at__isnull=True)
        .exclude(outcome=Outcome.WITHDRAWN)
    ):
        application.result_sent_at = firing.now
        application.save()
    firing.said["sent_on"] = sent_on.isoformat()


def investor_of(application: Application) -> Investor:
    """Return the registry's investor for an applicant, made from its answers where there is none yet."""
    organisation: Organisation = application.organisation
    found = Investor.objects.filter(organisation=organisation).order_by("pk").first()
    if found is None and organisation.tax_code:
        found = Investor.objects.filter(tax_code=organisation.tax_code, organisation__isnull=True).first()
        if found is not None:
            found.organisation = organisation
            found.save()
    if found is not None:
        return found
    answers = Answers(application.data)
    return Investor.objects.create(
        **investor_keys(organisation.name, organisation.tax_code),
        name=organisation.name,
        kind=InvestorKind.ENTERPRISE,
        tax_code=organisation.tax_code,
        address=answers.text("head_office")[:300],
        email=answers.text("email")[:254],
        phone=answers.text("phone")[:40],
        representative=answers.text("representative")[:150],
        representative_title=answers.text("representative_title")[:100],
        organisation=organisation,
    )


def area_of(application: Application) -> Decimal | None:
    """Return the area asked for (ha)."""
    return Answers(application.data).number("area_ha")


def _open(case: ClusterCase, firing: Firing) -> Cluster:
    return open_cluster(
        province=firing.dossier.province,
        name=case.name,
        user=firing.actor,
        reason=_reason(gettext_noop("established by the decision on dossier %(code)s"), firing),
        is_confirmed=True,
    )


def _reason(sentence: str, firing: Firing) -> str:
    """Say in the registry's own language, whoever decides, why something is recorded."""
    with translation.override(settings.LANGUAGE_CODE):
        return _(sentence) % {"code": firing.dossier.code}


def _keep_recommendation(firing: Firing, what: str) -> None:
    case = ClusterCase.objects.select_for_update().get(dossier=firing.dossier)
    case.recommendation = what
    case.save()
    firing.said["recommendation"] = what


def _issuer(dossier: Any) -> str:
    return f"UBND {dossier.province.full_name}"[:200]


def _local_day(moment: dt.datetime) -> dt.date:
    from django.utils import timezone

    return timezone.localdate(moment)
