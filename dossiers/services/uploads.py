"""Files that come in piece by piece: a lost connection goes on where it stopped, a whole file becomes a document.

The pieces lie in private storage under ``uploads/<key>/``, each named by its first byte, until the whole file is
checked and kept like any other upload. What nobody finished is removed after some days.
"""

import datetime as dt
import hashlib
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.files import DOCUMENTS, MAX_SIZE, MEGABYTE, check_beginning, clean_name
from dossiers.models import Application, Document, Dossier, Upload
from dossiers.services.documents import TAKEN, add_application_paper, add_authority_paper, demand_may_add

#: The most bytes of one piece.
PIECE_SIZE = 5 * MEGABYTE
#: Uploads that one person may have under way at once.
MOST_AT_ONCE = 20
#: What was not touched for so long is given up.
GIVEN_UP_AFTER = dt.timedelta(days=3)
_FOLDER = "uploads"
_KEYS = uuid.UUID("5b1f62a8-0f0b-4c1e-9a53-6b1d6c1d7a10")


class WrongOffset(ValidationError):
    """A piece that does not follow on what is there; ``received`` is where to go on (bytes)."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(_("The upload goes on at byte %(offset)s.") % {"offset": received})


@transaction.atomic
def start_upload(
    *,
    user: Any,
    kind: str,
    name: str,
    size: int,
    application: Application | None = None,
    dossier: Dossier | None = None,
    variety: str = "",
    modified: str = "",
) -> Upload:
    """Begin an upload of ``size`` bytes, or find the one begun before for the same file in the same place.

    Give one of ``application`` and ``dossier``. ``modified`` is what the browser knows of the file's last change, so
    that a changed file starts anew. Raises ValidationError (name, size, kind, too many at once), ActionRefused,
    PermissionDenied before a byte is sent.
    """
    demand_may_add(user=user, kind=kind, application=application, dossier=dossier)
    name = clean_name(name)
    check_beginning(name, size, allowed=TAKEN if application else DOCUMENTS, max_size=MAX_SIZE)
    place = f"application:{application.pk}" if application else f"dossier:{dossier.pk if dossier else 0}"
    key = uuid.uuid5(_KEYS, "\n".join((str(user.pk), place, kind, variety, name, str(size), modified)))
    found = Upload.objects.filter(key=key, user=user).first()
    if found is not None:
        return found
    if Upload.objects.filter(user=user).count() >= MOST_AT_ONCE:
        raise ValidationError(
            _("You have %(count)s uploads under way: let them finish before you start another.")
            % {"count": MOST_AT_ONCE}
        )
    made, _created = Upload.objects.get_or_create(
        key=key,
        defaults={
            "user": user,
            "application": application,
            "dossier": dossier,
            "kind": kind,
            "variety": variety,
            "name": name,
            "size": size,
        },
    )
    return made


@transaction.atomic
def add_piece(*, key: uuid.UUID, user: Any, offset: int, content: bytes) -> Upload:
    """Keep the bytes from ``offset`` on; return the upload with what is received now.

    Raises Upload.DoesNotExist for a key that is not the person's, WrongOffset for a piece that does not follow, and
    ValidationError for one that is empty, too large, or goes past the size that was announced.
    """
    upload = _own(key, user)
    if offset != upload.received:
        raise WrongOffset(upload.received)
    if not content:
        raise ValidationError(_("The piece is empty."))
    if len(content) > PIECE_SIZE:
        raise ValidationError(
            _("A piece has at most %(limit)s MB.") % {"limit": number_format(PIECE_SIZE // MEGABYTE)}
        )
    if offset + len(content) > upload.size:
        raise ValidationError(
            _("“%(name)s” is larger than was announced. Choose the file again.") % {"name": upload.name}
        )
    path = _path(upload, offset)
    # A piece kept by a request that died before its row was written is replaced.
    default_storage.delete(path)
    default_storage.save(path, ContentFile(content))
    upload.received = offset + len(content)
    upload.save()
    return upload


def finish_upload(*, key: uuid.UUID, user: Any, sha256: str = "", **described: Any) -> Document:
    """Check the whole file by its content and add it as a document; return it.

    ``sha256``, if the browser computed it, must be that of what arrived. ``described``: title, number, dated, copies,
    is_original, replaces. Raises Upload.DoesNotExist, WrongOffset while bytes are missing, and what
    ``add_application_paper`` and ``add_authority_paper`` raise; a refused file is dropped, its upload begins anew.
    """
    try:
        with transaction.atomic():
            upload = _own(key, user)
            if upload.received != upload.size:
                raise WrongOffset(upload.received)
            document = _keep(upload, user, sha256, described)
            upload.delete()
    except WrongOffset:
        raise
    except (ValidationError, PermissionDenied):
        drop_upload(key=key, user=user)
        raise
    _remove_pieces(key)
    return document


def upload_of(*, key: uuid.UUID, user: Any) -> Upload:
    """Return a person's own upload; raise Upload.DoesNotExist for any other."""
    return Upload.objects.get(key=key, user=user)


def drop_upload(*, key: uuid.UUID, user: Any) -> None:
    """Give an upload up with all its pieces."""
    Upload.objects.filter(key=key, user=user).delete()
    _remove_pieces(key)


def remove_stale(*, now: dt.datetime | None = None) -> int:
    """Remove uploads nobody finished, and pieces whose upload is gone; return how many."""
    now = now or timezone.now()
    stale = list(
        Upload.objects.filter(touched_at__lt=now - GIVEN_UP_AFTER).order_by("pk").values_list("pk", flat=True)
    )
    Upload.objects.filter(pk__in=stale).delete()
    kept = {key.hex for key in Upload.objects.order_by("pk").values_list("key", flat=True)}
    folders = set(_listed(_FOLDER)[0]) - kept
    for folder in sorted(folders):
        _remove_pieces(uuid.UUID(folder))
    return max(len(stale), len(folders))


def _own(key: uuid.UUID, user: Any) -> Upload:
    return (
        Upload.objects.select_for_update(of=("self",))
        .select_related("application", "dossier")
        .get(key=key, user=user)
    )


def _keep(upload: Upload, user: Any, sha256: str, described: dict[str, Any]) -> Document:
    digest = hashlib.sha256()
    with TemporaryUploadedFile(upload.name, "application/octet-stream", upload.size, None) as whole:
        for path in _pieces(upload.key):
            with default_storage.open(path, "rb") as piece:
                content = piece.read()
            digest.update(content)
            whole.write(content)
        whole.seek(0)
        if sha256 and sha256.lower() != digest.hexdigest():
            raise ValidationError(
                _("“%(name)s” did not arrive as it is on your computer. Choose the file again.")
                % {"name": upload.name},
                code="damaged",
            )
        if upload.application is not None:
            return add_application_paper(
                application=upload.application,
                kind=upload.kind,
                variety=upload.variety,
                user=user,
                upload=whole,
                **described,
            )
        assert upload.dossier is not None  # an upload is for one of the two
        return add_authority_paper(
            dossier=upload.dossier, kind=upload.kind, user=user, upload=whole, **described
        )


def _path(upload: Upload, offset: int) -> str:
    return f"{_FOLDER}/{upload.key.hex}/{offset:012d}"


def _pieces(key: uuid.UUID) -> list[str]:
    """List the pieces in the order of their bytes."""
    folder = f"{_FOLDER}/{key.hex}"
    return [f"{folder}/{name}" for name in sorted(_listed(folder)[1])]


def _remove_pieces(key: uuid.UUID) -> None:
    for path in _pieces(key):
        default_storage.delete(path)
    # Stores without folders have nothing to remove here.
    if default_storage.exists(f"{_FOLDER}/{key.hex}"):
        default_storage.delete(f"{_FOLDER}/{key.hex}")


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """Return the folders and files in a folder; none where nothing was ever uploaded."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
