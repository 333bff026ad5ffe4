"""Compute the moving figures of clusters in one statement, today's into ``Figures`` or those of a past day."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.utils import timezone

from clusters.choices import LEASING_STAGES, Indicator, PlotStatus, ProjectStage, WorkStatus
from clusters.models import Cluster, Figures

# One aggregation for a page, a province or the nation. Every part is bounded by the cluster ids and the day, so that
# a refresh after one observation touches one cluster only. A project counts on a day from its lease to its end.
_FIGURES = """
WITH chosen AS (
    SELECT id, industrial_land_ha FROM clusters_cluster WHERE %(all)s OR id = ANY(%(ids)s)
), latest AS (
    SELECT DISTINCT ON (o.cluster_id, o.indicator) o.cluster_id, o.indicator, o.value, o.as_of
    FROM clusters_observation o JOIN chosen ON chosen.id = o.cluster_id
    WHERE o.as_of <= %(day)s
    ORDER BY o.cluster_id, o.indicator, o.as_of DESC, o.id DESC
), observed AS (
    SELECT cluster_id,
        max(value) FILTER (WHERE indicator = %(leased)s) AS leased,
        max(as_of) FILTER (WHERE indicator = %(leased)s) AS leased_as_of,
        max(value) FILTER (WHERE indicator = %(approved)s) AS approved,
        max(as_of) FILTER (WHERE indicator = %(approved)s) AS approved_as_of,
        max(value) FILTER (WHERE indicator = %(serviced)s) AS serviced,
        max(as_of) FILTER (WHERE indicator = %(serviced)s) AS serviced_as_of,
        max(value) FILTER (WHERE indicator = %(projects)s) AS projects,
        max(as_of) FILTER (WHERE indicator = %(projects)s) AS projects_as_of,
        max(value) FILTER (WHERE indicator = %(foreign)s) AS foreign_projects,
        max(value) FILTER (WHERE indicator = %(operating)s) AS operating_projects,
        max(value) FILTER (WHERE indicator = %(workers)s) AS workers,
        max(as_of) FILTER (WHERE indicator = %(workers)s) AS workers_as_of
    FROM latest GROUP BY cluster_id
), tenants AS (
    SELECT p.cluster_id,
        sum(p.land_ha) FILTER (WHERE p.stage = ANY(%(leasing)s)) AS leased,
        sum(p.land_ha) FILTER (WHERE p.stage = %(only_approved)s) AS approved,
        count(*) AS projects,
        count(*) FILTER (WHERE p.is_foreign) AS foreign_projects,
        count(*) FILTER (WHERE p.stage = %(running)s) AS operating_projects,
        sum(p.workers) AS workers,
        max(p.as_of) AS as_of
    FROM clusters_secondaryproject p JOIN chosen ON chosen.id = p.cluster_id
    WHERE p.stage <> %(ended)s AND (p.ended_on IS NULL OR p.ended_on > %(day)s)
        AND (%(today)s OR coalesce(p.leased_on, p.approved_on, p.as_of) <= %(day)s)
    GROUP BY p.cluster_id
), clearance AS (
    SELECT DISTINCT ON (l.cluster_id) l.cluster_id, l.area_cleared_ha, l.as_of
    FROM clusters_landclearance l JOIN chosen ON chosen.id = l.cluster_id
    WHERE l.as_of <= %(day)s AND l.area_cleared_ha IS NOT NULL
    ORDER BY l.cluster_id, l.as_of DESC, l.id DESC
), paid AS (
    SELECT cluster_id, sum(amount) AS amount, min(as_of) AS as_of FROM (
        SELECT DISTINCT ON (c.project_id) i.cluster_id, c.amount, c.as_of
        FROM clusters_paidcapital c
        JOIN clusters_infrastructureproject i ON i.id = c.project_id
        JOIN chosen ON chosen.id = i.cluster_id
        WHERE c.as_of <= %(day)s
        ORDER BY c.project_id, c.as_of DESC, c.id DESC
    ) newest GROUP BY cluster_id
), plots AS (
    SELECT p.cluster_id, count(*) AS plots, min(p.as_of) AS as_of,
        count(*) FILTER (WHERE p.status = %(free)s) AS free,
        sum(p.area_ha) FILTER (WHERE p.status = %(free)s) AS free_ha,
        max(p.area_ha) FILTER (WHERE p.status = %(free)s) AS largest_free_ha
    FROM clusters_plot p JOIN chosen ON chosen.id = p.cluster_id
    GROUP BY p.cluster_id
), merged AS (
    SELECT chosen.id AS cluster_id,
        CASE WHEN %(override_land)s THEN %(industrial_land)s::numeric ELSE chosen.industrial_land_ha END AS land,
        coalesce(o.leased, t.leased) AS leased_ha,
        CASE WHEN o.leased IS NULL AND t.leased IS NOT NULL THEN t.as_of ELSE o.leased_as_of END AS leased_as_of,
        o.leased IS NULL AND t.leased IS NOT NULL AS leased_from_projects,
        coalesce(o.approved, t.approved) AS approved_ha,
        coalesce(o.approved_as_of, CASE WHEN t.approved IS NOT NULL THEN t.as_of END) AS approved_as_of,
        o.serviced AS serviced_ha, o.serviced_as_of,
        c.area_cleared_ha AS cleared_ha, c.as_of AS cleared_as_of,
        coalesce(o.projects, t.projects)::int AS projects,
        coalesce(o.foreign_projects, t.foreign_projects)::int AS foreign_projects,
        coalesce(o.operating_projects, t.operating_projects)::int AS operating_projects,
        coalesce(o.projects_as_of, t.as_of) AS projects_as_of,
        coalesce(o.workers, t.workers)::int AS workers,
        coalesce(o.workers_as_of, CASE WHEN t.workers IS NOT NULL THEN t.as_of END) AS workers_as_of,
        coalesce(plots.plots, 0)::int AS plots, plots.as_of AS plots_as_of,
        plots.largest_free_ha AS largest_free_plot_ha, coalesce(plots.free, 0)::int AS free_plots,
        coalesce(plots.free_ha, 0) AS free_plots_ha,
        w.status = %(in_use)s AS has_wastewater_plant,
        paid.amount AS capital_paid, paid.as_of AS capital_as_of
    FROM chosen
    LEFT JOIN observed o ON o.cluster_id = chosen.id
    LEFT JOIN tenants t ON t.cluster_id = chosen.id
    LEFT JOIN clearance c ON c.cluster_id = chosen.id
    LEFT JOIN paid ON paid.cluster_id = chosen.id
    LEFT JOIN plots ON plots.cluster_id = chosen.id
    LEFT JOIN clusters_wastewaterplant w ON w.cluster_id = chosen.id
)
SELECT cluster_id, leased_ha, leased_as_of, leased_from_projects, approved_ha, approved_as_of, serviced_ha,
    serviced_as_of, cleared_ha, cleared_as_of,
    CASE WHEN land IS NOT NULL AND leased_ha IS NOT NULL THEN greatest(land - leased_ha, 0) END AS unleased_ha,
    round((leased_ha + coalesce(approved_ha, 0)) / nullif(land, 0) * 100, 6) AS occupancy_legal,
    round(leased_ha / nullif(land, 0) * 100, 6) AS occupancy_report,
    round(leased_ha / nullif(serviced_ha, 0) * 100, 6) AS occupancy_serviced,
    round(leased_ha / nullif(cleared_ha, 0) * 100, 6) AS occupancy_cleared,
    projects, foreign_projects, operating_projects, projects_as_of, workers, workers_as_of, plots,
    plots_as_of, largest_free_plot_ha, free_plots, free_plots_ha, has_wastewater_plant, capital_paid, capital_as_of,
    least(leased_as_of, projects_as_of, cleared_as_of) AS oldest_as_of
FROM merged
"""

COLUMNS = [field.get_attname() for field in Figures._meta.concrete_fields]


def _parameters(ids: Iterable[int] | None, day: dt.date, **extra: Any) -> dict[str, Any]:
    return {
        "all": ids is None,
        "ids": list(ids or []),
        "day": day,
        "today": day >= timezone.localdate(),
        "override_land": False,
        "industrial_land": None,
        "leased": Indicator.LEASED,
        "approved": Indicator.APPROVED,
        "serviced": Indicator.SERVICED,
        "projects": Indicator.PROJECTS,
        "foreign": Indicator.FOREIGN_PROJECTS,
        "operating": Indicator.OPERATING_PROJECTS,
        "workers": Indicator.WORKERS,
        "leasing": [str(stage) for stage in LEASING_STAGES],
        "only_approved": ProjectStage.APPROVED,
        "running": ProjectStage.OPERATING,
        "ended": ProjectStage.ENDED,
        "free": PlotStatus.FREE,
        "in_use": WorkStatus.IN_USE,
        **extra,
    }


def refresh_figures(clusters: Iterable[int] | None = None) -> int:
    """Compute and store the current figures of the clusters with these ids (of all when None); return how many.

    To be called inside the transaction that changed what the figures rest on.
    """
    names = ", ".join(COLUMNS)
    updates = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS if column != "cluster_id")
    statement = (
        f"INSERT INTO clusters_figures ({names}) SELECT {names} FROM ({_FIGURES}) computed "  # noqa: S608 - own columns
        f"ON CONFLICT (cluster_id) DO UPDATE SET {updates}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, _parameters(clusters, timezone.localdate()))
        return cursor.rowcount


def figures_on(cluster: Cluster, day: dt.date, industrial_land_ha: Decimal | None) -> Figures:
    """Return the figures of a past day, unsaved, over the industrial land (ha) the decisions gave on that day.

    Plots and the wastewater plant have no dated states; for a past day they are as they stand now.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _FIGURES,
            _parameters([cluster.pk], day, override_land=True, industrial_land=industrial_land_ha),
        )
        names = [column.name for column in cursor.description]
        row = cursor.fetchone()
    return Figures(**dict(zip(names, row, strict=True)))


def figures_of(clusters: Iterable[int], day: dt.date) -> dict[int, Figures]:
    """Return the figures of several clusters on a day by their ids, unsaved, in one statement.

    Rates are over today's industrial land; a caller that looks back takes the land from the decisions of the day.
    """
    ids = list(clusters)
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, _parameters(ids, day))
        names = [column.name for column in cursor.description]
        rows = [Figures(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return {row.cluster_id: row for row in rows}


def stale_figures() -> models.QuerySet[Cluster]:
    """Return clusters whose stored figures differ from a fresh computation; there should be none."""
    names = ", ".join(f"f.{column}" for column in COLUMNS)
    fresh = ", ".join(f"computed.{column}" for column in COLUMNS)
    statement = (
        f"SELECT computed.cluster_id FROM ({_FIGURES}) computed "  # noqa: S608 - own columns
        f"LEFT JOIN clusters_figures f ON f.cluster_id = computed.cluster_id "
        f"WHERE ({names}) IS DISTINCT FROM ({fresh})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, _parameters(None, timezone.localdate()))
        ids = [row[0] for row in cursor.fetchall()]
    return Cluster.objects.filter(pk__in=ids)
