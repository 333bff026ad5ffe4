"""The kinds of papers in a dossier to establish or expand a cluster, as each regime asks for them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dossiers.choices import Part
from dossiers.procedures.parts import DocumentKind
from law.provisions import Cited
from law.regimes import Regime
from law.vocabulary import Document, FinancialProof, Requirement
from law.words import Text

#: Papers of the applicant that the law names, in the order of Art. 9.1.
_ASKED = (
    Document.REQUEST,
    Document.REPORT,
    Document.MAP,
    Document.LEGAL_STATUS,
    Document.FINANCIAL_CAPACITY,
    Document.EXPERIENCE,
)
_REUSABLE = (Document.LEGAL_STATUS, Document.FINANCIAL_CAPACITY, Document.EXPERIENCE)
_HELP: Mapping[Document, Text] = {
    Document.REQUEST: _("Model 01, filled from your answers: download it, have it signed, upload it."),
    Document.FINANCIAL_CAPACITY: _("At least one of the five kinds; say which it is."),
    Document.MAP: _("PDF or picture; GeoJSON or KML besides if you have it."),
}

#: Papers that authorities add on the way, each by the part that makes it.
_MADE: tuple[tuple[str, Text, Part], ...] = (
    ("notice", _("public notice"), Part.RECEIVER),
    ("submission", _("submission of the receiving People's Committee"), Part.RECEIVER),
    ("opening_minutes", _("signed record of the opening"), Part.RECEIVER),
    ("supplement_letter", _("letter asking for a supplement"), Part.DEPARTMENT),
    ("opinion_letter", _("letter asking for opinions"), Part.DEPARTMENT),
    ("opinion_answer", _("letter with an opinion"), Part.DEPARTMENT),
    ("council_decision", _("decision that sets up the council"), Part.DEPARTMENT),
    ("minutes", _("signed minutes of the council"), Part.DEPARTMENT),
    ("appraisal_report", _("appraisal report"), Part.DEPARTMENT),
    ("decision", _("signed decision of the provincial People's Committee"), Part.COMMITTEE),
    ("result_notice", _("notice of the result"), Part.COMMITTEE),
    ("refusal_letter", _("letter of refusal"), Part.DEPARTMENT),
    ("apology_letter", _("letter of apology for lateness"), Part.DEPARTMENT),
)


def document_kinds(regime: Regime) -> list[DocumentKind]:
    """List the applicant's papers under a regime, then those of the authorities."""
    kinds = []
    for document in _ASKED:
        provision = regime.documents[document]
        # Where no source tells what a law asked for (R1, R1b), the paper may be given and is not demanded.
        requirement = provision.value or Requirement.OPTIONAL
        # The resolution of 2026 contradicts itself on this paper: nobody has to give it, whoever wants to may.
        if requirement is Requirement.NOT_ASKED and document is not Document.LEGAL_STATUS:
            continue
        kinds.append(
            DocumentKind(
                code=document.value,
                label=document.label,
                is_required=requirement is Requirement.REQUIRED,
                varieties=tuple((proof.value, proof.label) for proof in FinancialProof)
                if document is Document.FINANCIAL_CAPACITY
                else (),
                cited=Cited(
                    article=provision.article,
                    mark=provision.mark,
                    source=provision.source,
                    note=provision.note,
                ),
                help=_HELP.get(document, ""),
                is_reusable=document in _REUSABLE,
            )
        )
    kinds += [DocumentKind(code=code, label=label, is_required=False, by=part) for code, label, part in _MADE]
    return kinds


def labels(regime: Regime) -> dict[str, Any]:
    """Return the labels of the kinds by code."""
    return {kind.code: kind.label for kind in document_kinds(regime)}
