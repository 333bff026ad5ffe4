"""What an officer sees after signing in: what waits for them, each number leading to its rows."""

from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.permissions import can
from accounts.roles import Function
from accounts.scope import scope_of
from clusters.choices import ESTABLISHED_STAGES, Stage
from clusters.models import Cluster, Decision, Obstacle
from clusters.rules.origin import SETTLE_BY
from clusters.staleness import fresh_since_at, limits_among
from clusters.views.provinces import works_across_provinces

SHOWN = 8


def show_home(request: HttpRequest) -> HttpResponseBase:
    """Show the officer's first page; people without the registry are led to the public pages."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not can(request.user, Function.VIEW_REGISTRY):
        return redirect("/")
    return _officer_home(request)


def _officer_home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    clusters = Cluster.objects.visible_to(request.user, Function.VIEW_REGISTRY).counted()
    # Figures are asked of clusters that stand in law; a planned one has none yet.
    stale = Q(stage__in=ESTABLISHED_STAGES) & (
        Q(figures__leased_as_of__isnull=True) | Q(figures__leased_as_of__lt=fresh_since_at("province_id"))
    )
    counts = clusters.order_by().aggregate(
        all=Count("pk"),
        stale=Count("pk", filter=stale),
        unconfirmed=Count("pk", filter=Q(is_confirmed=False)),
        before_2009=Count("pk", filter=Q(formed_before_2009=True)),
        **{f"stage_{stage.value}": Count("pk", filter=Q(stage=stage)) for stage in Stage},
    )
    obstacles = (
        Obstacle.objects.visible_to(request.user, Function.VIEW_REGISTRY)
        .filter(resolved_on__isnull=True, due_on__lt=today, cluster__is_illustration=False)
        .select_related("cluster")
        .order_by("due_on", "pk")
    )
    recorded = Decision.objects.visible_to(request.user, Function.VIEW_REGISTRY).select_related(
        "cluster", "recorded_by"
    )
    scope = scope_of(request.user, Function.RECORD_DECISION)
    seen = scope_of(request.user, Function.VIEW_REGISTRY)
    months = limits_among(None if seen.national or seen.commune_ids else sorted(seen.province_ids))
    return render(
        request,
        "clusters/registry/home.html",
        {
            "counts": counts,
            "stages": [(stage, counts[f"stage_{stage.value}"]) for stage in Stage],
            "stale_rows": clusters.filter(stale)
            .select_related("commune", "province", "figures")
            .order_by("figures__leased_as_of", "sort_key", "pk")[:SHOWN],
            "stale_months": months.pop() if len(months) == 1 else None,
            "obstacles": list(obstacles[:SHOWN]),
            "obstacle_count": obstacles.order_by().count(),
            "old_rows": clusters.filter(formed_before_2009=True)
            .select_related("commune", "province")
            .order_by("sort_key", "pk")[:SHOWN],
            "settle_by": SETTLE_BY,
            "days_left": (SETTLE_BY - today).days,
            "recorded": recorded.order_by("-recorded_at", "-pk")[:SHOWN],
            "names_provinces": works_across_provinces(request.user),
            "may_open": scope.national or bool(scope.province_ids),
        },
    )
