"""The boundary of a published cluster as a file; officers download theirs through the same answer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusters.boundaries.exports import as_csv, as_geojson, as_kml, as_workbook, coordinate_sheet
from clusters.models import Cluster
from clusters.services.replay import facts_on
from places.vn2000 import meridians_for, national_meridians

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "kml": "application/vnd.google-earth.kml+xml",
    "geojson": "application/geo+json",
}


@require_safe
def boundary_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Send the boundary as KML, or as a VN-2000 table in CSV or a workbook."""
    clusters = Cluster.objects.visible_to(request.user).select_related("province", "commune")
    return boundary_response(request, get_object_or_404(clusters, code=code), kind)


def boundary_response(request: HttpRequest, cluster: Cluster, kind: str) -> HttpResponse:
    """Answer with the boundary as ``kind``; raise Http404 where none is recorded or the kind is unknown.

    ``?meridian=104.75`` chooses the zone of a table; without it the official one of the province is taken.
    """
    facts = facts_on(cluster)
    if kind not in _TYPES or not facts.boundary:
        raise Http404
    source = _source(cluster, facts.source_of("boundary"))
    named: dict[str, Any] = {"name": cluster.name, "geometry": facts.boundary, "source": source}
    if kind == "kml":
        body = as_kml(code=cluster.code, **named)
    elif kind == "geojson":
        body = as_geojson(code=cluster.code, **named)
    else:
        sheet = coordinate_sheet(meridian=_meridian(request, cluster), **named)
        body = as_csv(sheet) if kind == "csv" else as_workbook(sheet)
    response = HttpResponse(body, content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{cluster.code}-boundary.{kind}"'
    return response


def _meridian(request: HttpRequest, cluster: Cluster) -> float:
    official = meridians_for(cluster.province.code)[0].degrees
    try:
        asked = float(request.GET.get("meridian", official))
    except ValueError as error:
        raise Http404 from error
    if asked not in national_meridians():
        raise Http404
    return asked


def _source(cluster: Cluster, decision: object) -> str:
    parts = [str(decision) if decision else "", cluster.boundary_source]
    return _("Source: %(source)s") % {"source": "; ".join(part for part in parts if part) or "–"}
