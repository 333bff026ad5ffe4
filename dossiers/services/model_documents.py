"""A department's own model documents: taken in after a check, used in place of the portal's, kept when replaced."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.permissions import refusal
from accounts.roles import Function, OrganisationKind
from accounts.scope import scope_of
from core.files import check_upload, store_upload
from core.history import because
from core.office.checking import Problem, check_model
from core.office.packages import MAX_SIZE
from dossiers.models import ModelDocument
from dossiers.papers.catalogue import paper_kind

_TAKEN = ("docx",)


class ModelHasProblems(ValidationError):
    """A model document asks for what the paper does not have; ``problems`` are all of them, each with its place."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__({"file": [str(problem) for problem in problems]})


def own_model(kind: str, province_id: int | None) -> ModelDocument | None:
    """Return the model that the department of a province uses for a kind of paper, or None for the portal's."""
    return (
        ModelDocument.objects.filter(
            kind=kind,
            ended_at__isnull=True,
            organisation__kind=OrganisationKind.DEPARTMENT,
            organisation__province_id=province_id or 0,
            organisation__is_active=True,
        )
        .select_related("file", "organisation")
        .order_by("organisation_id")
        .first()
    )


def content_of(model: ModelDocument | None) -> bytes | None:
    """Return the bytes of a model, None for none."""
    if model is None:
        return None
    with model.file.file.open("rb") as stored:
        content: bytes = stored.read()
    return content


@transaction.atomic
def replace_model(*, organisation: Organisation, kind: str, upload: UploadedFile, user: Any) -> ModelDocument:
    """Use a department's own document as the model of a kind of paper; the one before is kept with its days.

    Raises LookupError for an unknown kind, PermissionDenied, ValidationError for a file that may not come in (one
    sentence), and ModelHasProblems naming each unknown placeholder with its place and the nearest known one.
    """
    _demand(user, organisation)
    allowed = paper_kind(kind).placeholders()
    check_upload(upload, allowed=_TAKEN, max_size=MAX_SIZE)
    if problems := check_model(upload, allowed):
        raise ModelHasProblems(problems)
    # Two leaders at once: the second waits here and replaces the first one's.
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    stored = store_upload(upload, user=user, allowed=_TAKEN, max_size=MAX_SIZE)
    with because(_("own model document taken into use")):
        for before in ModelDocument.objects.in_use(organisation).filter(kind=kind).order_by("pk"):
            before.ended_at = timezone.now()
            before.save()
        return ModelDocument.objects.create(organisation=organisation, kind=kind, file=stored, added_by=user)


@transaction.atomic
def withdraw_model(*, model: ModelDocument, user: Any) -> ModelDocument:
    """Go back to the portal's model; the department's own is kept. One that is not in use stays as it is."""
    _demand(user, model.organisation)
    locked = ModelDocument.objects.select_for_update(of=("self",)).get(pk=model.pk)
    if locked.ended_at is None:
        locked.ended_at = timezone.now()
        with because(_("back to the portal's model document")):
            locked.save()
    return locked


def _demand(user: Any, organisation: Organisation) -> None:
    if organisation.pk not in scope_of(user, Function.KEEP_MODEL_DOCUMENTS).organisation_ids:
        raise PermissionDenied(refusal(Function.KEEP_MODEL_DOCUMENTS))
