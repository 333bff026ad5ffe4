"""Clusters as GeoJSON: the rows of the directory as points, one cluster with its boundary."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from clusters.filters.clusters import ClusterFilter
from clusters.mapping import as_features, boundary_feature
from clusters.models import Cluster
from clusters.services.replay import facts_on
from core.models import SourceClass

#: More points than this tell nothing on one screen; the answer says that it is cut.
MAX_POINTS = 5000
_SECONDS = 300


@require_safe
def clusters_geojson(request: HttpRequest) -> HttpResponse:
    """Answer the clusters that pass the directory's filter as a GeoJSON collection with an ETag."""
    rows = Cluster.objects.visible_to(request.user).with_listing()
    found = ClusterFilter(request.GET, queryset=rows, request=request).qs
    features = as_features(found[: MAX_POINTS + 1])
    collection = {
        "type": "FeatureCollection",
        "features": features[:MAX_POINTS],
        "truncated": len(features) > MAX_POINTS,
    }
    return _answer(request, collection)


@require_safe
def cluster_geojson(request: HttpRequest, code: str) -> HttpResponse:
    """Answer one cluster as GeoJSON: its boundary if it has one, otherwise its point."""
    rows = Cluster.objects.visible_to(request.user).select_related("province", "commune__province")
    cluster = get_object_or_404(rows, code=code)
    features = as_features([cluster])
    if cluster.boundary:
        source = facts_on(cluster).source_of("boundary")
        official = source is not None and source.source_class == SourceClass.OFFICIAL
        features = [boundary_feature(cluster, official=official)]
    return _answer(request, {"type": "FeatureCollection", "features": features})


def _answer(request: HttpRequest, collection: dict[str, Any]) -> HttpResponse:
    body = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
    # Weak: the same collection may travel compressed or not.
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/geo+json")
    response.headers["ETag"] = etag
    # Signed-in people see more than the public, and labels follow the language.
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, max_age=0)
    else:
        patch_cache_control(response, public=True, max_age=_SECONDS)
    patch_vary_headers(response, ("Cookie", "Accept-Language"))
    return get_conditional_response(request, etag=etag, response=response) or response
