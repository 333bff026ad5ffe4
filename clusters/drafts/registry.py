"""Which drafts there are, and how one is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from clusters.drafts import facts
from core.office.docx import render_docx
from core.office.facts import context, declared
from law.citations import cite
from law.words import Text

MODELS = Path(__file__).parent / "models"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A kind of paper: title, what it is filled with, legal basis, and the abbreviation in its symbol.

    ``kind`` is also the code under which the signed paper is kept with the dossier. ``abbreviation`` is the one of
    Decree 30/2020, annex III, empty for letters and for papers without a number.
    """

    kind: str
    title: Text
    facts: type
    basis: Text
    abbreviation: str = ""


_ALL = (
    Draft(
        kind="notice",
        title=_("Notice that dossiers are received"),
        facts=facts.CommuneNotice,
        basis=cite("ND32", "10.1"),
        abbreviation="TB",
    ),
    Draft(
        kind="submission",
        title=_("Submission of the commune"),
        facts=facts.CommuneSubmission,
        basis=cite("ND32", "9.1", "10.2"),
        abbreviation="TTr",
    ),
    Draft(
        kind="opinion_letter",
        title=_("Opinion request"),
        facts=facts.OpinionRequest,
        basis=cite("ND32", "10.3"),
    ),
    Draft(
        kind="opening_minutes",
        title=_("Record of the opening of dossiers"),
        facts=facts.OpeningRecord,
        basis=cite("ND32", "10.1"),
        abbreviation="BB",
    ),
    Draft(
        kind="council_decision",
        title=_("Decision that sets up the evaluation council"),
        facts=facts.CouncilDecision,
        basis=cite("ND32", "13.2"),
        abbreviation="QĐ",
    ),
    Draft(
        kind="council_invitation",
        title=_("Invitation to the evaluation council"),
        facts=facts.CouncilInvitation,
        basis=cite("ND32", "13.2"),
        abbreviation="GM",
    ),
    Draft(kind="score_sheet", title=_("Score sheet"), facts=facts.ScoreSheet, basis=cite("ND32", "13.2")),
    Draft(
        kind="minutes",
        title=_("Minutes of the evaluation council"),
        facts=facts.MinutesOfCouncil,
        basis=cite("ND32", "13.2"),
        abbreviation="BB",
    ),
    Draft(
        kind="appraisal_report",
        title=_("Appraisal report"),
        facts=facts.AppraisalReport,
        basis=cite("ND32", "11"),
        abbreviation="BC",
    ),
    Draft(
        kind="decision",
        title=_("Decision to establish or expand"),
        facts=facts.EstablishmentDecision,
        basis=cite("TT14", part=_("Model 02 of Appendix II")),
        abbreviation="QĐ",
    ),
    Draft(
        kind="result_notice",
        title=_("Notice of the result to a candidate"),
        facts=facts.ResultNotice,
        basis=cite("ND32", "10.3"),
        abbreviation="TB",
    ),
    Draft(
        kind="request",
        title=_("Request to become infrastructure investor"),
        facts=facts.InvestorRequest,
        basis=cite("TT14", part=_("Model 01 of Appendix II")),
    ),
)
DRAFTS: Mapping[str, Draft] = {draft.kind: draft for draft in _ALL}


def model_path(kind: str) -> Path:
    """Return the portal's own model document of a draft."""
    return MODELS / f"{kind}.docx"


def declared_placeholders(kind: str) -> dict[str, Any]:
    """Return every placeholder a model document of the kind may use, with its label in the reader's language."""
    return declared(DRAFTS[kind].facts)


def render_draft(kind: str, facts: Any, *, model: bytes | None = None) -> bytes:
    """Return the draft as .docx, from the portal's own model document or from ``model``, a department's own.

    ``facts`` is an object of ``DRAFTS[kind].facts``; what it lacks comes out as a dotted gap. Raises TypeError for
    facts of another paper and ModelRefused for a model that cannot be filled.
    """
    wanted = DRAFTS[kind].facts
    if not isinstance(facts, wanted):
        raise TypeError(f"{kind} is filled from {wanted.__name__}, not from {type(facts).__name__}.")
    return render_docx(model if model is not None else model_path(kind), context(facts))
