"""What the rows of a cluster add up to, beside the row that is being entered."""

from decimal import Decimal
from typing import Any

from django.db.models import Sum

from clusters.choices import LEASING_STAGES, ProjectStage
from clusters.models import Cluster, Plot, SecondaryProject

#: Stages in which a project takes up industrial land, leased or promised.
TAKING_LAND = (*LEASING_STAGES, ProjectStage.APPROVED)


def plots_total(cluster: Cluster, *, besides: Any = None) -> Decimal:
    """Return the area of the cluster's plots (ha), leaving out one of them."""
    rows = Plot.objects.filter(cluster=cluster).exclude(pk=besides)
    return rows.aggregate(total=Sum("area_ha"))["total"] or Decimal(0)


def land_taken(cluster: Cluster, *, besides: Any = None) -> Decimal:
    """Return the land that the cluster's projects lease or were promised (ha), leaving out one of them."""
    rows = SecondaryProject.objects.filter(cluster=cluster, stage__in=TAKING_LAND).exclude(pk=besides)
    return rows.aggregate(total=Sum("land_ha"))["total"] or Decimal(0)
