"""Uploads: what may come in, judged by content and not by name, and how it is kept."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.models import StoredFile
from core.scanning import demand_clean

MEGABYTE = 1024 * 1024
MAX_SIZE = 25 * MEGABYTE
# What a small archive may grow to: a document never expands a hundredfold.
_MAX_EXPANDED = 500 * MEGABYTE
_HEAD = 8192


@dataclass(frozen=True)
class FileKind:
    """A kind of file that may be stored: its extension, its media type, and the test of its content."""

    extension: str
    content_type: str
    matches: Callable[[IO[bytes], bytes], bool]


def _starts(*signatures: bytes) -> Callable[[IO[bytes], bytes], bool]:
    return lambda stream, head: head.startswith(signatures)


def _office(part: str) -> Callable[[IO[bytes], bytes], bool]:
    """Recognise an Office Open XML document by its main part; one with macros is refused."""

    def matches(stream: IO[bytes], head: bytes) -> bool:
        names = _names_in_archive(stream, head)
        return part in names and not any(name.lower().endswith("vbaproject.bin") for name in names)

    return matches


def _open_document(media_type: bytes) -> Callable[[IO[bytes], bytes], bool]:
    """Recognise an OpenDocument file by the media type that it states first; one with macros is refused."""

    def matches(stream: IO[bytes], head: bytes) -> bool:
        names = _names_in_archive(stream, head)
        if "mimetype" not in names or any(name.startswith("Basic/") for name in names):
            return False
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive, archive.open("mimetype") as entry:
            return entry.read(200).strip() == media_type

    return matches


def _names_in_archive(stream: IO[bytes], head: bytes) -> set[str]:
    if not head.startswith(b"PK\x03\x04"):
        return set()
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        return set()
    if sum(entry.file_size for entry in entries) > _MAX_EXPANDED:
        return set()
    return {entry.filename for entry in entries}


def _is_text(stream: IO[bytes], head: bytes) -> bool:
    """Recognise text: UTF-8 or UTF-16 with mark, without control characters, and no page or script."""
    text = _decoded(head)
    if text is None or any(ord(char) < 32 and char not in "\t\r\n\f" for char in text):
        return False
    start = text.lstrip("\ufeff \t\r\n").lower()
    return not (start.startswith(("<", "#!", "%pdf", "mz")) or "<script" in start or "<html" in start)


def _is_geojson(stream: IO[bytes], head: bytes) -> bool:
    stream.seek(0)
    try:
        value = json.loads(stream.read().decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return False
    return isinstance(value, dict) and isinstance(value.get("type"), str)


def _is_kml(stream: IO[bytes], head: bytes) -> bool:
    text = (_decoded(head) or "").lower()
    # A document type could name files to be read in; boundaries have no use for one.
    return "<kml" in text and "<!doctype" not in text and "<!entity" not in text and "<script" not in text


def _decoded(head: bytes) -> str | None:
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    # The head may end inside a character, which has up to four bytes.
    for cut in range(4):
        try:
            return head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            if len(head) < _HEAD:
                return None
    return None


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_TEXT = "text/plain; charset=utf-8"
KINDS: dict[str, FileKind] = {
    kind.extension: kind
    for kind in [
        FileKind("pdf", "application/pdf", _starts(b"%PDF-")),
        FileKind("png", "image/png", _starts(b"\x89PNG\r\n\x1a\n")),
        FileKind("jpg", "image/jpeg", _starts(b"\xff\xd8\xff")),
        FileKind("jpeg", "image/jpeg", _starts(b"\xff\xd8\xff")),
        FileKind("docx", f"{_OOXML}.wordprocessingml.document", _office("word/document.xml")),
        FileKind("xlsx", f"{_OOXML}.spreadsheetml.sheet", _office("xl/workbook.xml")),
        FileKind("odt", f"{_ODF}.text", _open_document(f"{_ODF}.text".encode())),
        FileKind("ods", f"{_ODF}.spreadsheet", _open_document(f"{_ODF}.spreadsheet".encode())),
        FileKind("kml", "application/vnd.google-earth.kml+xml", _is_kml),
        FileKind("geojson", "application/geo+json", _is_geojson),
        FileKind("csv", "text/csv; charset=utf-8", _is_text),
        FileKind("txt", _TEXT, _is_text),
    ]
}
DOCUMENTS = ("pdf", "docx", "xlsx", "odt", "ods", "png", "jpg", "jpeg")
BOUNDARIES = ("geojson", "kml", "csv", "txt")


def store_upload(
    upload: UploadedFile, *, user: Any = None, allowed: Iterable[str] = DOCUMENTS, max_size: int = MAX_SIZE
) -> StoredFile:
    """Check an upload, keep it in private storage and return its row, with size in bytes and SHA-256.

    The same file uploaded twice makes two rows with the same hash: each belongs to the act it came with. Raises
    ValidationError, one sentence that names the file, the rule and what to do.
    """
    name = clean_name(upload.name or "")
    kind = check_upload(upload, name=name, allowed=allowed, max_size=max_size)
    return keep_file(upload, name=name, content_type=kind.content_type, user=user)


def keep_file(upload: UploadedFile, *, name: str, content_type: str, user: Any = None) -> StoredFile:
    """Keep a file in private storage whose content was checked already, and return its row.

    Every file passes here, so this is where it is scanned: raises ValidationError for an infected one.
    """
    demand_clean(upload, name=name)
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    stored = StoredFile(
        name=name,
        content_type=content_type,
        size=upload.size or 0,
        sha256=digest.hexdigest(),
        uploaded_by=user if getattr(user, "is_authenticated", False) else None,
    )
    stored.file.save(name, upload, save=False)
    stored.save()
    return stored


def check_upload(
    upload: UploadedFile, *, name: str = "", allowed: Iterable[str] = DOCUMENTS, max_size: int = MAX_SIZE
) -> FileKind:
    """Return the kind of an upload, or raise ValidationError if it may not come in."""
    name = name or clean_name(upload.name or "")
    allowed = tuple(allowed)
    facts = {"name": name}
    extension = check_beginning(name, upload.size or 0, allowed=allowed, max_size=max_size)
    upload.seek(0)
    head = upload.read(_HEAD)
    if not KINDS[extension].matches(upload, head):
        raise ValidationError(
            _(
                "The content of “%(name)s” is not that of a .%(extension)s file, or it contains macros or scripts. "
                "Open it in its program and save it again."
            )
            % {**facts, "extension": extension},
            code="content",
        )
    if extension == "pdf" and _names_one_of(upload, b"/JavaScript", b"/Launch"):
        raise ValidationError(
            _(
                "“%(name)s” runs a script or starts a program when it is opened. Print it to a new PDF and choose "
                "that one."
            )
            % facts,
            code="active",
        )
    # A signature is no encryption dictionary.
    if extension == "pdf" and _names_one_of(upload, b"/Encrypt"):
        raise ValidationError(
            _(
                "“%(name)s” is protected by a password. Save it without a password so that colleagues can read it."
            )
            % facts,
            code="encrypted",
        )
    return KINDS[extension]


def check_beginning(
    name: str, size: int, *, allowed: Iterable[str] = DOCUMENTS, max_size: int = MAX_SIZE
) -> str:
    """Return the extension of a file known by name and size (bytes) alone, or raise ValidationError."""
    allowed = tuple(allowed)
    facts = {"name": name, "kinds": ", ".join(f".{extension}" for extension in allowed)}
    if size <= 0:
        raise ValidationError(_("“%(name)s” is empty. Choose the file again.") % facts, code="empty")
    if size > max_size:
        facts |= {"size": _megabytes(size), "limit": _megabytes(max_size)}
        raise ValidationError(
            _(
                "“%(name)s” has %(size)s MB; at most %(limit)s MB are taken. Split it or scan it more coarsely."
            )
            % facts,
            code="too_large",
        )
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    if extension not in allowed or extension not in KINDS:
        raise ValidationError(
            _("“%(name)s” is of a kind that is not taken here. Save it as one of %(kinds)s.") % facts,
            code="kind",
        )
    return extension


def clean_name(name: str) -> str:
    """Return the file's own name: no folders, no control characters, at most 255 characters with its extension."""
    bare = PurePosixPath(PureWindowsPath(name).name).name
    bare = "".join(char for char in bare if char.isprintable()).strip(" .") or "file"
    path = PurePosixPath(bare)
    return path.stem[: 255 - len(path.suffix)] + path.suffix[:255]


def _names_one_of(upload: UploadedFile, *words: bytes) -> bool:
    """Say whether one of the words stands in the plain bytes of a file (not inside a compressed stream)."""
    tail = b""
    upload.seek(0)
    for chunk in upload.chunks():
        if any(word in tail + chunk for word in words):
            return True
        tail = chunk[-16:]
    return False


def _megabytes(size: int) -> str:
    return str(number_format(round(size / MEGABYTE, 1), decimal_pos=1, use_l10n=True))
