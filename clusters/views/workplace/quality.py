"""The data-quality board: what is missing, contradictory or old, by place, with the way to the form that mends it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.permissions import requires
from accounts.roles import Function
from clusters.boards import board_here
from clusters.quality import QUALITY, Check, Group, Severity
from clusters.quality.board import Board, Tally
from clusters.views.workplace.findings import finding_of, findings_file, findings_here, lines_of
from clusters.views.workplace.narrowing import Narrowing
from core.lists.plain import asked_format, plain_tools

PER_PAGE = 50
#: Findings of one check shown on the board of a single cluster.
OF_A_CLUSTER = 25


@requires(Function.VIEW_REGISTRY)
def show_quality(request: HttpRequest) -> HttpResponseBase:
    """Show how often each check fails at each place in the person's scope; one query counts everything."""
    narrowing = Narrowing.of(request)
    day = timezone.localdate()
    severity, group = _asked(request, "severity", Severity), _asked(request, "group", Group)
    checks = [
        check
        for check in QUALITY
        if (not severity or check.severity == severity) and (not group or check.group == group)
    ]
    counted = board_here("quality", narrowing.clusters, by=narrowing.by, day=day, provinces=narrowing.kept)
    board = counted.board
    lines = lines_of(checks, board)
    failing = [line for line in lines if line.tally.rows]
    if asked_format(request):
        conditions = [
            (_(label), choice(value).label)
            for label, choice, value in (("Weight", Severity, severity), ("What it is about", Group, group))
            if value
        ]
        return findings_file(
            request,
            [line.check for line in failing],
            narrowing,
            day,
            name="quality",
            title=_("Data quality"),
            conditions=conditions,
        )
    findings = []
    if narrowing.cluster is not None:
        findings = findings_here([line.check for line in failing], narrowing, day, OF_A_CLUSTER)
    page = reverse("registry:quality")
    chosen = {name: value for name, value in (("severity", severity), ("group", group)) if value}
    return render(
        request,
        "clusters/boards/quality.html",
        {
            "narrowing": narrowing,
            "trail": here(narrowing.trail(page, _("Data quality"))),
            "board": board,
            "counted": counted,
            "export": plain_tools(request, sum(line.tally.rows for line in failing)),
            "lines": lines,
            "findings": findings,
            "failing": failing,
            "passed": [line for line in lines if not line.tally.rows],
            "places": _places(board, narrowing, page, chosen) if narrowing.cluster is None else [],
            "severities": _choices(request, "severity", Severity),
            "groups": _choices(request, "group", Group),
            "group_names": [one for one in Group if not group or one == group],
            "place_query": urlencode(narrowing.query),
        },
    )


@requires(Function.VIEW_REGISTRY)
def show_check(request: HttpRequest, check: str) -> HttpResponseBase:
    """List what one check finds, each with its figures and the way to mend it."""
    if check not in QUALITY:
        raise Http404
    return findings_page(request, QUALITY[check], "quality", _("Data quality"))


def findings_page(request: HttpRequest, check: Check, board: str, board_title: str) -> HttpResponseBase:
    """Return the page that lists what a check of a board finds at the places of the address."""
    narrowing = Narrowing.of(request)
    day = timezone.localdate()
    if asked_format(request):
        return findings_file(request, [check], narrowing, day, name=check.code, title=check.sentence)
    paginator = Paginator(check.keys(narrowing.clusters, day), PER_PAGE)
    places = Board({})
    if narrowing.by != "pk":
        counted = board_here(
            board, narrowing.clusters, by=narrowing.by, day=day, provinces=narrowing.kept, check=check
        )
        places = counted.board
        if not counted.is_behind:
            paginator.count = places.checks[check.code].rows if check.code in places.checks else 0
    page = paginator.get_page(request.GET.get("page"))
    rows = check.listed(narrowing.clusters, day).filter(pk__in=list(page)) if paginator.count else []
    address = reverse(f"registry:{board}")
    return render(
        request,
        "clusters/boards/check.html",
        {
            "check": check,
            "narrowing": narrowing,
            "trail": [*narrowing.trail(address, board_title), (check.code, "")],
            "page": page,
            "export": plain_tools(request, paginator.count),
            "findings": [finding_of(check, row, narrowing) for row in rows],
            "places": _places_of_check(places, narrowing, request.path, check),
            "widen": request.path if narrowing.query else "",
        },
    )


def here(trail: list[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """Return the path with its last step as the page one is on."""
    return [*trail[:-1], (trail[-1][0], "")]


def _asked(request: HttpRequest, name: str, choices: Any) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in choices.values else ""


def _choices(request: HttpRequest, name: str, choices: Any) -> list[dict[str, Any]]:
    """Return the values to choose from, each with the address that chooses it."""
    asked = _asked(request, name, choices)
    options = [("", _("all")), *((one.value, one.label) for one in choices)]
    shown = []
    for value, label in options:
        query = request.GET.copy()
        query.pop(name, None)
        if value:
            query[name] = value
        shown.append({"label": label, "url": f"?{query.urlencode()}", "current": value == asked})
    return shown


def _places(board: Board, narrowing: Narrowing, page: str, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Return the places one step down, by name, with their counts in the order of the groups."""
    names = narrowing.names_of(list(board.places))
    rows = []
    for key, tally in board.places.items():
        place = names.get(key)
        query = narrowing.query_of(key, place if narrowing.by == "pk" else None)
        rows.append(
            {
                "name": _name(place),
                "sort": getattr(place, "sort_key", ""),
                "url": f"{page}?{urlencode({**query, **chosen})}",
                "tally": tally,
                "groups": [
                    {
                        "label": group.label,
                        "tally": tally.groups.get(group.value, Tally()),
                        "url": f"{page}?{urlencode({**query, 'group': group.value})}",
                    }
                    for group in Group
                    if chosen.get("group") in (None, group.value)
                ],
            }
        )
    # Places without a name (no commune) stand first: they are a finding of their own.
    return sorted(rows, key=lambda row: (row["sort"], row["name"]))


def _places_of_check(board: Board, narrowing: Narrowing, path: str, check: Check) -> list[dict[str, Any]]:
    names = narrowing.names_of(list(board.places))
    rows = [
        {
            "name": _name(names.get(key)),
            "url": f"{path}?{urlencode(narrowing.query_of(key))}",
            "tally": place.checks[check.code],
        }
        for key, place in board.places.items()
        if check.code in place.checks
    ]
    return sorted(rows, key=lambda row: (-row["tally"].rows, row["name"]))


def _name(place: Any) -> str:
    if place is None:
        return _("No commune")
    return str(getattr(place, "full_name", "") or place.name)
