"""Uploads piece by piece, as JSON: start, pieces, state, finish. The rules stand in ``dossiers.services.uploads``."""

import json
import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import SignedInRequest
from dossiers.models import Application, Document, Dossier, Upload
from dossiers.services import uploads

#: The status of a piece that does not follow on what is there.
CONFLICT = 409
TOO_LARGE = 413


def answers_json(view: Callable[..., JsonResponse]) -> Callable[..., HttpResponseBase]:
    """Turn refusals into ``{"errors": [sentences]}``: 400, or 403; a wrong offset into 409 with the right one."""

    @login_required
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except uploads.WrongOffset as wrong:
            return JsonResponse({"errors": wrong.messages, "received": wrong.received}, status=CONFLICT)
        except ValidationError as error:
            return JsonResponse({"errors": error.messages}, status=400)
        except PermissionDenied as error:
            return JsonResponse({"errors": [str(error)]}, status=403)
        except (Upload.DoesNotExist, Http404):
            return JsonResponse({"errors": [_("There is no such upload or dossier.")]}, status=404)

    return answered


@require_POST
@answers_json
def start(request: SignedInRequest) -> JsonResponse:
    """Begin an upload, or find the one begun before.

    Body (JSON or a form): ``application`` (key) or ``dossier`` (code), ``kind``, ``variety``, ``name``, ``size``
    (bytes), ``modified``. Answer: ``key``, ``received`` (bytes), ``piece`` (most bytes of one piece).
    """
    asked = _body(request)
    application, dossier = None, None
    if asked.get("application"):
        own = Application.objects.of(request.user)
        application = get_object_or_404(own, pk=_whole(asked["application"]))
    else:
        seen = Dossier.objects.visible_to(request.user)
        dossier = get_object_or_404(seen, code=str(asked.get("dossier") or ""))
    upload = uploads.start_upload(
        user=request.user,
        kind=str(asked.get("kind") or ""),
        variety=str(asked.get("variety") or "")[:40],
        name=str(asked.get("name") or ""),
        size=_whole(asked.get("size")),
        modified=str(asked.get("modified") or "")[:40],
        application=application,
        dossier=dossier,
    )
    return _state(upload)


@require_POST
@answers_json
def piece(request: SignedInRequest, key: uuid.UUID) -> JsonResponse:
    """Take the bytes of the body from ``?offset=`` on. Answer: ``received``; 409 with the right one for another."""
    length = _whole(request.META.get("CONTENT_LENGTH") or 0)
    if length > uploads.PIECE_SIZE:
        return JsonResponse({"errors": [_("The piece is too large.")]}, status=TOO_LARGE)
    upload = uploads.add_piece(
        key=key, user=request.user, offset=_whole(request.GET.get("offset")), content=request.body
    )
    return _state(upload)


@require_GET
@answers_json
def state(request: SignedInRequest, key: uuid.UUID) -> JsonResponse:
    """Say how much of an upload is there."""
    return _state(uploads.upload_of(key=key, user=request.user))


@require_POST
@answers_json
def finish(request: SignedInRequest, key: uuid.UUID) -> JsonResponse:
    """Make the whole file a document.

    Body (JSON or a form), all of it optional: ``sha256``, ``replaces`` (key of the document it takes
    the place of), ``title``, ``number``, ``dated``. Answer: ``document`` (key), ``name``, ``size``, ``sha256``,
    ``kind``, ``variety``, ``version``.
    """
    asked = _body(request)
    described: dict[str, Any] = {
        name: str(asked[name]).strip()[:most]
        for name, most in (("title", 255), ("number", 80))
        if asked.get(name)
    }
    if asked.get("dated"):
        described["dated"] = _day(str(asked["dated"]))
    if asked.get("replaces"):
        rows = Document.objects.visible_to(request.user)
        described["replaces"] = get_object_or_404(rows, pk=_whole(asked["replaces"]))
    document = uploads.finish_upload(
        key=key, user=request.user, sha256=str(asked.get("sha256") or ""), **described
    )
    return JsonResponse(
        {
            "document": document.pk,
            "name": document.file.name,
            "size": document.file.size,
            "sha256": document.file.sha256,
            "kind": document.kind,
            "variety": document.variety,
            "version": document.version,
        }
    )


def _state(upload: Upload) -> JsonResponse:
    return JsonResponse(
        {
            "key": str(upload.key),
            "received": upload.received,
            "size": upload.size,
            "name": upload.name,
            "piece": uploads.PIECE_SIZE,
        }
    )


def _body(request: HttpRequest) -> Mapping[str, Any]:
    """Return the JSON object in the body, or the fields of a form; an empty body is an empty object."""
    if request.content_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return request.POST
    try:
        asked = json.loads(request.body or b"{}")
    except ValueError as error:
        raise ValidationError(_("The request is not understood.")) from error
    if not isinstance(asked, dict):
        raise ValidationError(_("The request is not understood."))
    return asked


def _whole(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValidationError(_("The request is not understood.")) from error
    # Larger than any key or file there is; the database would refuse it with an error of its own.
    if not 0 <= number < 2**53:
        raise ValidationError(_("The request is not understood."))
    return number


def _day(value: str) -> Any:
    try:
        day = parse_date(value)
    except ValueError:
        day = None
    if day is None:
        raise ValidationError({"dated": _("Enter a date that exists.")})
    return day
