"""Who may have slips, letters and drafts, and who keeps the model documents."""

from typing import Any

from accounts.roles import Function, Role, roles_with
from tests.dossiers.papers_pages.made import asked, own_model
from tests.factories.dossiers import Walk, draft, walked
from tests.meta.samples import Address

F = Function
#: What belongs to another organisation is not found, whatever the role.
NOT_MINE = frozenset({404})
WRITERS = frozenset({Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_LEADER})


def _opened() -> dict[str, Any]:
    walk = Walk()
    walk.to("opened")
    return {"pk": walk.application.pk}


def _received() -> dict[str, Any]:
    return {"code": Walk().to("received").code}


def _report() -> dict[str, Any]:
    return {"code": Walk().to("appraisal").code, "kind": "appraisal_report"}


def _letter() -> dict[str, Any]:
    request = asked(walked("appraisal"))
    return {
        "code": request.dossier.code,
        "kind": "supplement_letter",
        "number": request.number,
        "format": "docx",
    }


def _own() -> dict[str, Any]:
    return {"pk": own_model("minutes").pk}


ADDRESSES = {
    "dossiers:receipt_slip": Address(roles_with(F.VIEW_DOSSIERS), _opened),
    "dossiers:control_sheet": Address(roles_with(F.VIEW_DOSSIERS), _received),
    "dossiers:letter": Address(WRITERS, _letter),
    "dossiers:draft_paper": Address(WRITERS, _report),
    "dossiers:request_draft": Address(F.FILE_DOSSIER, lambda: {"pk": draft().pk}, ok=NOT_MINE),
    "dossiers:model_documents": Address(F.KEEP_MODEL_DOCUMENTS),
    "dossiers:model_document": Address(F.KEEP_MODEL_DOCUMENTS, lambda: {"kind": "score_sheet"}),
    "dossiers:model_portal": Address(F.KEEP_MODEL_DOCUMENTS, lambda: {"kind": "supplement_letter"}),
    "dossiers:model_own": Address(F.KEEP_MODEL_DOCUMENTS, _own, ok=NOT_MINE),
    "dossiers:model_end": Address(F.KEEP_MODEL_DOCUMENTS, _own, method="post", ok=NOT_MINE),
}
