"""Papers of a dossier in any procedure: slips and letters, filled from plain values.

``slips`` are PDF with a QR code, ``letters`` both PDF and Word drafts from model documents that a department may
replace with its own; ``building`` makes the portal's own models.
"""

from dossiers.papers.letters import (
    FACTS,
    ApologyLetter,
    Letter,
    RefusalLetter,
    SupplementLetter,
    SupplementPoint,
    declared_placeholders,
    letter_docx,
    letter_pdf,
    model_path,
)
from dossiers.papers.slips import (
    ControlledStep,
    ControlSheet,
    ReceiptSlip,
    ReceivedPaper,
    control_sheet_pdf,
    receipt_pdf,
)

__all__ = [
    "FACTS",
    "ApologyLetter",
    "ControlSheet",
    "ControlledStep",
    "Letter",
    "ReceiptSlip",
    "ReceivedPaper",
    "RefusalLetter",
    "SupplementLetter",
    "SupplementPoint",
    "control_sheet_pdf",
    "declared_placeholders",
    "letter_docx",
    "letter_pdf",
    "model_path",
    "receipt_pdf",
]
