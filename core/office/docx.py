"""Word drafts: a model document filled with facts."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, UndefinedError
from lxml import etree

from core.office.markup import Misuse, Use, environment, read_uses, safe
from core.office.packages import Package, open_package, refused

_TEXT_TYPES = ("document.main+xml", "header+xml", "footer+xml", "footnotes+xml")
# What the libraries stumble over in a document whose parts do not fit together.
_DAMAGE = (etree.XMLSyntaxError, ValueError, LookupError, AttributeError, TypeError, OpcError)
_STRICT = etree.XMLParser(resolve_entities=False, no_network=True)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_docx(model: bytes | Path, context: dict[str, Any]) -> bytes:
    """Return the model document filled with ``context``: texts, booleans, lists and dicts of them.

    Texts come out as they are, whatever stands in them. The same model and context give the same bytes. Raises
    ModelRefused when the model may not come in, uses more of the template language than it may (see
    :mod:`core.office.markup`), or asks for a placeholder that is not in the context.
    """
    content = _checked_file(model, model.stat().st_mtime_ns) if isinstance(model, Path) else _checked(model)
    return fill(content, context)


def fill(content: bytes, context: dict[str, Any]) -> bytes:
    """Return a model document whose uses were looked at, filled as :func:`render_docx` does."""
    template = _Template(io.BytesIO(content))
    try:
        template.render(safe(context), environment(), autoescape=True)
        _mend(template.docx.element.body)
        out = io.BytesIO()
        template.save(out)
    except UndefinedError as error:
        raise refused("unknown", written=error.message) from error
    except (TemplateError, *_DAMAGE) as error:
        raise refused("structure") from error
    return without_time(out.getvalue())


@dataclass(frozen=True)
class Texts:
    """What a model document says: the parts that are filled, each with its name and its XML, and its properties."""

    parts: tuple[tuple[str, str], ...]
    properties: tuple[str, ...]


class _Template(DocxTemplate):
    """Takes nothing that is not well formed; the library would repair it silently and lose text."""

    def render_xml_part(self, *args: Any, **options: Any) -> str:
        xml: str = super().render_xml_part(*args, **options)
        etree.fromstring(xml.encode(), _STRICT)
        return xml


def placeholders(model: bytes | Path) -> set[str]:
    """Return the paths a model document asks for: ``name``, ``group.name``, ``list[]``, ``list[].name``.

    Raises ModelRefused when the model may not come in or uses more than placeholders.
    """
    found = _allowed_uses(read(open_package(_bytes(model))))
    shown = {use.path for use in found if not use.is_condition}
    asked = {use.path for use in found if use.is_condition}
    return shown | {path for path in asked if f"{path}[]" not in shown}


@lru_cache(maxsize=64)
def _checked_file(model: Path, _changed: int) -> bytes:
    """Return the bytes of a model that ships with the portal, looked at once as long as the file stays the same."""
    return _checked(model.read_bytes())


def _checked(content: bytes) -> bytes:
    package = open_package(content)
    _allowed_uses(read(package))
    return package.content


def _allowed_uses(texts: Texts) -> list[Use]:
    """Return what the document uses. Raises ModelRefused when that is more than it may."""
    found = []
    for use in uses(texts):
        if isinstance(use, Misuse):
            raise refused("markup", written=use.written or "{% %}", reason=use.reason)
        found.append(use)
    return found


def uses(texts: Texts) -> Iterator[Use | Misuse]:
    """Yield what every part of the document uses, in the order of the page."""
    template = DocxTemplate(io.BytesIO())
    for _name, xml in texts.parts:
        yield from read_uses(template.patch_xml(xml))
    for text in texts.properties:
        if "{" in text:
            yield Misuse(
                text, _("The properties of the document (title, author, comments) hold no placeholders.")
            )


def read(package: Package) -> Texts:
    """Read a document once for all that is asked about it. Raises ModelRefused for damage."""
    try:
        document = DocxTemplate(io.BytesIO(package.content)).get_docx()
        parts = tuple(
            (str(part.partname), _xml(part))
            for part in document.part.package.iter_parts()
            if part.content_type.endswith(_TEXT_TYPES)
        )
        core = document.core_properties
        properties = (core.author, core.comments, core.identifier, core.language, core.subject, core.title)
    except _DAMAGE as fault:
        raise refused("kind") from fault
    return Texts(parts, properties)


def without_time(content: bytes) -> bytes:
    """Return a packed document with the time of writing taken out, so that equal content is equal bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(entry))
    return out.getvalue()


def _mend(body: Any) -> None:
    """Give every cell the paragraph Word insists on, and take away tables that lost all their rows."""
    for cell in body.iter(qn("w:tc")):
        if len(cell) == 0 or cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))
    for table in list(body.iter(qn("w:tbl"))):
        if table.find(qn("w:tr")) is None:
            table.getparent().remove(table)


def _xml(part: Part) -> str:
    text: str = etree.tostring(parse_xml(part.blob), encoding="unicode")
    return text


def _bytes(model: bytes | Path) -> bytes:
    return model.read_bytes() if isinstance(model, Path) else model
