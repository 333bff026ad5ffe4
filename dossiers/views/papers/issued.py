"""Slips, letters and drafts of a dossier, made when they are asked for."""

from collections.abc import Callable
from typing import Any, Literal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.permissions import SignedInRequest
from accounts.services.access import log_access
from core.office.packages import ModelRefused
from dossiers.models import Application, Dossier
from dossiers.papers import control_sheet_pdf, filling, letter_docx, letter_pdf, receipt_pdf
from dossiers.papers.catalogue import LETTER_TITLES
from dossiers.procedures import procedure
from dossiers.services.model_documents import content_of, own_model
from dossiers.views.papers.reach import (
    Draft,
    Letter,
    drafts_in_reach,
    handles,
    is_own,
    letters_in_reach,
    sees_personal,
)
from dossiers.views.papers.sending import send_paper

_LETTER_MAKERS: dict[str, Callable[[Letter], Any]] = {
    "supplement_letter": lambda one: filling.supplement_letter(one.supplement),  # type: ignore[arg-type]  # has one
    "refusal_letter": lambda one: filling.refusal_letter(one.application),
    "apology_letter": lambda one: filling.apology_letter(one.application),
}


@login_required
@require_GET
def receipt_slip(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the receipt slip of an application: sealed, to its own organisation alone; ``?lang=en`` for a copy."""
    user = request.user
    rows = Application.objects.visible_to(user).filed().select_related("organisation", "filed_by", "dossier")
    application = get_object_or_404(rows, pk=pk)
    own, personal = is_own(user, application), sees_personal(user, application)
    if personal and not own:
        _log(request, application, ["address", "telephone", "email", "filed_by"], _("receipt slip"))
    language: Literal["vi", "en"] = "en" if request.GET.get("lang") == "en" else "vi"
    slip = filling.receipt(application, language=language, with_contact=personal, with_secret=own)
    name = "receipt" if language == "en" else "giấy tiếp nhận hồ sơ"
    return send_paper(receipt_pdf(slip, language), "pdf", name, application.code or "")


@login_required
@require_GET
def control_sheet(request: SignedInRequest, code: str) -> HttpResponse:
    """Send the control sheet to officers of the dossier's place."""
    dossier = _dossier(request, code)
    if not handles(dossier, request.user):
        raise Http404
    content = control_sheet_pdf(filling.control_sheet(dossier))
    return send_paper(content, "pdf", "phiếu kiểm soát quá trình giải quyết hồ sơ", dossier.code)


@login_required
@require_GET
def letter(request: SignedInRequest, code: str, kind: str, number: int, format: str) -> HttpResponse:
    """Send a letter as PDF or, to those who write it, as a Word draft from the department's model or the portal's."""
    dossier = _dossier(request, code)
    within = [
        one
        for one in letters_in_reach(dossier, request.user)
        if one.kind == kind and one.number == number and format in one.formats
    ]
    if not within:
        raise Http404
    found = within[0]
    if not is_own(request.user, found.application):
        _log(request, found.application, ["address", "telephone", "email"], str(LETTER_TITLES[kind]))
    facts = _LETTER_MAKERS[kind](found)
    with translation.override("vi"):
        name = str(LETTER_TITLES[kind])
    codes = (found.application.code or "", str(number) if found.supplement is not None else "")
    if format == "pdf":
        return send_paper(letter_pdf(facts), "pdf", name, *codes)
    content = _from_model(request, kind, dossier.province_id, lambda model: letter_docx(facts, model=model))
    return send_paper(content, "docx", name, *codes)


@login_required
@require_GET
def draft_paper(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """Send a draft as .docx; ``?application=`` and ``?member=`` say of whom where there is one for each."""
    dossier = _dossier(request, code)
    wanted = (kind, request.GET.get("application", ""), request.GET.get("member", ""))
    within = [one for one in drafts_in_reach(dossier, request.user) if _key(one) == wanted]
    if not within:
        raise Http404
    found = within[0]
    content = _from_model(
        request,
        kind,
        dossier.province_id,
        lambda model: dossier.procedure.render_draft(
            kind, dossier, application=found.application, member=found.member, model=model
        ),
    )
    with translation.override("vi"):
        name = str(found.offer.label)
    own_code = found.application.code if found.application is not None else ""
    member = str(found.member.pk) if found.member is not None else ""
    return send_paper(content, "docx", name, own_code or dossier.code, member)


@login_required
@require_GET
def request_draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the request filled from the wizard, of an application or draft of one's own organisation."""
    rows = Application.objects.of(request.user).select_related("organisation", "dossier")
    application = get_object_or_404(rows, pk=pk)
    table = procedure(application.procedure_code)
    if not table.request_kind:
        raise Http404
    province_id = (
        application.dossier.province_id if application.dossier is not None else _place_of(application)
    )
    content = _from_model(
        request,
        table.request_kind,
        province_id,
        lambda model: table.request_docx(application, model=model),
    )
    with translation.override("vi"):
        name = str(table.draft_titles()[table.request_kind])
    return send_paper(content, "docx", name, application.code or "")


def _dossier(request: SignedInRequest, code: str) -> Dossier:
    rows = Dossier.objects.visible_to(request.user).select_related("province", "commune", "assignee")
    return get_object_or_404(rows, code=code)


def _key(draft: Draft) -> tuple[str, str, str]:
    """Return what names a draft in an address: kind, application, seat."""
    return (
        draft.offer.kind,
        str(draft.application.pk) if draft.application is not None else "",
        str(draft.member.pk) if draft.member is not None else "",
    )


def _place_of(application: Application) -> int | None:
    """Return the province of a draft, None while it does not say what it is about."""
    try:
        return procedure(application.procedure_code).place(application).province.pk
    except ValidationError:
        return None


def _from_model(
    request: SignedInRequest,
    kind: str,
    province_id: int | None,
    make: Callable[[bytes | None], bytes],
) -> bytes:
    """Make a paper from the department's own model; one that no longer fits gives way to the portal's, with a word."""
    own = own_model(kind, province_id)
    if own is None:
        return make(None)
    try:
        return make(content_of(own))
    except ModelRefused as refusal:
        messages.warning(
            request,
            _("The department's own model cannot be filled any more, so the portal's was used. %(why)s")
            % {"why": " ".join(refusal.messages)},
        )
        return make(None)


def _log(request: SignedInRequest, application: Application, fields: list[str], reason: str) -> None:
    log_access(user=request.user, obj=application, fields=fields, path=request.path, reason=reason)
