"""Measure pages on the database at hand and print the figures as JSON."""

import gzip
import json
import logging
import re
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django

django.setup()
logging.disable(logging.INFO)

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from clusters.filters.clusters import best_match_first, found_by
from clusters.land import with_free_land
from clusters.models import BoardChange, BoardState, Cluster
from clusters.services.boards import count_changed, count_due
from core.lists.paging import PageFirst

RUNS, WARM_UP = 15, 4
#: The largest check of the board of quality lists every project that nobody looked at since the last report.
BOARD_PAGES = {
    "officer's first page": "/registry/",
    "board of quality": "/registry/quality/",
    "watch list": "/registry/watch/",
    "largest check": "/registry/quality/F05/",
}
FLOOR = """
SELECT json_agg(row_to_json(line)) FROM (
    SELECT c.code, c.name, c.stage, c.cluster_type, c.area_ha, c.industrial_land_ha, c.established_on,
        p.name_vi AS province, m.name_vi AS commune, i.name AS investor, f.leased_ha, f.occupancy_legal, f.projects,
        f.oldest_as_of
    FROM clusters_cluster c
    JOIN places_province p ON p.id = c.province_id
    LEFT JOIN places_commune m ON m.id = c.commune_id
    LEFT JOIN clusters_investor i ON i.id = c.investor_id
    LEFT JOIN clusters_figures f ON f.cluster_id = c.id
    WHERE %(all)s OR c.province_id = %(province)s
    ORDER BY c.sort_key, c.id LIMIT 50
) line
"""


def timed(work: Callable[[], Any]) -> float:
    """Return the median time of ``work`` in milliseconds."""
    times = []
    for run in range(RUNS + WARM_UP):
        start = time.perf_counter()
        work()
        if run >= WARM_UP:
            times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 1)


SEARCHES = {"a province": "yen bai", "an old district": "huyen van yen", "a name": "an binh 7"}
#: What a browser sends that swaps a list while its filter is typed.
SWAP = {"HX-Request": "true", "HX-Target": "list"}


def page(client: Client, address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """Return time, queries and compressed size of one page."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, headers=headers)
    assert response.status_code == 200, (address, response.status_code)
    body, asked = response.content, len(queries)
    return {
        "ms": timed(lambda: client.get(address, headers=headers)),
        "queries": asked,
        "kB": round(len(gzip.compress(body, 6)) / 1000, 1),
    }


def officer(email: str) -> Client:
    """Return a client signed in as a demo account."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def search(text: str) -> None:
    """Find, count and fetch the first page of clusters as the directory does, without drawing it."""
    clusters = Cluster.objects.published()
    found = PageFirst(
        best_match_first(with_free_land(clusters).filter(found_by(text)), text),
        rows=with_free_land(clusters.with_listing()),
        is_searched=True,
    )
    found.look_at(1, 20)
    assert found[:20]
    assert len(found)


def counting_anew() -> float:
    """Return the time of one run of the task that counts every province, in milliseconds."""
    BoardState.objects.all().delete()
    start = time.perf_counter()
    count_due()
    return round((time.perf_counter() - start) * 1000, 1)


def counting_again() -> float:
    """Return the time the next reader waits after something was written in a commune."""
    cluster = Cluster.objects.filter(province__code="15").order_by("pk").first()
    assert cluster is not None

    def count() -> None:
        BoardChange.objects.create(province_id=cluster.province_id, commune_id=cluster.commune_id)
        count_changed(cluster.province_id)

    return timed(count)


def floor(email: str) -> float:
    """Return the time of one statement that fetches the same fifty rows as JSON."""
    membership = User.objects.get(email=email).active_memberships[0]
    national = membership.organisation.province_id is None
    values = {"all": national, "province": membership.organisation.province_id}

    def fetch() -> None:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, values)
            cursor.fetchone()

    return timed(fetch)


def weight(client: Client, address: str) -> float:
    """Return what a first visit loads in kB without fonts: the page, and what it and its styles and scripts name."""
    body = client.get(address).content
    total = len(gzip.compress(body, 6))
    for name in set(re.findall(r'(?:src|href|data-[a-z-]+)="/static/([^"?#]+)"', body.decode())):
        path = finders.find(re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", name))
        if path and not name.endswith((".woff2", ".woff")):
            total += len(gzip.compress(Path(path).read_bytes(), 6))
    return round(total / 1000, 1)


def measure() -> dict[str, Any]:
    """Return every figure of this database."""
    public = Client(HTTP_HOST="localhost")
    department, analyst = "department.laocai@demo.example", "ministry@demo.example"
    results: dict[str, Any] = {"clusters": Cluster.objects.count()}
    for name, email in (("department", department), ("ministry", analyst)):
        results[f"list, {name}"] = page(officer(email), "/registry/clusters/?per_page=50")
        results[f"list, {name}"]["floor_ms"] = floor(email)
    results["counting the boards anew"] = {"ms": counting_anew(), "queries": "", "kB": ""}
    results["counting a commune again"] = {"ms": counting_again(), "queries": "", "kB": ""}
    for name, email in (("department", department), ("ministry", analyst)):
        client = officer(email)
        for title, address in BOARD_PAGES.items():
            results[f"{title}, {name}"] = page(client, address)
    results["directory"] = page(public, "/clusters/")
    results["directory search"] = page(public, "/clusters/?q=yen+bai")
    results["directory search, old name"] = page(public, "/clusters/?q=huyen+van+yen")
    for name, text in SEARCHES.items():
        results[f"directory search as typed, {name}"] = page(
            public, f"/clusters/?{urlencode({'q': text})}", SWAP
        )
        results[f"search alone, {name}"] = {"ms": timed(partial(search, text)), "queries": 4, "kB": ""}
    results["home"] = page(public, "/")
    results["home first visit kB"] = weight(public, "/")
    return results


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
