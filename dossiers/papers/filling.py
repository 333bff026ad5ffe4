"""Slips and letters filled from a dossier. Official papers are Vietnamese whatever the language of the page is."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.office.facts import GAP, Signature
from core.office.vietnamese import day_vi
from dossiers.choices import Channel, Part, Punctuality, ReturnMethod
from dossiers.models import Application, Document, Dossier, Event, Extension, StepRun, SupplementRequest
from dossiers.papers.heads import body_of, head_of, signature_of
from dossiers.papers.letters import ApologyLetter, RefusalLetter, SupplementLetter, SupplementPoint
from dossiers.papers.slips import ControlledStep, ControlSheet, Language, ReceiptSlip, ReceivedPaper
from dossiers.procedures.base import Procedure
from dossiers.procedures.parts import Contact
from dossiers.services.clocks import deadline_of, running_step
from law.clock import NoLimitError, due
from law.models import CalendarDay
from law.regimes import Regime
from law.vocabulary import Step

_LETTER_RECEIVERS = ("Như trên", "Lưu: VT, hồ sơ")
_RESULTS = {
    Punctuality.EARLY: "early",
    Punctuality.ON_TIME: "on_time",
    Punctuality.LATE: "late",
}


def receipt(
    application: Application,
    *,
    language: Language = "vi",
    with_contact: bool = True,
    with_secret: bool = True,
) -> ReceiptSlip:
    """Fill the receipt slip of a filed application, in the language asked for.

    The appointment is the due day of the step that runs, with its trace; where several steps follow, ``limit`` says
    so. ``with_contact`` and ``with_secret`` are only for who may see them: the secret is the applicant's alone.
    """
    dossier = _dossier_of(application)
    table, regime = dossier.procedure, dossier.regime
    contact = table.contact(application) if with_contact else Contact()
    first = table.state(table.initial(regime)).waits_for
    with translation.override(language):
        run = running_step(dossier) if dossier.is_open and application.is_live else None
        deadline = deadline_of(run) if run else None
        is_online = application.channel == Channel.ONLINE
        filer = application.filed_by if with_contact else None
        return ReceiptSlip(
            head=head_of(first, dossier, "TNHS", day=timezone.localdate(application.filed_at)),
            code=application.code or "",
            secret=application.secret if with_secret else "",
            tracking_url=f"{_tracking()}?code={application.code}",
            tracking_page=_tracking(),
            unit=body_of(first, dossier),
            applicant=str(application.organisation),
            address=contact.address,
            telephone=contact.telephone,
            email=contact.email,
            procedure=str(table.title),
            content=application.title,
            regime=_law_of(dossier),
            papers=_received(application, is_electronic=is_online),
            sets=1 if is_online else None,
            limit=_limits(table, regime, run),
            received=timezone.localtime(application.filed_at),
            due=deadline.due if deadline else None,
            trace=[str(step) for step in deadline.trace] if deadline else (),
            return_method=capfirst(str(ReturnMethod(application.return_method).label)),
            filer=str(filer) if filer else "",
            receiver=_("received online, without a signature") if is_online else "",
        )


def control_sheet(dossier: Dossier) -> ControlSheet:
    """Fill the control sheet: every step that ran or runs, with unit, person, due day and how it ended.

    Before the opening only the applicant of the first request stands on it, whom everybody may know.
    """
    table = dossier.procedure
    first = table.state(table.initial(dossier.regime)).waits_for
    with translation.override("vi"):
        run = running_step(dossier)
        deadline = deadline_of(run) if run else None
        applications = dossier.applications.filed().select_related("organisation").order_by("filed_at", "pk")
        runs = [_controlled(dossier, one) for one in dossier.steps.order_by("started_at", "pk")]
        if dossier.is_sealed:
            applications = applications.filter(is_first=True)
        return ControlSheet(
            head=head_of(first, dossier, "KSHS"),
            code=dossier.code,
            tracking_url=f"{_tracking()}?code={dossier.code}",
            applicant="; ".join(str(one.organisation) for one in applications),
            procedure=f"{table.title} – {dossier.title}",
            received=timezone.localtime(dossier.received_at),
            regime=_law_of(dossier),
            due=deadline.due if deadline else None,
            steps=[*runs, *(_coming(dossier) if dossier.is_open else ())],
            trace=[str(step) for step in deadline.trace] if deadline else (),
            signature=Signature(lines=["NGƯỜI LẬP PHIẾU"]),
        )


def supplement_letter(request: SupplementRequest) -> SupplementLetter:
    """Fill the letter of a supplement request, item by item."""
    application, dossier = request.application, request.dossier
    with translation.override("vi"):
        labels = _labels(dossier)
        pause = request.pause
        note = ""
        if pause is not None:
            note = (
                f"Thời hạn giải quyết hồ sơ tạm dừng từ {day_vi(pause.starts_on)} "
                "và được tính tiếp sau ngày hồ sơ bổ sung được nộp đủ."
            )
        return SupplementLetter(
            **_letter(
                Part.DEPARTMENT,
                application,
                "SCT-CN",
                person=dossier.assignee or request.asked_by,
                number=request.letter_number,
                day=timezone.localdate(request.asked_at) if request.letter_number else None,
            ),
            round=request.number,
            points=[
                SupplementPoint(
                    item=labels.get(item.target, item.target), fault=item.wrong, remedy=item.remedy
                )
                for item in request.items.order_by("position")
            ],
            due=request.answer_by,
            clock_note=note,
        )


def refusal_letter(application: Application) -> RefusalLetter:
    """Fill the refusal of an application with the reason that was given and by which article."""
    dossier = _dossier_of(application)
    with translation.override("vi"):
        part, basis = refused_by(dossier)
        on_paper = application.channel != Channel.ONLINE
        return RefusalLetter(
            **_letter(part, application, "SCT-CN" if part is not Part.COMMITTEE else "UBND-KT"),
            reasons=application.outcome_note.splitlines(),
            legal_basis=basis,
            returned=[paper.name for paper in _received(application, is_electronic=False)]
            if on_paper
            else (),
            complaint=str(dossier.procedure.complaint).rstrip("."),
        )


def apology_letter(application: Application) -> ApologyLetter:
    """Fill the apology for the step that runs late, or that was given more time: the day promised and the new one.

    Without an extension that is still to come, the new day and the reason are left to the pen.
    """
    dossier = _dossier_of(application)
    with translation.override("vi"):
        run = running_step(dossier)
        part = Part(run.part) if run else Part.DEPARTMENT
        promised, new_day = _days_of(run)
        reasons = [one.reason for one in run.extensions.order_by("pk")] if run else []
        return ApologyLetter(
            **_letter(
                part, application, {Part.RECEIVER: "UBND", Part.COMMITTEE: "UBND-KT"}.get(part, "SCT-CN")
            ),
            promised=promised,
            new_day=new_day,
            reasons=reasons or [GAP],
        )


def is_late(dossier: Dossier, today: dt.date) -> bool:
    """Say whether an apology is owed: the running step is past its day, or needed more time than the law gives."""
    if dossier.due_on is not None and dossier.due_on < today:
        return True
    return Extension.objects.filter(run__dossier=dossier, run__ended_at__isnull=True).exists()


def refused_by(dossier: Dossier) -> tuple[Part, str]:
    """Return the part that refused a dossier and the article it names; the department where nothing is recorded."""
    actions = {one.action: one for one in dossier.procedure.table(dossier.regime)}
    last = (
        Event.objects.filter(dossier=dossier, action__in=actions)
        .exclude(to_state="")
        .order_by("-at", "-pk")
        .first()
    )
    if last is None:
        return Part.DEPARTMENT, ""
    return actions[last.action].part, str(actions[last.action].legal_basis)


def _letter(
    part: Part,
    application: Application,
    symbol: str,
    *,
    person: Any = None,
    number: str = "",
    day: dt.date | None = None,
) -> dict[str, Any]:
    """Return what every letter to an applicant has; one without a number is not sent yet and has no day either."""
    dossier = _dossier_of(application)
    contact = dossier.procedure.contact(application)
    person = person or dossier.assignee
    return {
        "head": head_of(part, dossier, symbol, number=number, day=day),
        "body": body_of(part, dossier),
        "code": application.code or "",
        "applicant": str(application.organisation),
        "address": contact.address,
        "telephone": contact.telephone,
        "email": contact.email,
        "procedure": str(dossier.procedure.title),
        "received": timezone.localtime(application.filed_at),
        "contact": _reached(person),
        "receivers": _LETTER_RECEIVERS,
        "signature": signature_of(part),
    }


def _reached(person: Any) -> str:
    """Return name, telephone and e-mail of an officer as they stand in a letter."""
    if person is None:
        return ""
    parts = [
        str(person),
        f"điện thoại {person.phone}" if person.phone else "",
        f"thư điện tử {person.email}" if person.email else "",
    ]
    return ", ".join(part for part in parts if part)


def _limits(table: Procedure, regime: Regime, run: StepRun | None) -> str:
    """Return the time the law gives: of the only step, or of each, saying which one the appointment is about."""
    steps = [state.step for state in table.states_of(regime) if state.step]
    limits = [(step, table.limit(regime, step)) for step in dict.fromkeys(steps)]
    known = [(step, limit) for step, limit in limits if limit.is_set]
    if len(known) <= 1:
        return "".join(limit.text for _step, limit in known)
    said = "; ".join(f"{step.label}: {limit.text}" for step, limit in known)
    said += ". " + _("The steps follow one another, so the last day of all cannot be told yet.")
    if run is not None:
        said += " " + _("The day below is that of the step that runs now: %(step)s.") % {
            "step": Step(run.step).label
        }
    return said


def _received(application: Application, *, is_electronic: bool) -> list[ReceivedPaper]:
    """List the papers as they were handed in: what supplements brought later is not on the receipt."""
    dossier = _dossier_of(application)
    labels = {kind.code: kind.label for kind in dossier.procedure.document_kinds(dossier.regime)}
    order = {code: place for place, code in enumerate(labels)}
    first = Document.objects.filter(
        application=application, removed_at__isnull=True, answers__isnull=True
    ).select_related("file")
    rows = first.filter(Q(replaced_by__isnull=True) | Q(replaced_by__answers__isnull=False)).distinct()
    return [
        ReceivedPaper(
            name=f"{capfirst(str(labels.get(row.kind, row.kind)))} – {row.title or row.file.name}",
            kind="electronic" if is_electronic else "original" if row.is_original else "copy",
            copies=row.copies,
            size=row.file.size if is_electronic else None,
            sha256=row.file.sha256 if is_electronic else "",
        )
        for row in sorted(rows.order_by("pk"), key=lambda row: (order.get(row.kind, len(order)), row.pk))
    ]


def _controlled(dossier: Dossier, run: StepRun) -> ControlledStep:
    part = Part(run.part)
    deadline = deadline_of(run) if run.ended_at is None else None
    person = run.ended_by
    if run.ended_at is None and dossier.assignee:
        person = str(dossier.assignee)
    return ControlledStep(
        name=capfirst(str(Step(run.step).label)),
        unit=body_of(part, dossier),
        person=person,
        received=timezone.localtime(run.started_at),
        due=deadline.due if deadline else run.due_on,
        ended=timezone.localtime(run.ended_at) if run.ended_at else None,
        result=_RESULTS.get(Punctuality(run.punctuality), "") if run.punctuality else "",  # type: ignore[arg-type]
        days=run.days_off,
        note="; ".join(
            f"gia hạn {one.days} {one.get_unit_display()}: {one.reason}"
            for one in run.extensions.order_by("pk")
        ),
    )


def _coming(dossier: Dossier) -> list[ControlledStep]:
    """List the steps that have not begun, so that whoever has the sheet sees what is still to come."""
    table = dossier.procedure
    begun = set(dossier.steps.values_list("step", flat=True))
    rows = {
        state.step: ControlledStep(
            name=capfirst(str(state.step.label)), unit=body_of(state.waits_for, dossier)
        )
        for state in table.states_of(dossier.regime)
        if state.step is not None and state.step.value not in begun
    }
    return list(rows.values())


def _days_of(run: StepRun | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the day the running step was promised for, and the later one its extensions give, if they do."""
    deadline = deadline_of(run) if run else None
    if run is None or deadline is None:
        return None, None
    if not run.extensions.exists():
        return deadline.due, None
    try:
        dossier = run.dossier
        limit = dossier.procedure.limit(dossier.regime, Step(run.step))
        first = due(run.started_on, limit, list(deadline.pauses), calendar=CalendarDay.objects.calendar())
    except NoLimitError:
        return None, deadline.due
    return first.due, deadline.due


def _labels(dossier: Dossier) -> dict[str, str]:
    """Return the names of everything a supplement item can point at."""
    table = dossier.procedure
    found = {f"document:{kind.code}": str(kind.label) for kind in table.document_kinds(dossier.regime)}
    found |= {f"field:{name}": str(label) for name, label in table.field_labels().items()}
    return {target: capfirst(label) for target, label in found.items()}


def _tracking() -> str:
    """Return the address at which everybody looks a dossier up with the code and secret of the slip."""
    return f"{settings.SITE_URL}{reverse('dossiers:track')}"


def _law_of(dossier: Dossier) -> str:
    pinned = Regime.for_case(dossier.received_on, postmarked_on=dossier.postmarked_on)
    if pinned.regime.code != dossier.regime_code:
        return str(dossier.regime.title)
    return f"{dossier.regime.title} ({pinned.reason})"


def _dossier_of(application: Application) -> Dossier:
    if application.dossier is None or application.filed_at is None:
        raise ValueError(f"{application} is not filed: it has no slip and no letter.")
    return application.dossier
