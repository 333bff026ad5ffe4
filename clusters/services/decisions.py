"""Record decisions: the one writer of a cluster's legal facts."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from clusters.choices import ClusterType, DecisionKind, Stage
from clusters.models import LEGAL_FACTS, Cluster, Decision
from clusters.rules.decisions import check_decision, frozen
from clusters.rules.subjects import when_asked
from clusters.services.figures import figures_on, refresh_figures
from clusters.services.replay import ClusterFacts, replay, standing_decisions
from clusters.services.searching import refresh_search
from core.history import because
from core.models import StoredFile
from core.sentences import in_every_language
from core.sentences import sentence as _
from core.text import sort_key
from law.regimes import NoRegimeError, Regime
from law.rules import Checklist
from places.models import Province

#: The stage a decision of this kind leads to, unless it names another.
STAGE_AFTER = {
    DecisionKind.ESTABLISH: Stage.ESTABLISHED,
    DecisionKind.DETAILED_PLAN: Stage.DETAILED_PLAN,
    DecisionKind.WITHDRAW: Stage.WITHDRAWN,
    DecisionKind.ABOLISH: Stage.ABOLISHED,
}
#: Kinds that rest on a paper with number, date and issuer; old records are taken without and flagged.
NEEDS_PAPER = frozenset(set(DecisionKind) - {DecisionKind.OPENING, DecisionKind.STAGE, DecisionKind.CORRECT})
#: Facts a cluster can lose; it always keeps a name, a type and a stage.
CLEARABLE = (
    "commune",
    "area_ha",
    "industrial_land_ha",
    "investor",
    "main_lines",
    "boundary",
    "established_on",
)
_LADDER = (Stage.PLANNED, Stage.ESTABLISHED, Stage.DETAILED_PLAN, Stage.CONSTRUCTION, Stage.OPERATING)

#: Kinds that tell what already is: no rule stands in their way.
NEVER_BLOCKED = (DecisionKind.OPENING, DecisionKind.CORRECT)


class RulesBroken(ValidationError):
    """The law forbids what the decision would do; ``checklist`` tells which rules and by how much."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        super().__init__([in_every_language(finding.explanation) for finding in checklist.blocking])


class ChangedMeanwhile(ValidationError):
    """Somebody else recorded a decision after the page was opened; ``newer`` are their records."""

    def __init__(self, newer: list[Decision]) -> None:
        self.newer = newer
        what = "; ".join(f"{decision.get_kind_display()} {decision.number}".strip() for decision in newer)
        super().__init__(
            _(
                "While you were writing, this was recorded for the cluster: %(what)s. Check it, then record again."
            )
            % {"what": what}
        )


@dataclass(frozen=True)
class Preview:
    """What recording would do: the facts before and after, and every rule with its numbers."""

    before: ClusterFacts
    after: ClusterFacts
    checklist: Checklist
    regime: Regime | None


@transaction.atomic
def open_cluster(
    *, province: Province, name: str, code: str = "", user: Any = None, reason: str, **details: Any
) -> Cluster:
    """Create a cluster without facts other than its name; a decision recorded next gives it the rest.

    ``details`` are columns outside ``LEGAL_FACTS`` (address, position, what the source says of the place ...).
    """
    with because(reason):
        cluster = Cluster(
            province=province,
            name=name,
            code=code or _next_code(province),
            sort_key=sort_key(name)[:500],
            **details,
        )
        # The province is in hand, a new cluster has no commune yet, and nobody else gets the next code.
        cluster.full_clean(exclude=["commune", "province", *([] if code else ["code"])])
        cluster.save()
    return cluster


def preview_decision(*, cluster: Cluster, decision: Decision, regime: Regime | None = None) -> Preview:
    """Return what recording the unsaved ``decision`` would do, changing nothing; see :func:`record_decision`."""
    return _preview(cluster, decision, standing_decisions(cluster), regime)


@transaction.atomic
def record_decision(
    *,
    cluster: Cluster,
    kind: DecisionKind,
    sets: Mapping[str, Any],
    effective_on: dt.date,
    user: Any,
    reason: str,
    clears: Iterable[str] = (),
    file: StoredFile | None = None,
    seen: int | None = None,
    regime: Regime | None = None,
    **paper: Any,
) -> Decision:
    """Record a decision and bring the cluster's facts to what all its decisions now say.

    ``sets`` maps facts (of ``LEGAL_FACTS``) to their values after the decision (areas in ha); ``paper`` gives number,
    issued_on, issuer, signer, received_on, corrects, summary and the ``source_...`` columns. ``seen`` is the primary
    key of the newest decision the person saw; ``regime`` the law its dossier is pinned to, where there is one. Raise
    :class:`ChangedMeanwhile` when there is a newer one, :class:`RulesBroken` when a blocking rule fails, and
    ``ValidationError`` by field for everything else.
    """
    cluster = Cluster.objects.select_for_update(of=("self",)).select_related("province").get(pk=cluster.pk)
    if seen is not None:
        newer = list(Decision.objects.filter(cluster=cluster, pk__gt=seen).order_by("pk"))
        if newer:
            raise ChangedMeanwhile(newer)
    decision = Decision(
        cluster=cluster,
        kind=kind,
        effective_on=effective_on,
        reason=reason,
        recorded_by=user,
        source_file=file,
        clears=list(clears),
        **{f"sets_{fact}": value for fact, value in sets.items() if value is not None},
        **paper,
    )
    standing = standing_decisions(cluster)
    preview = _preview(cluster, decision, standing, regime)
    check_paper(cluster=cluster, decision=decision)
    # The cluster is locked, so nobody needs to ask whether it exists.
    decision.clean_fields(exclude=["cluster"])
    if preview.checklist.blocking and kind not in NEVER_BLOCKED:
        raise RulesBroken(preview.checklist)
    decision.regime = preview.regime.code if preview.regime else ""
    decision.checklist = frozen(preview.checklist)
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as error:
        raise ValidationError(
            {
                "number": _("This decision is already recorded for the cluster: %(number)s.")
                % {"number": decision.number}
            }
        ) from error
    _bring_up_to_date(cluster, decision, standing, reason)
    return decision


def apply_facts(cluster: Cluster, facts: ClusterFacts) -> None:
    """Set the legal facts on the cluster (unsaved)."""
    empty = Cluster()
    for fact in LEGAL_FACTS:
        value = facts.values.get(fact)
        # A fact nobody laid down is what an empty cluster has.
        setattr(cluster, fact, getattr(empty, fact) if value is None else value)


def _preview(
    cluster: Cluster, decision: Decision, standing: list[Decision], regime: Regime | None
) -> Preview:
    _complete(cluster, decision, is_first=not standing)
    earlier = [
        one for one in _without_corrected(standing, decision) if one.effective_on <= decision.effective_on
    ]
    before, after = replay(earlier), replay([*earlier, decision])
    regime = regime or _regime_of(decision)
    checklist = check_decision(
        decision,
        before=before,
        after=after,
        # Many decisions lay down nothing that a figure is held against; the figures then are not computed.
        figures=when_asked(lambda: figures_on(cluster, decision.effective_on, after.industrial_land_ha)),
        regime=regime,
    )
    return Preview(before, after, checklist, regime)


def _without_corrected(standing: list[Decision], decision: Decision) -> list[Decision]:
    return [one for one in standing if one.pk != decision.corrects_id]


def _bring_up_to_date(cluster: Cluster, decision: Decision, standing: list[Decision], reason: str) -> None:
    # Of one day, the decision comes last: it is recorded last.
    replayed = sorted([*_without_corrected(standing, decision), decision], key=attrgetter("effective_on"))
    apply_facts(cluster, replay(replayed))
    refresh_search(cluster)
    with because(reason, decision=decision.pk), connection.cursor() as cursor:
        # The trigger on the table lets legal facts change only while this names the decision behind the change.
        cursor.execute("SELECT set_config('clusters.decision', %s, true)", [str(decision.pk)])
        cluster.save()
        cursor.execute("SELECT set_config('clusters.decision', '', true)")
    refresh_figures([cluster.pk])


def _complete(cluster: Cluster, decision: Decision, *, is_first: bool) -> None:
    """Fill what follows from the kind of decision: the stage it leads to, the day of establishment, its name."""
    kind = DecisionKind(decision.kind)
    if not decision.sets_stage and kind in STAGE_AFTER:
        target = STAGE_AFTER[kind]
        # A detailed plan approved late does not push an operating cluster back down the ladder.
        if (
            target not in _LADDER
            or cluster.stage not in _LADDER
            or _rank(target) > _rank(Stage(cluster.stage))
        ):
            decision.sets_stage = target
    if kind == DecisionKind.ESTABLISH and decision.sets_established_on is None:
        decision.sets_established_on = decision.issued_on
    if is_first:
        decision.sets_name = decision.sets_name or cluster.name
        decision.sets_stage = decision.sets_stage or Stage.PLANNED
        decision.sets_cluster_type = decision.sets_cluster_type or ClusterType.ORDINARY
    if not decision.source_title:
        # The registry's own language, whoever records it.
        with translation.override(settings.LANGUAGE_CODE):
            decision.source_title = f"{kind.label} {decision.number}".strip()[:300]
    decision.source_number = decision.source_number or decision.number
    decision.source_date = decision.source_date or decision.issued_on


def _rank(stage: Stage) -> int:
    return _LADDER.index(stage)


def _regime_of(decision: Decision) -> Regime | None:
    """Return the law of the case, or None for a paper older than any national law on clusters."""
    try:
        if decision.received_on:
            return Regime.for_case(decision.received_on).regime
        return Regime.on(decision.issued_on or decision.effective_on)
    except NoRegimeError:
        return None


def check_paper(*, cluster: Cluster, decision: Decision) -> None:
    """Hold an unsaved decision against what every paper must say; raise ``ValidationError`` with every gap by field."""
    errors: dict[str, Any] = {}
    if decision.kind in NEEDS_PAPER:
        for name, message in (
            ("number", _("Enter the number of the decision as it stands on the paper.")),
            ("issued_on", _("Enter the date of the decision.")),
            ("issuer", _("Enter who issued the decision.")),
        ):
            if not getattr(decision, name):
                errors[name] = message
    if decision.kind == DecisionKind.CORRECT and decision.corrects_id is None:
        errors["corrects"] = _("Choose the record that this one takes the place of.")
    corrected = decision.corrects
    if corrected is not None:
        if corrected.cluster_id != cluster.pk:
            errors["corrects"] = _("That record belongs to another cluster.")
        elif Decision.objects.filter(corrects=corrected).exists():
            errors["corrects"] = _("That record was already corrected; choose the newer one.")
    if decision.issued_on and decision.effective_on < decision.issued_on:
        errors["effective_on"] = _(
            "The decision cannot take effect before %(day)s, the day it was issued."
        ) % {"day": decision.issued_on.strftime("%d/%m/%Y")}
    for fact in decision.clears:
        if fact not in CLEARABLE:
            errors["clears"] = _("A cluster always has this fact: %(fact)s.") % {"fact": fact}
    commune = decision.sets_commune
    if commune is not None and commune.province_id != cluster.province_id:
        errors["sets_commune"] = _("%(commune)s does not lie in %(province)s.") % {
            "commune": commune.full_name,
            "province": cluster.province.full_name,
        }
    if not decision.reason.strip():
        errors["reason"] = _("Say why this is recorded; the history shows it.")
    if errors:
        raise ValidationError(errors)


def _next_code(province: Province) -> str:
    """Return the next code of the province (CCN-15-0173); two officers at once get two codes."""
    prefix = f"CCN-{province.code}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [prefix])
    last = (
        Cluster.objects.filter(code__startswith=prefix)
        .order_by("-code")
        .values_list("code", flat=True)
        .first()
    )
    return f"{prefix}{int(last.rsplit('-', 1)[1]) + 1 if last else 1:04d}"
