"""Who reaches the office's addresses of casework."""

from accounts.roles import Function, Role
from dossiers.models import Application, Delegation, Document, Dossier
from dossiers.services.people import add_condition, make_complaint
from dossiers.services.supplements import Wanted, ask_for_supplement
from tests.factories.accounts import person
from tests.factories.dossiers import Walk, moment
from tests.meta.samples import Access, Address

DONE = frozenset({302})
F = Function
NOBODY: frozenset[Role] = frozenset()
#: Those who see the council of a dossier by office; members see it by their seat.
COUNCIL = frozenset(
    {Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_LEADER, Role.COMMITTEE_CLERK, Role.COMMITTEE_LEADER}
)


def _walked(state: str = "appraisal") -> Walk:
    walk = Walk()
    walk.to(state)
    return walk


def _case() -> dict[str, object]:
    return {"code": _walked("received").dossier.code}


def _examined() -> dict[str, object]:
    return {"code": _walked().dossier.code}


def _action() -> dict[str, object]:
    return {**_case(), "action": "publish_notice"}


def _deciding() -> dict[str, object]:
    return {"code": _walked("deciding").dossier.code, "action": "decide"}


def _question() -> dict[str, object]:
    return {**_examined(), "question": "average"}


def _supplement() -> dict[str, object]:
    walk = _walked()
    ask_for_supplement(
        dossier=walk.dossier,
        application=walk.application,
        items=[Wanted("document:map", "Bản đồ thiếu tọa độ", "Bổ sung bảng tọa độ VN-2000")],
        reason="Hồ sơ thiếu tọa độ ranh giới.",
        actor=walk.officer,
        at=moment("2026-10-19"),
    )
    return {"code": walk.dossier.code, "number": 1}


def _opinion_of(walk: Walk) -> int:
    return walk.dossier.opinions.get().pk


def _asked() -> dict[str, object]:
    from dossiers.services.opinions import ask_for_opinions
    from tests.factories.dossiers import organisation_of

    walk = _walked()
    ask_for_opinions(
        dossier=walk.dossier,
        organisations=[organisation_of(walk.consulted)],
        question="Ý kiến về hồ sơ thành lập cụm công nghiệp",
        actor=walk.officer,
    )
    return {"code": walk.dossier.code, "pk": _opinion_of(walk)}


def _asked_elsewhere() -> dict[str, object]:
    return {"pk": _asked()["pk"]}


def _condition() -> dict[str, object]:
    walk = _walked()
    made = add_condition(
        dossier=walk.dossier,
        text="Khởi công trong 12 tháng",
        check_on=moment("2027-10-01").date(),
        actor=walk.officer,
    )
    return {"code": walk.dossier.code, "pk": made.pk}


def _complaint() -> dict[str, object]:
    walk = _walked()
    made = make_complaint(
        application=walk.application, text="Quá hạn mà không có thông báo.", user=walk.investor
    )
    return {"code": walk.dossier.code, "pk": made.pk}


def _council() -> dict[str, object]:
    walk = _walked()
    walk.council()
    return {"code": walk.dossier.code}


def _sheet() -> dict[str, object]:
    code = _council()["code"]
    return {"code": code, "application": Application.objects.get(dossier__code=code).pk}


def _paper() -> dict[str, object]:
    dossier: Dossier = _walked("appraisal").dossier
    return {"pk": Document.objects.filter(dossier=dossier, kind="submission").get().pk}


def _deputy() -> dict[str, object]:
    days = {"starts_on": moment("2026-11-20").date(), "ends_on": moment("2026-12-20").date()}
    made = Delegation.objects.create(
        absent=person(Role.DEPARTMENT_OFFICER), deputy=person(Role.DEPARTMENT_OFFICER), **days
    )
    return {"pk": made.pk}


ADDRESSES = {
    "dossiers:start": Address(Access.SIGNED_IN, ok=DONE),
    "dossiers:my_work": Address(F.VIEW_DOSSIERS),
    "dossiers:assign_bulk": Address(F.VIEW_DOSSIERS, ok=DONE),
    "dossiers:board": Address(F.SUPERVISE_DOSSIERS),
    "dossiers:delegations": Address(F.VIEW_DOSSIERS),
    # Nobody ends what neither concerns them nor their unit.
    "dossiers:delegation_end": Address(NOBODY, _deputy, method="post"),
    "dossiers:opinion_list": Address(F.GIVE_OPINION),
    # Asked of another agency than the visitor's.
    "dossiers:opinion": Address(NOBODY, _asked_elsewhere),
    "dossiers:council_list": Address(F.SCORE_APPLICATIONS),
    "dossiers:office_document": Address(F.VIEW_DOSSIERS, _paper),
    "dossiers:workspace": Address(F.VIEW_DOSSIERS, _case),
    "dossiers:action": Address(F.VIEW_DOSSIERS, _action),
    "dossiers:action_preview": Address(F.DECIDE_DOSSIER, _deciding, method="post"),
    "dossiers:question": Address(F.APPRAISE_DOSSIER, _question),
    "dossiers:assign": Address(F.VIEW_DOSSIERS, _case),
    "dossiers:extend": Address(F.VIEW_DOSSIERS, _case),
    "dossiers:settle_law": Address(F.APPRAISE_DOSSIER, _examined),
    "dossiers:case_paper_add": Address(F.VIEW_DOSSIERS, _examined),
    "dossiers:condition_add": Address(
        frozenset({Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_LEADER, Role.COMMITTEE_CLERK}), _examined
    ),
    "dossiers:condition_check": Address(F.APPRAISE_DOSSIER, _condition),
    "dossiers:complaint_answer": Address(F.SUPERVISE_DOSSIERS, _complaint),
    "dossiers:supplement_ask": Address(F.APPRAISE_DOSSIER, _examined),
    "dossiers:supplement_close": Address(F.APPRAISE_DOSSIER, _supplement),
    "dossiers:supplement_remind": Address(F.APPRAISE_DOSSIER, _supplement, method="post", ok=DONE),
    "dossiers:opinion_ask": Address(F.APPRAISE_DOSSIER, _examined),
    "dossiers:opinion_record": Address(F.APPRAISE_DOSSIER, _asked),
    "dossiers:opinion_take_back": Address(F.APPRAISE_DOSSIER, _asked),
    "dossiers:opinion_remind": Address(F.APPRAISE_DOSSIER, _asked, method="post", ok=DONE),
    "dossiers:council": Address(COUNCIL, _council),
    "dossiers:council_set_up": Address(COUNCIL - {Role.COMMITTEE_LEADER}, _examined),
    "dossiers:council_criteria": Address(F.APPRAISE_DOSSIER, _council),
    "dossiers:council_close": Address(F.APPRAISE_DOSSIER, _council),
    "dossiers:council_reopen": Address(F.APPRAISE_DOSSIER, _council),
    # The member's own: nobody reaches them by office.
    "dossiers:council_statement": Address(NOBODY, _council),
    "dossiers:score_sheet": Address(NOBODY, _sheet),
}
