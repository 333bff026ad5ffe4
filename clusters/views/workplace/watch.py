"""The watch list: what in the field wants somebody to act, with rule, figures and article."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.permissions import requires
from accounts.roles import Function
from clusters.quality.base import Topic
from clusters.quality.board import board_of
from clusters.rules.origin import SETTLE_BY, days_left
from clusters.views.workplace.findings import findings_here, lines_of
from clusters.views.workplace.narrowing import Narrowing
from clusters.views.workplace.quality import findings_page, here
from clusters.watch import WATCH

#: Entries of each rule on the page; the others stand on the rule's own page.
SHOWN = 10


@requires(Function.VIEW_REGISTRY)
def show_watch(request: HttpRequest) -> HttpResponse:
    """Show the entries of the watch list in the person's scope, the most pressing of each rule first."""
    narrowing = Narrowing.of(request)
    day = timezone.localdate()
    asked = request.GET.get("topic", "")
    topic = asked if asked in Topic.values else ""
    board = board_of(WATCH, narrowing.clusters, by=narrowing.by, day=day)
    lines = lines_of([check for check in WATCH if not topic or check.group == topic], board)
    found = {
        check.code: rows
        for check, rows in findings_here(
            [line.check for line in lines if line.tally.rows], narrowing, day, SHOWN
        )
    }
    page = reverse("registry:watch")
    return render(
        request,
        "clusters/boards/watch.html",
        {
            "narrowing": narrowing,
            "trail": here(narrowing.trail(page, _("Watch list"))),
            "sections": [(line, found[line.check.code]) for line in lines if line.tally.rows],
            "quiet": [line for line in lines if not line.tally.rows],
            "topics": _topics(request, topic),
            "place_query": urlencode(narrowing.query),
            "settle_by": SETTLE_BY,
            "days_left": days_left(day),
        },
    )


@requires(Function.VIEW_REGISTRY)
def show_watched(request: HttpRequest, check: str) -> HttpResponseBase:
    """List every entry of one rule of the watch list."""
    if check not in WATCH:
        raise Http404
    return findings_page(request, WATCH[check], "registry:watch", _("Watch list"))


def _topics(request: HttpRequest, asked: str) -> list[dict[str, object]]:
    options = [("", _("all")), *((topic.value, topic.label) for topic in Topic)]
    shown: list[dict[str, object]] = []
    for value, label in options:
        query = request.GET.copy()
        query.pop("topic", None)
        if value:
            query["topic"] = value
        shown.append({"label": label, "url": f"?{query.urlencode()}", "current": value == asked})
    return shown
