"""The watch list: what in the field wants somebody to act, with rule, figures and article."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.permissions import requires
from accounts.roles import Function
from clusters.boards import board_here
from clusters.quality.base import Topic
from clusters.rules.origin import SETTLE_BY, days_left
from clusters.views.workplace.findings import findings_file, findings_here, lines_of
from clusters.views.workplace.narrowing import Narrowing
from clusters.views.workplace.quality import findings_page, here
from clusters.watch import WATCH
from core.lists.plain import asked_format, plain_tools

#: Entries of each rule on the page; the others stand on the rule's own page.
SHOWN = 10


@requires(Function.VIEW_REGISTRY)
def show_watch(request: HttpRequest) -> HttpResponseBase:
    """Show the entries of the watch list in the person's scope, the most pressing of each rule first."""
    narrowing = Narrowing.of(request)
    day = timezone.localdate()
    asked = request.GET.get("topic", "")
    topic = asked if asked in Topic.values else ""
    counted = board_here("watch", narrowing.clusters, by=narrowing.by, day=day, provinces=narrowing.kept)
    lines = lines_of([check for check in WATCH if not topic or check.group == topic], counted.board)
    failing = [line for line in lines if line.tally.rows]
    if asked_format(request):
        conditions = [(_("What it is about"), Topic(topic).label)] if topic else []
        return findings_file(
            request,
            [line.check for line in failing],
            narrowing,
            day,
            name="watch",
            title=_("Watch list"),
            conditions=conditions,
        )
    found = {
        check.code: rows
        for check, rows in findings_here([line.check for line in failing], narrowing, day, SHOWN)
    }
    page = reverse("registry:watch")
    return render(
        request,
        "clusters/boards/watch.html",
        {
            "narrowing": narrowing,
            "trail": here(narrowing.trail(page, _("Watch list"))),
            "counted": counted,
            "export": plain_tools(request, sum(line.tally.rows for line in failing)),
            "sections": [(line, found[line.check.code]) for line in failing],
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
    return findings_page(request, WATCH[check], "watch", _("Watch list"))


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
