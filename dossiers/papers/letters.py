"""Letters to the applicant, as Word draft and as PDF: supplements, refusal, apology for lateness."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.office import facts as f
from core.office.docx import render_docx
from core.office.facts import GAP, Head, Signature, context, declared
from core.office.pdf import render_pdf
from dossiers.papers.wording import LETTERS

TEMPLATES = Path(__file__).parent / "templates"
MODELS = Path(__file__).parent / "models"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What every letter to the applicant has; ``body`` is the issuing body as it stands in a sentence."""

    head: Head = f.group(_("head of the paper"), Head)
    body: str = f.text(_("issuing body, as in a sentence"))
    code: str = f.text(_("dossier code"))
    applicant: str = f.text(_("applicant"))
    address: str = f.text(_("address of the applicant"))
    telephone: str = f.text(_("telephone of the applicant"))
    email: str = f.text(_("e-mail of the applicant"))
    procedure: str = f.text(_("name of the procedure"))
    received: dt.datetime | None = f.moment(_("time the dossier was received"))
    contact: str = f.text(_("contact person, telephone and e-mail"))
    receivers: Sequence[str] = f.points(_("receivers of the paper"))
    signature: Signature = f.group(_("signature block"), Signature)


@dataclass(frozen=True, kw_only=True)
class SupplementPoint:
    """One thing to supplement: the document or field, what is wrong with it, how to mend it."""

    item: str = f.text(_("document or field"))
    fault: str = f.text(_("what is wrong"))
    remedy: str = f.text(_("how to mend it"))


@dataclass(frozen=True, kw_only=True)
class SupplementLetter(Letter):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ; ``clock_note`` says what happens to the time limit meanwhile."""

    round: int | None = f.count(_("which request it is, counted from 1"))
    points: Sequence[SupplementPoint] = f.rows(_("what to supplement"), SupplementPoint)
    due: dt.date | None = f.long_day(_("last day for the supplement"))
    clock_note: str = f.text(_("what happens to the time limit meanwhile, a sentence"))


@dataclass(frozen=True, kw_only=True)
class RefusalLetter(Letter):
    """Phiếu từ chối tiếp nhận, giải quyết hồ sơ."""

    reasons: Sequence[str] = f.points(_("reasons"))
    legal_basis: str = f.text(_("legal basis of the refusal"))
    returned: Sequence[str] = f.points(_("documents given back"))
    complaint: str = f.text(_("where and until when one can complain"))


@dataclass(frozen=True, kw_only=True)
class ApologyLetter(Letter):
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả."""

    promised: dt.date | None = f.long_day(_("day the result was promised for"))
    new_day: dt.date | None = f.long_day(_("new day for the result"))
    reasons: Sequence[str] = f.points(_("reasons"))


FACTS: Mapping[str, type[Letter]] = {
    "supplement_letter": SupplementLetter,
    "refusal_letter": RefusalLetter,
    "apology_letter": ApologyLetter,
}


def letter_pdf(letter: Letter) -> bytes:
    """Return a letter as PDF."""
    data = {**context(letter), "words": dict(LETTERS), "language": "vi", "gap": GAP}
    return render_pdf(TEMPLATES / f"{kind_of(letter)}.typ", data)


def letter_docx(letter: Letter, *, model: bytes | None = None) -> bytes:
    """Return a letter as .docx from the portal's own model document, or from ``model``, a department's own.

    Raises ModelRefused for a model that cannot be filled.
    """
    return render_docx(model if model is not None else model_path(kind_of(letter)), context(letter))


def kind_of(letter: Letter) -> str:
    """Return the kind of a letter: "supplement_letter", "refusal_letter" or "apology_letter"."""
    return next(kind for kind, facts in FACTS.items() if type(letter) is facts)


def model_path(kind: str) -> Path:
    """Return the portal's own model document of a kind of letter."""
    return MODELS / f"{kind}.docx"


def declared_placeholders(kind: str) -> dict[str, Any]:
    """Return every placeholder a model document of the kind may use, with its label in the reader's language."""
    return declared(FACTS[kind])
