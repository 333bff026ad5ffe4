"""What search engines are asked to read: the public pages, each once, and nothing of a demo."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from clusters.models import Cluster

_PAGES = ("home", "directory", "vacant_land", "law", "accessibility")
# A filter, an order and a page of a list make addresses without end out of the same rows.
_NOT_ASKED = ("/*?", "/accounts/", "/admin/", "/api/", "/compare/", "/dossiers/", "/registry/", "/targets/")


class _Pages(Sitemap):
    def items(self) -> list[str]:
        return list(_PAGES)

    def location(self, item: Any) -> str:
        return reverse(item)


class _Clusters(Sitemap):
    def items(self) -> QuerySet:
        return Cluster.objects.published().counted().only("code").order_by("pk")


SITEMAPS = {"pages": _Pages, "clusters": _Clusters}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what to leave alone; a demo is no source for anybody and asks them to leave all of it."""
    asked = ["User-agent: *"]
    if settings.DEMO:
        asked.append("Disallow: /")
    else:
        asked += [f"Disallow: {path}" for path in _NOT_ASKED]
        asked += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join(asked) + "\n", content_type="text/plain; charset=utf-8")
