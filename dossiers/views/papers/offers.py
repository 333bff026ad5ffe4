"""What other pages list of papers to download: ``{% include "dossiers/papers/offers.html" %}`` with ``offers``."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dossiers.models import Application, Dossier
from dossiers.papers.catalogue import LETTER_TITLES
from dossiers.procedures import procedure
from dossiers.views.papers.reach import (
    Draft,
    Letter,
    applications_in_reach,
    drafts_in_reach,
    handles,
    is_own,
    letters_in_reach,
)


@dataclass(frozen=True)
class PaperOffer:
    """One paper to download: what it is, where, and as what ("pdf" or "docx")."""

    label: str
    url: str
    format: str


def paper_offers(dossier: Dossier, user: Any) -> list[PaperOffer]:
    """List every slip, letter and draft the person may have of a dossier in its present state."""
    applications = applications_in_reach(dossier, user)
    found = []
    if handles(dossier, user):
        found.append(
            PaperOffer(_("Control sheet"), reverse("dossiers:control_sheet", args=[dossier.code]), "pdf")
        )
    for one in applications:
        found += _receipts(one, with_name=not is_own(user, one))
    for letter in letters_in_reach(dossier, user, applications):
        found += _letters(dossier, letter, with_name=len(applications) > 1)
    found += [_draft(dossier, one) for one in drafts_in_reach(dossier, user, applications)]
    return found


def application_papers(application: Application, user: Any) -> list[PaperOffer]:
    """List the papers that the applicant has of one application: request, receipt in two languages, letters."""
    if not is_own(user, application):
        return []
    found = []
    if procedure(application.procedure_code).request_kind:
        label = procedure(application.procedure_code).draft_titles()[
            procedure(application.procedure_code).request_kind
        ]
        url = reverse("dossiers:request_draft", args=[application.pk])
        found.append(PaperOffer(capfirst(str(label)), url, "docx"))
    dossier = application.dossier
    if application.filed_at is None or dossier is None:
        return found
    found += _receipts(application, with_name=False)
    for letter in letters_in_reach(dossier, user, [application]):
        found += _letters(dossier, letter, with_name=False)
    return found


def _receipts(application: Application, *, with_name: bool) -> list[PaperOffer]:
    url = reverse("dossiers:receipt_slip", args=[application.pk])
    name = f" – {application.organisation}" if with_name else ""
    found = [PaperOffer(_("Receipt slip") + name, url, "pdf")]
    if not with_name:
        found.append(PaperOffer(_("Receipt slip, copy in English"), f"{url}?lang=en", "pdf"))
    return found


def _letters(dossier: Dossier, letter: Letter, *, with_name: bool) -> list[PaperOffer]:
    label = capfirst(str(LETTER_TITLES[letter.kind]))
    if letter.supplement is not None:
        label = f"{label} {letter.number}"
    if with_name:
        label = f"{label} – {letter.application.organisation}"
    return [
        PaperOffer(
            label,
            reverse("dossiers:letter", args=[dossier.code, letter.kind, letter.number, format_]),
            format_,
        )
        for format_ in letter.formats
    ]


def _draft(dossier: Dossier, draft: Draft) -> PaperOffer:
    label = capfirst(str(draft.offer.label))
    query = {}
    if draft.member is not None:
        label = f"{label} – {draft.member.name}"
        query["member"] = draft.member.pk
    if draft.application is not None:
        label = f"{label} – {draft.application.organisation}"
        query["application"] = draft.application.pk
    url = reverse("dossiers:draft_paper", args=[dossier.code, draft.offer.kind])
    return PaperOffer(label, f"{url}?{urlencode(query)}" if query else url, "docx")
