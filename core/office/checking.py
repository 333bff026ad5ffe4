"""Judging a model document that somebody uploads in place of the portal's own."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from core.office.docx import Texts, fill, read, uses
from core.office.markup import Misuse, Use
from core.office.packages import MAX_SIZE, ModelRefused, Package, open_package, refused

_TAG = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.DOTALL)
# Tags that Word models of this kind know elsewhere, and that would put text where no text can stand.
_RAW = re.compile(r"\{\{\s*(?:p|r|tr|tc)\s")
_SAMPLE = "Mẫu"


@dataclass(frozen=True)
class Problem:
    """One thing to mend in a model document: where, what stands there, the nearest known name, and a sentence."""

    place: str
    written: str
    nearest: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class _Paragraph:
    place: str
    text: str

    @property
    def tags(self) -> list[str]:
        return [first or second for first, second in _TAG.findall(self.text)]


def check_model(upload: IO[bytes], allowed: Mapping[str, Any]) -> list[Problem]:
    """Return what has to be mended before the document can serve as a model; an empty list means it can.

    ``allowed`` names the placeholders as :func:`core.office.facts.declared` does. Raises ModelRefused, one sentence,
    for a file that is no Word document, is hostile, or grows beyond measure.
    """
    upload.seek(0)
    package = open_package(upload.read(MAX_SIZE + 1))
    texts = read(package)
    paragraphs = list(_paragraphs(texts))
    problems = [
        _problem(
            paragraph.place, paragraph.text, "", _("Write {{ name }} without a letter after the braces.")
        )
        for paragraph in paragraphs
        if _RAW.search(paragraph.text)
    ]
    for found in dict.fromkeys(uses(texts)):
        if isinstance(found, Misuse):
            place = _places(paragraphs, found.written)[0]
            problems.append(_problem(place, found.written, "", str(found.reason)))
        elif not _is_known(found, allowed):
            nearest = _nearest(found, allowed)
            for place in _places(paragraphs, found.written):
                problems.append(_unknown(place, found, nearest, allowed))
    if not problems:
        _try_out(package, allowed)
    return problems


def _is_known(use: Use, allowed: Mapping[str, Any]) -> bool:
    return use.path in allowed or (use.is_condition and f"{use.path}[]" in allowed)


def _nearest(use: Use, allowed: Mapping[str, Any]) -> str:
    """Return the path of the known placeholder whose name is most like the unknown one, or ""."""
    close = difflib.get_close_matches(use.path, list(allowed), n=1, cutoff=0.5)
    if not close:
        last = {path.rpartition(".")[2]: path for path in allowed}
        names = difflib.get_close_matches(use.path.rpartition(".")[2], list(last), n=1, cutoff=0.6)
        close = [last[name] for name in names]
    return close[0] if close else ""


def _unknown(place: str, use: Use, nearest: str, allowed: Mapping[str, Any]) -> Problem:
    facts = {"place": place, "written": use.written, "nearest": nearest, "label": allowed.get(nearest, "")}
    message = _("%(place)s: “%(written)s” is not a placeholder of this paper.") % facts
    if nearest:
        message += " " + _("The nearest one is “%(nearest)s” (%(label)s).") % facts
    return Problem(place, use.written, nearest, message)


def _problem(place: str, written: str, nearest: str, reason: str) -> Problem:
    return Problem(place, written, nearest, f"{place}: {reason}")


def _places(paragraphs: list[_Paragraph], written: str) -> list[str]:
    """Return where the name stands in a tag, or one general place."""
    name = re.compile(rf"(?<![\w.]){re.escape(written)}(?![\w.])") if written else None
    found = [p.place for p in paragraphs if name and any(name.search(tag) for tag in p.tags)]
    return list(dict.fromkeys(found)) or [_("In the document")]


def _paragraphs(texts: Texts) -> Iterator[_Paragraph]:
    for part, xml in texts.parts:
        root = parse_xml(xml)
        tables = list(root.iter(qn("w:tbl")))
        plain = 0
        for paragraph in root.iter(qn("w:p")):
            text = "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))
            row = next(paragraph.iterancestors(qn("w:tr")), None)
            if row is not None:
                table = next(row.iterancestors(qn("w:tbl")))
                facts = {"table": tables.index(table) + 1, "row": table.findall(qn("w:tr")).index(row) + 1}
                place = _("Table %(table)s, row %(row)s") % facts
            else:
                plain += bool(text.strip())
                place = _("Paragraph %(number)s") % {"number": plain}
            yield _Paragraph(_in_part(part, place), text)


def _in_part(part: str, place: str) -> str:
    for name, where in (
        ("header", _("Page header")),
        ("footer", _("Page footer")),
        ("footnotes", _("Footnotes")),
    ):
        if name in part:
            return f"{where}, {place}"
    return place


def _try_out(package: Package, allowed: Mapping[str, Any]) -> None:
    """Fill the model once with samples: what cannot be filled is told now and not on the day it is needed."""
    try:
        fill(package.content, _sample(allowed))
    except ModelRefused as error:
        raise refused("structure") from error


def _sample(allowed: Mapping[str, Any]) -> dict[str, Any]:
    """Return a context with a text for every placeholder and two rows in every list."""
    context: dict[str, Any] = {}
    for path in sorted(allowed):
        first, dot, _rest = path.partition(".")
        name = first.removesuffix("[]")
        if not dot:
            inner = {p.partition(".")[2]: "" for p in allowed if p.startswith(f"{first}.")}
            value: Any = _sample(inner) if inner else _SAMPLE
            context[name] = [value, value] if first.endswith("[]") else value
        elif name not in context:
            context[name] = _sample({p.partition(".")[2]: "" for p in allowed if p.startswith(f"{first}.")})
    return context
