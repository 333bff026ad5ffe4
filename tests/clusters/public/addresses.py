"""Everybody reaches what is published."""

from tests.factories.clusters import ClusterFactory
from tests.meta.samples import Access, Address


def _published() -> dict[str, object]:
    return {"code": ClusterFactory().code}


ADDRESSES = {
    "home": Address(Access.PUBLIC),
    "directory": Address(Access.PUBLIC, query="view=table&q=phu"),
    "clusters_geojson": Address(Access.PUBLIC),
    "cluster": Address(Access.PUBLIC, _published),
    "cluster_geojson": Address(Access.PUBLIC, _published, ok=frozenset({200, 404})),
    "compare": Address(Access.PUBLIC),
    "vacant_land": Address(Access.PUBLIC),
    "target_suggest": Address(Access.PUBLIC, lambda: {"kind": "planned"}, query="q=phu"),
    "accessibility": Address(Access.PUBLIC),
    "robots": Address(Access.PUBLIC),
    "sitemap": Address(Access.PUBLIC),
    "sitemap_section": Address(Access.PUBLIC, lambda: {"section": "clusters"}),
}
