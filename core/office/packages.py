"""What of a Word document may not come in, told before anything in it is read by Word's rules."""

import io
import re
import zipfile
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
MAX_SIZE = 5 * MEGABYTE
MAX_EXPANDED = 30 * MEGABYTE
MAX_TEXT = 3 * MEGABYTE
MAX_PARTS = 500
MAX_RATIO = 200
# A placeholder needs four braces; a form with more than a thousand of them is a mistake or an attack.
MAX_BRACES = 5_000
_MAIN = "word/document.xml"
_ACTIVE = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|\.(?:bin|exe|dll|js|vbs|html?|mht)$", re.I
)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_OUTSIDE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.I)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.I)
# Fields that fetch or run something when the document is opened.
_FETCHING = re.compile(
    rb"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|AUTOTEXT|MACROBUTTON)\b"
)
_INSTRUCTION = re.compile(
    rb"<w:instrText\b[^>]*>([^<]*)</w:instrText>|<w:fldSimple\b[^>]*w:instr\s*=\s*[\"']([^\"']*)"
)


class ModelRefused(ValidationError):
    """The model document is not taken; ``code`` names the rule and the message tells a person what to do."""


@dataclass(frozen=True)
class Package:
    """A Word document that passed the door: its bytes and its XML parts by name."""

    content: bytes
    parts: dict[str, bytes]


def open_package(content: bytes) -> Package:
    """Return the parts of a Word document. Raises ModelRefused for one that may not come in."""
    if len(content) > MAX_SIZE:
        raise refused("size", limit=MAX_SIZE // MEGABYTE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_list(entries)
            parts = {
                entry.filename: archive.read(entry)
                for entry in entries
                if entry.filename.lower().endswith((".xml", ".rels"))
            }
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, RuntimeError) as fault:
        raise refused("kind") from fault
    _check_parts(parts)
    return Package(content, parts)


def refused(code: str, **facts: object) -> ModelRefused:
    """Return the refusal ``code``, to be raised."""
    return ModelRefused(_sentence(code) % facts, code=code)


def _check_list(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if _MAIN not in names or "[Content_Types].xml" not in names or len(set(names)) != len(names):
        raise refused("kind")
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise refused("kind")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused("password")
    if any(_ACTIVE.search(name) for name in names):
        raise refused("active")
    too_dense = any(
        entry.file_size > MEGABYTE and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if too_dense or len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_EXPANDED:
        raise refused("bomb", limit=MAX_EXPANDED // MEGABYTE)


def _check_parts(parts: dict[str, bytes]) -> None:
    for name, part in parts.items():
        # A declaration in another encoding would hide from the searches below; Word writes UTF-8.
        if part.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")):
            raise refused("kind")
        if _DECLARATION.search(part):
            raise refused("active")
        if name.endswith(".rels"):
            links = [link for link in _OUTSIDE.findall(part) if not _HYPERLINK.search(link)]
            if links or b"/aFChunk" in part or b"/attachedTemplate" in part:
                raise refused("links")
        elif name.startswith("word/"):
            _check_text(part)


def _check_text(part: bytes) -> None:
    if len(part) > MAX_TEXT or part.count(b"{") > MAX_BRACES:
        raise refused("long", limit=MAX_TEXT // MEGABYTE)
    instructions = b"".join(simple or inner for inner, simple in _INSTRUCTION.findall(part))
    if _FETCHING.search(instructions.upper()):
        raise refused("links")


def _sentence(code: str) -> str:
    return {
        "kind": _("This is no Word document that can be read. Save it as .docx in Word and choose it again."),
        "size": _(
            "The model document has more than %(limit)s MB. Remove pictures from it and choose it again."
        ),
        "password": _(
            "The model document is protected by a password. Remove the password and save it again."
        ),
        "active": _(
            "The model document contains macros, embedded objects or declarations that a paper does not need. "
            "Copy its text into a new document and save that as .docx."
        ),
        "bomb": _(
            "The model document grows beyond measure when unpacked (at most %(limit)s MB). "
            "Copy its text into a new document and save that."
        ),
        "links": _(
            "The model document takes content from elsewhere (linked template, picture, object or field). "
            "Break the links in Word and save it again."
        ),
        "long": _(
            "The model document has a part with more than %(limit)s MB of text or thousands of braces. "
            "Keep only what one paper needs."
        ),
        "markup": _("The model document uses “%(written)s”. %(reason)s"),
        "unknown": _("The model document asks for “%(written)s”, which this paper does not have."),
        "structure": _(
            "The model document cannot be filled: a repetition or condition begins in one place of the page and ends "
            "in another. Put {%%tr … %%} into table rows of their own and {%%p … %%} into paragraphs of their own."
        ),
    }[code]
