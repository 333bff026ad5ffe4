"""Record a boundary: a legal fact, so only with a decision or as a correction of one."""

import datetime as dt
from typing import Any

from django.db import transaction

from clusters.boundaries.geometry import tidy
from clusters.choices import DecisionKind
from clusters.models import Cluster, Decision
from clusters.services.decisions import record_decision
from clusters.services.records import update_cluster_details


@transaction.atomic
def record_boundary(
    *,
    cluster: Cluster,
    kind: DecisionKind,
    sets: dict[str, Any],
    effective_on: dt.date,
    boundary_source: str,
    user: Any,
    reason: str,
    **paper: Any,
) -> Decision:
    """Record a decision that lays down ``sets["boundary"]`` (GeoJSON, WGS 84, valid), and where the line comes from.

    Everything else is as :func:`clusters.services.decisions.record_decision` takes it, which also raises.
    """
    sets = {**sets, "boundary": tidy(sets["boundary"])}
    decision = record_decision(
        cluster=cluster, kind=kind, sets=sets, effective_on=effective_on, user=user, reason=reason, **paper
    )
    update_cluster_details(cluster=cluster, reason=reason, boundary_source=boundary_source)
    return decision
