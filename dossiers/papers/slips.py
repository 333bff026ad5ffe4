"""Slips as PDF: the receipt that the applicant takes home and the control sheet that travels with the dossier."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from core.office import vietnamese as vi
from core.office.facts import GAP, Head, Signature, context
from core.office.pdf import render_pdf
from core.office.qr import qr_svg
from dossiers.papers.wording import CONTROL, RECEIPT, Words

TEMPLATES = Path(__file__).parent / "templates"
Language = Literal["vi", "en"]


@dataclass(frozen=True, kw_only=True)
class ReceivedPaper:
    """One document on the receipt; size in bytes, None for paper, SHA-256 in hexadecimal."""

    name: str
    kind: Literal["original", "copy", "electronic"] = "electronic"
    copies: int = 1
    size: int | None = None
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptSlip:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả.

    Moments are aware and printed in the zone they carry. ``due`` is a moment, or a day when no hour is promised, or
    None where no appointment can be given yet. ``trace`` and ``regime`` come in the language of the slip.
    ``tracking_url`` is what the QR code says, ``tracking_page`` what people type.
    """

    head: Head
    code: str
    secret: str
    tracking_url: str
    tracking_page: str
    applicant: str
    procedure: str
    received: dt.datetime
    unit: str = ""
    address: str = ""
    telephone: str = ""
    email: str = ""
    content: str = ""
    regime: str = ""
    papers: Sequence[ReceivedPaper] = ()
    sets: int | None = None
    limit: str = ""
    due: dt.datetime | dt.date | None = None
    trace: Sequence[str] = ()
    return_method: str = ""
    filer: str = ""
    receiver: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlledStep:
    """One row of the control sheet; ``result`` is empty while the step runs, ``days`` counts off the due day."""

    name: str
    unit: str = ""
    person: str = ""
    received: dt.datetime | None = None
    due: dt.date | None = None
    ended: dt.datetime | None = None
    result: Literal["early", "on_time", "late", ""] = ""
    days: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlSheet:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: one row a step, in the order of work."""

    head: Head
    code: str
    tracking_url: str
    applicant: str
    procedure: str
    received: dt.datetime
    regime: str = ""
    due: dt.datetime | dt.date | None = None
    steps: Sequence[ControlledStep] = ()
    trace: Sequence[str] = ()
    signature: Signature = field(default_factory=Signature)


def receipt_pdf(slip: ReceiptSlip, language: Language = "vi") -> bytes:
    """Return the receipt slip as PDF; the English one is a copy for the reader, without the force of a paper."""
    words = RECEIPT[language]
    data = {
        **_frame(slip.head, slip.tracking_url, words, language),
        **_texts(slip, "code", "secret", "tracking_page", "applicant", "procedure", "unit", "address"),
        **_texts(
            slip, "telephone", "email", "content", "regime", "limit", "return_method", "filer", "receiver"
        ),
        "sets": GAP if slip.sets is None else vi.count_vi(slip.sets),
        "received": _when(slip.received, language),
        "due": _when(slip.due, language),
        "trace": list(slip.trace),
        "papers": [
            {
                "no": str(number),
                "name": paper.name,
                "kind": words[paper.kind],
                "copies": vi.count_vi(paper.copies),
                "size": "" if paper.size is None else _size(paper.size, language),
                "sha256": paper.sha256,
            }
            for number, paper in enumerate(slip.papers, 1)
        ],
    }
    return render_pdf(TEMPLATES / "receipt.typ", data)


def control_sheet_pdf(sheet: ControlSheet) -> bytes:
    """Return the control sheet as PDF."""
    data = {
        **_frame(sheet.head, sheet.tracking_url, CONTROL, "vi"),
        **_texts(sheet, "code", "applicant", "procedure", "regime"),
        "received": _when(sheet.received, "vi"),
        "due": _when(sheet.due, "vi"),
        "trace": list(sheet.trace),
        "signature": context(sheet.signature),
        "steps": [_step(number, step) for number, step in enumerate(sheet.steps, 1)],
    }
    return render_pdf(TEMPLATES / "control_sheet.typ", data)


def _step(number: int, step: ControlledStep) -> dict[str, str]:
    result = CONTROL[step.result] if step.result else CONTROL["running"] if step.received else ""
    if step.result in {"early", "late"} and step.days:
        result += f" {abs(step.days)} {CONTROL['days']}"
    return {
        "no": str(number),
        "name": step.name,
        "unit": step.unit,
        "person": step.person,
        "received": vi.short_moment_vi(step.received) if step.received else "",
        "due": vi.short_day_vi(step.due) if step.due else "",
        "ended": vi.short_moment_vi(step.ended) if step.ended else "",
        "result": result,
        "note": step.note,
    }


def _frame(head: Head, url: str, words: Words, language: Language) -> dict[str, Any]:
    """Return what every template needs: words, language, gap, head, QR code."""
    written = context(head)
    if language == "en" and head.day is not None:
        written["day"] = _when(head.day, "en")
    return {"words": dict(words), "language": language, "gap": GAP, "head": written, "qr": qr_svg(url)}


def _texts(slip: Any, *names: str) -> dict[str, str]:
    return {name: getattr(slip, name) or GAP for name in names}


def _when(moment: dt.datetime | dt.date | None, language: Language) -> str:
    if moment is None:
        return GAP
    is_moment = isinstance(moment, dt.datetime)
    if language == "en":
        return moment.strftime("%H:%M, %d %B %Y" if is_moment else "%d %B %Y")
    return vi.moment_vi(moment) if isinstance(moment, dt.datetime) else vi.day_vi(moment)


def _size(size: int, language: Language) -> str:
    written = vi.size_vi(size)
    return written.translate(str.maketrans(",.", ".,")) if language == "en" else written
