"""R4: Resolution 19/2026 over Decree 32 and Decree 139 (dossier and time limits)."""

import datetime as dt
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from law.citations import cite
from law.provisions import Mark, working_days
from law.regimes.decree_32 import R3
from law.regimes.writing import HA, at_most, gives, unlimited
from law.vocabulary import Document, Requirement, Step

OCR = {"mark": Mark.PRIMARY_OCR, "source": "NQ19"}
NOTICE = cite("NQ19", part=_("Appendix III, item 2.1"))
SUBMISSION = cite("NQ19", part=_("Appendix III, item 2.2"))
APPRAISAL = cite("NQ19", part=_("Appendix III, item 2.3"))
DECISION = cite("NQ19", part=_("Appendix III, item 2.4"))
DOSSIER = cite("NQ19", part=_("Appendix III, item 1"))

R4 = replace(
    R3,
    code="R4",
    title=_("Decree 32/2024 with Resolution 19/2026"),
    valid_from=dt.date(2026, 4, 29),
    valid_to=dt.date(2026, 9, 14),
    dates_note=_(
        "The resolution ends on 1/3/2027 unless it is replaced earlier, and prevails over differing texts."
    ),
    instruments=("NQ19", "ND32", "ND139", "TT14", "TT38", "VBHN55", "ND178", "LDT143", "NQ202"),
    limits={
        Step.NOTICE: working_days(3, NOTICE, **OCR),
        Step.WINDOW: working_days(10, NOTICE, note=_("from the notice"), **OCR),
        Step.SUBMISSION: working_days(5, SUBMISSION, note=_("after the closing day"), **OCR),
        Step.APPRAISAL: working_days(20, APPRAISAL, note=_("from a full dossier"), **OCR),
        Step.SUPPLEMENT: unlimited(_("the clock stands still"), APPRAISAL, **OCR),
        Step.DECISION: working_days(5, DECISION, note=_("from one set and the appraisal report"), **OCR),
        Step.SENDING: unlimited(_("to the Ministry, to monitor; no number of days"), DECISION, **OCR),
    },
    thresholds=replace(
        R3.thresholds,
        deviation=at_most(5, HA, DECISION, note=_("carried into the next provincial plan"), **OCR),
    ),
    sets=gives(1, SUBMISSION, **OCR),
    e_file=gives(True, SUBMISSION, **OCR),
    documents={
        **R3.documents,
        Document.LEGAL_STATUS: gives(
            Requirement.NOT_ASKED,
            DOSSIER,
            note=_("left out of the list, yet item 2.1 still cites it: it may be added"),
            **OCR,
        ),
    },
)
