"""Papers of a dossier: added, replaced by a newer version, reused from the organisation's store, never lost."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import refusal
from accounts.roles import Function
from accounts.scope import scope_of
from core.files import DOCUMENTS, store_upload
from core.models import StoredFile
from dossiers.choices import Part
from dossiers.models import Application, Document, Dossier, OrganisationPaper
from dossiers.procedures import procedure
from dossiers.procedures.parts import DocumentKind
from dossiers.services.actors import acts_as
from dossiers.services.events import ActionRefused, Fact, lock, record

#: What an application's papers may be: documents, and a boundary for the map.
TAKEN = (*DOCUMENTS, "geojson", "kml")


@transaction.atomic
def add_application_paper(
    *,
    application: Application,
    kind: str,
    user: Any,
    upload: UploadedFile | None = None,
    stored: StoredFile | None = None,
    variety: str = "",
    reuse: OrganisationPaper | None = None,
    replaces: Document | None = None,
    **described: Any,
) -> Document:
    """Add a paper to a draft, or to a filed application that a supplement asks for it; return its row.

    Give one of ``upload`` (checked by content, kept with SHA-256), ``stored`` (a checked file) or ``reuse`` (a paper
    of the organisation's store). ``described``: title, number, dated, copies, is_original. Raises ValidationError
    (file, kind), ActionRefused (the application takes no papers now), PermissionDenied.
    """
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if locked.organisation_id not in scope_of(user, Function.FILE_DOSSIER).organisation_ids:
        raise PermissionDenied(refusal(Function.FILE_DOSSIER))
    _demand_asked(locked, kind)
    _demand_kind(locked.procedure_code, kind, Part.APPLICANT, dossier=locked.dossier)
    if reuse is not None:
        if reuse.organisation_id != locked.organisation_id:
            raise PermissionDenied(_("That paper belongs to another organisation."))
        if not OrganisationPaper.objects.valid_on(timezone.localdate()).filter(pk=reuse.pk).exists():
            raise ValidationError(
                {
                    "reuse": _(
                        "“%(name)s” is not valid today: upload a newer one, or correct its days in the store."
                    )
                    % {"name": reuse.title}
                }
            )
        stored = reuse.file
        described.setdefault("title", reuse.title)
        variety = variety or reuse.variety
    elif upload is not None:
        stored = store_upload(upload, user=user, allowed=TAKEN)
    if stored is None:
        raise ValidationError({"file": _("Choose a file.")})
    replaced = _replaceable(replaces, application=locked)
    return Document.objects.create(
        application=locked,
        kind=kind,
        variety=variety,
        file=stored,
        version=replaced.version + 1 if replaced else 1,
        replaces=replaced,
        reused_from=reuse,
        added_by=user,
        **described,
    )


@transaction.atomic
def remove_application_paper(*, document: Document, user: Any) -> None:
    """Take a paper out of a draft; papers of a filed application stay and are replaced by newer ones."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=document.application_id or 0)
    if application.organisation_id not in scope_of(user, Function.FILE_DOSSIER).organisation_ids:
        raise PermissionDenied(refusal(Function.FILE_DOSSIER))
    if not application.is_draft:
        raise ActionRefused(
            [_("The application is filed: its papers stay. Add a newer version where one is asked for.")]
        )
    document.removed_at = timezone.now()
    document.save()


@transaction.atomic
def add_authority_paper(
    *,
    dossier: Dossier,
    kind: str,
    upload: UploadedFile | None = None,
    stored: StoredFile | None = None,
    user: Any,
    at: dt.datetime | None = None,
    replaces: Document | None = None,
    **described: Any,
) -> Document:
    """Add a paper of an authority (submission, letter, report, decision) to a dossier, with an event.

    Only who acts on the dossier in the part that makes this paper may. Raises ValidationError for a bad file or kind.
    """
    dossier = lock(dossier)
    made_by = _demand_kind(dossier.procedure_code, kind, None, dossier=dossier).by
    if not acts_as(user, made_by, dossier):
        raise PermissionDenied(_("This paper is made by: %(part)s.") % {"part": made_by.label})
    if upload is not None:
        stored = store_upload(upload, user=user)
    if stored is None:
        raise ValidationError({"file": _("Choose a file.")})
    replaced = _replaceable(replaces, dossier=dossier)
    document = Document.objects.create(
        dossier=dossier,
        kind=kind,
        file=stored,
        version=replaced.version + 1 if replaced else 1,
        replaces=replaced,
        added_by=user,
        **described,
    )
    record(
        dossier,
        Fact.DOCUMENT_ADDED,
        actor=user,
        at=at,
        part=made_by,
        facts={"kind": kind, "name": stored.name, "sha256": stored.sha256},
        is_internal=True,
    )
    return document


def keep_in_store(
    *, document: Document, user: Any, valid_from: dt.date | None = None, valid_to: dt.date | None = None
) -> OrganisationPaper:
    """Keep an application's paper in the organisation's store, so that it is asked for once."""
    application = document.application
    if (
        application is None
        or application.organisation_id not in scope_of(user, Function.FILE_DOSSIER).organisation_ids
    ):
        raise PermissionDenied(refusal(Function.FILE_DOSSIER))
    paper = OrganisationPaper(
        organisation=application.organisation,
        kind=document.kind,
        variety=document.variety,
        title=document.title or document.file.name,
        file=document.file,
        valid_from=valid_from,
        valid_to=valid_to,
        added_by=user,
    )
    paper.full_clean()
    paper.save()
    return paper


def change_stored_paper(
    *,
    paper: OrganisationPaper,
    user: Any,
    title: str,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> OrganisationPaper:
    """Change title and validity of a paper in the store; applications that used it are not touched."""
    _demand_store(paper, user)
    paper.title, paper.valid_from, paper.valid_to = title, valid_from, valid_to
    paper.full_clean()
    paper.save()
    return paper


@transaction.atomic
def remove_stored_paper(*, paper: OrganisationPaper, user: Any) -> None:
    """Take a paper out of the store; applications that used it keep their copy."""
    _demand_store(paper, user)
    for document in Document.objects.filter(reused_from=paper).order_by("pk"):
        document.reused_from = None
        document.save()
    paper.delete()


def _demand_store(paper: OrganisationPaper, user: Any) -> None:
    if paper.organisation_id not in scope_of(user, Function.FILE_DOSSIER).organisation_ids:
        raise PermissionDenied(refusal(Function.FILE_DOSSIER))


def _demand_asked(application: Application, kind: str) -> None:
    if application.is_draft:
        return
    asked = application.supplements.filter(
        closed_at__isnull=True, answered_at__isnull=True, items__target=f"document:{kind}"
    )
    if not asked.exists():
        raise ActionRefused(
            [_("The application is filed. Papers can be added only where a supplement asks for them.")]
        )


def _demand_kind(code: str, kind: str, by: Part | None, dossier: Dossier | None = None) -> DocumentKind:
    from law.regimes import Regime

    regime = dossier.regime if dossier else Regime.on(timezone.localdate())
    for known in procedure(code).document_kinds(regime):
        if known.code == kind and (by is None or known.by is by):
            return known
    raise ValidationError({"kind": _("The procedure knows no such paper: %(kind)s.") % {"kind": kind}})


def _replaceable(
    replaces: Document | None, *, application: Application | None = None, dossier: Dossier | None = None
) -> Document | None:
    if replaces is None:
        return None
    same = replaces.application_id == (application.pk if application else None) and (
        application is not None or replaces.dossier_id == (dossier.pk if dossier else None)
    )
    if not same:
        raise ValidationError({"replaces": _("That paper belongs to another dossier.")})
    if Document.objects.filter(replaces=replaces).exists():
        raise ValidationError({"replaces": _("That version was replaced already; replace the newest.")})
    return replaces


def demand_may_add(
    *, user: Any, kind: str, application: Application | None = None, dossier: Dossier | None = None
) -> None:
    """Raise what adding a paper of a kind would raise now, before its file has come in.

    PermissionDenied, ActionRefused (the application takes no papers now) or ValidationError (kind).
    """
    if application is not None:
        if application.organisation_id not in scope_of(user, Function.FILE_DOSSIER).organisation_ids:
            raise PermissionDenied(refusal(Function.FILE_DOSSIER))
        _demand_kind(application.procedure_code, kind, Part.APPLICANT)
        _demand_asked(application, kind)
    elif dossier is not None:
        made_by = _demand_kind(dossier.procedure_code, kind, None, dossier=dossier).by
        if not acts_as(user, made_by, dossier):
            raise PermissionDenied(_("This paper is made by: %(part)s.") % {"part": made_by.label})
