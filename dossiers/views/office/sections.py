"""The parts of a dossier's page: which there are, how each stands in a few words, and which are open from the start."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dossiers.services.firing import Available
from dossiers.workspaces import Workspace


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the page: its note says how it stands; it is open where it asks for something now."""

    code: str
    title: str
    template: str
    note: str = ""
    tone: str = "neutral"
    is_open: bool = False
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Act:
    """One action of the person who looks; what leads on and can be begun is the page's main button."""

    available: Available
    is_primary: bool


def acts_of(work: Workspace) -> list[Act]:
    """Return what the person can do now: what leads on first, then what turns down or sends back (asks a reason)."""
    rows = sorted(work.own_actions, key=lambda one: one.transition.asks_reason)
    return [Act(available=one, is_primary=one.can_begin and not one.transition.asks_reason) for one in rows]


def sections_of(work: Workspace) -> list[Section]:
    """Return the parts of the page for whoever looks, in the order of the case."""
    found = [_clock(work), _law(work), _applications(work), _supplements(work)]
    if work.examines:
        found += [_opinions(work), _council(work)]
        if work.checklist is not None:
            found.append(_rules(work))
    found += [
        Section(
            code=panel.code,
            title=str(panel.title),
            template=panel.template,
            is_open=_is_examined_here(work),
            context=panel.context,
        )
        for panel in work.panels
    ]
    return [*found, _papers(work), _conditions(work), _complaints(work), _events(work)]


def _is_examined_here(work: Workspace) -> bool:
    """Return whether the person acts for the department while it examines."""
    return work.is_department and work.dossier.state in work.dossier.procedure.opinion_states


def _clock(work: Workspace) -> Section:
    running = work.running
    return Section(
        code="clock",
        title=_("Clock"),
        template="dossiers/office/parts/clock.html",
        note=running.label if running else _("no time limit runs"),
        tone="info" if running else "neutral",
        is_open=running is not None,
    )


def _law(work: Workspace) -> Section:
    questions = len(work.pinned.questions)
    if not questions:
        note, tone = "", "neutral"
    elif work.settled_law is not None:
        note, tone = _("settled"), "ok"
    else:
        note = ngettext("%(count)s question is open", "%(count)s questions are open", questions)
        note, tone = note % {"count": questions}, "warning"
    return Section(
        code="law",
        title=_("Law of the case"),
        template="dossiers/office/parts/law.html",
        note=note,
        tone=tone,
        is_open=tone == "warning" and work.may_settle_law,
    )


def _applications(work: Workspace) -> Section:
    count = len(work.applications)
    note = ngettext("%(count)s application", "%(count)s applications", count) % {"count": count}
    closes_at = work.dossier.closes_at
    return Section(
        code="applications",
        title=_("Applications"),
        template="dossiers/office/parts/applications.html",
        note=_("sealed") if work.dossier.is_sealed else note,
        is_open=work.dossier.is_open,
        context={
            "fields": len(work.answers),
            "differing": sum(row.differs for row in work.answers),
            # Receiving ends at midnight; people name the day before it.
            "last_day": timezone.localdate(closes_at - dt.timedelta(seconds=1)) if closes_at else None,
        },
    )


def _supplements(work: Workspace) -> Section:
    rows = work.supplements
    open_ones = [row for row in rows if not row.closed_at]
    if not rows:
        note, tone = _("none so far"), "neutral"
    elif not open_ones:
        note = ngettext("%(count)s is closed", "%(count)s are closed", len(rows)) % {"count": len(rows)}
        tone = "ok"
    elif any(row.answered_at for row in open_ones):
        note, tone = _("answered, to be looked at"), "info"
    else:
        note, tone = _("waits for the applicant"), "warning"
    return Section(
        code="supplements",
        title=_("Supplements"),
        template="dossiers/office/parts/supplements.html",
        note=note,
        tone=tone,
        is_open=bool(open_ones),
    )


def _opinions(work: Workspace) -> Section:
    asked = [one for one in work.opinions if not one.withdrawn_at]
    silent = sum(1 for one in asked if not one.answered_at and one.due_on and one.due_on < work.today)
    answered = sum(1 for one in asked if one.answered_at)
    if not asked:
        note, tone = _("nobody was asked"), "neutral"
    elif silent:
        note, tone = ngettext("%(count)s is silent", "%(count)s are silent", silent), "danger"
        note = note % {"count": silent}
    else:
        note = _("%(answered)s of %(asked)s answered") % {"answered": answered, "asked": len(asked)}
        tone = "ok" if answered == len(asked) else "warning"
    return Section(
        code="opinions",
        title=_("Opinions"),
        template="dossiers/office/parts/opinions.html",
        note=note,
        tone=tone,
        is_open=work.dossier.is_open and tone in ("danger", "warning"),
    )


def _council(work: Workspace) -> Section:
    council = work.council
    missing = len(work.council_lines.get("missing", ()))
    if council is None:
        note, tone = _("no council yet"), "neutral"
    elif council.closed_at:
        note, tone = _("scoring closed"), "ok"
    elif missing:
        note = ngettext("%(count)s sheet is missing", "%(count)s sheets are missing", missing)
        note, tone = note % {"count": missing}, "warning"
    else:
        note, tone = _("all sheets are there"), "info"
    return Section(
        code="council",
        title=_("Council"),
        template="dossiers/office/parts/council.html",
        note=note,
        tone=tone,
        is_open=work.dossier.is_open and (council is None or not council.closed_at),
    )


def _rules(work: Workspace) -> Section:
    checklist = work.checklist
    assert checklist is not None  # the part is there only with one
    blocking, unknown = len(checklist.blocking), len(checklist.not_computable)
    if blocking:
        note = ngettext("%(count)s stands in the way", "%(count)s stand in the way", blocking)
        note, tone = note % {"count": blocking}, "danger"
    elif unknown:
        note = ngettext("%(count)s cannot be computed", "%(count)s cannot be computed", unknown)
        note, tone = note % {"count": unknown}, "warning"
    else:
        note, tone = _("nothing stands in the way"), "ok"
    return Section(
        code="rules",
        title=_("Rules"),
        template="dossiers/office/parts/rules.html",
        note=note,
        tone=tone,
        is_open=_is_examined_here(work) and tone != "ok",
    )


def _papers(work: Workspace) -> Section:
    count = len(work.papers)
    note = ngettext("%(count)s paper", "%(count)s papers", count) % {"count": count}
    return Section(
        code="papers",
        title=_("Papers of authorities"),
        template="dossiers/office/parts/papers.html",
        note=note if count else _("none so far"),
        is_open=work.may_add_paper,
    )


def _conditions(work: Workspace) -> Section:
    rows = work.conditions
    waiting = [one for one in rows if not one.done_on]
    overdue = [one for one in waiting if one.check_on <= work.today]
    if not rows:
        note, tone = _("none so far"), "neutral"
    elif waiting:
        note = ngettext("%(count)s to be checked", "%(count)s to be checked", len(waiting))
        note, tone = note % {"count": len(waiting)}, "danger" if overdue else "info"
    else:
        note, tone = _("all are kept"), "ok"
    return Section(
        code="conditions",
        title=_("Conditions"),
        template="dossiers/office/parts/conditions.html",
        note=note,
        tone=tone,
        is_open=bool(waiting),
    )


def _complaints(work: Workspace) -> Section:
    rows = work.complaints
    waiting = sum(1 for one in rows if not one.answered_at)
    if not rows:
        note, tone = _("none so far"), "neutral"
    elif waiting:
        note = ngettext("%(count)s to be answered", "%(count)s to be answered", waiting)
        note, tone = note % {"count": waiting}, "warning"
    else:
        note, tone = _("answered"), "ok"
    return Section(
        code="complaints",
        title=_("Complaints"),
        template="dossiers/office/parts/complaints.html",
        note=note,
        tone=tone,
        is_open=bool(waiting),
    )


def _events(work: Workspace) -> Section:
    last = work.events[0].at if work.events else None
    day = date_format(timezone.localdate(last), "d/m/Y") if last else ""
    return Section(
        code="events",
        title=_("What happened"),
        template="dossiers/office/parts/events.html",
        note=_("last on %(day)s") % {"day": day} if day else "",
        is_open=True,
    )
