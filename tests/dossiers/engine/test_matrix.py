"""State x action x role under every law, against an expectation written by hand and not made from the table."""

from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from accounts.roles import Role
from dossiers import matrix
from dossiers.models import Event
from dossiers.procedures import procedure, procedures
from dossiers.services.events import ActionRefused, save
from dossiers.services.firing import available, fire
from places.models import Commune
from tests.factories.accounts import person
from tests.factories.dossiers import Walk

pytestmark = pytest.mark.django_db

PORTAL, VISITOR = "portal", "visitor"
#: Who may do what where, from the decrees: the commune announces, opens, submits (Art. 10.1-2); the department
#: examines, its leader signs (Art. 10.3, 11); the Committee's office enters what the Committee decided (Art. 10.4).
#: Everything that does not stand here is refused to everybody.
WITH_NOTICE = """
received   commune_officer     publish_notice
open       portal              close_window
open       commune_officer     open_applications
closed     commune_officer     open_applications
"""
ALWAYS = """
opened     commune_officer     submit
submitted  department_officer  accept
submitted  department_leader   accept refuse_incomplete
appraisal  department_leader   refuse_incomplete send_report recommend_refusal
returned   department_leader   send_report recommend_refusal
deciding   committee_clerk     return_to_department decide refuse
decided    committee_clerk     complete
"""
STATES = {
    "received": "open",
    "open": "closed opened",
    "closed": "opened",
    "opened": "submitted",
    "submitted": "appraisal refused",
    "appraisal": "refused deciding",
    "returned": "deciding",
    "deciding": "returned decided refused",
    "decided": "completed",
    "completed": "",
    "refused": "",
    "withdrawn": "",
}
BEFORE_THE_NOTICE = {"received", "open", "closed"}
#: Decrees 68/2017 and 66/2020 know no notice and no rivals.
LAWS = {"R1": ALWAYS, "R1b": ALWAYS, **dict.fromkeys(("R2", "R3", "R4", "R5"), WITH_NOTICE + ALWAYS)}
PROCEDURES = ("establish_cluster", "expand_cluster")


def expected(law):
    """Return {(state, who): {actions}} of a law from the text above."""
    lines = [line.split() for line in LAWS[law].splitlines() if line]
    return {(state, who): set(actions) for state, who, *actions in lines}


@pytest.fixture
def everybody():
    """One person of each role, each in reach of the dossier as far as their kind of organisation has one."""
    return {role.value: person(role) for role in Role} | {PORTAL: None, VISITOR: AnonymousUser()}


def test_the_expectation_speaks_of_every_procedure_state_and_law():
    assert {one.code for one in procedures() if one.code.endswith("_cluster")} == set(PROCEDURES)
    for code in PROCEDURES:
        table = procedure(code)
        assert set(table.regimes) == set(LAWS)
        assert {state.code for state in table.states} == set(STATES)
        assert {one.action for one in table.transitions} == set.union(*expected("R5").values())


@pytest.mark.parametrize("law", LAWS)
def test_everybody_can_do_in_every_state_what_their_part_is_and_nothing_else(law, everybody):
    dossier = Walk().to("received")
    # In memory only: the question what could be done reads the state from here.
    dossier.regime_code = law
    wanted = expected(law)
    everybody["investor_of_it"] = dossier.applications.get().filed_by
    for code in PROCEDURES:
        dossier.procedure_code = code
        for state in STATES:
            dossier.state = state
            for who, user in everybody.items():
                offered = {
                    one.transition.action for one in available(dossier, user) if one.is_mine and one.is_now
                }
                assert offered == wanted.get((state, who), set()), f"{law} {code} {state} {who}"


@pytest.mark.parametrize("law", LAWS)
def test_the_ways_lead_where_they_should(law):
    gone = BEFORE_THE_NOTICE if LAWS[law] is ALWAYS else set()
    for code in PROCEDURES:
        table = procedure(code)
        leads: dict[str, set[str]] = {state: set() for state in STATES}
        for one in table.table(dossier_law(law)):
            for source in one.sources:
                leads[source].add(one.target)
        for state, targets in STATES.items():
            assert leads[state] == (set() if state in gone else set(targets.split())), f"{law} {code} {state}"


def dossier_law(code):
    from law.regimes import Regime

    return Regime.by_code(code)


def test_an_action_in_the_wrong_state_or_by_the_wrong_person_is_refused_and_changes_nothing(everybody):
    """The list and the act agree: each state with each action by the person whose action it is, then by all others."""
    dossier = Walk().to("received")
    wanted = expected("R5")
    who_does = {action: who for (_state, who), actions in wanted.items() for action in actions}
    events = Event.objects.filter(dossier=dossier).count()
    tried = 0
    for state in STATES:
        dossier.state = state
        save(dossier)
        for action, right in who_does.items():
            # Its guards ask every rule of the case; once before and once after its state will do.
            if action == "send_report" and state not in ("opened", "appraisal", "completed"):
                continue
            is_now = any(action in actions for (where, _who), actions in wanted.items() if where == state)
            others = (
                {right}
                if not is_now
                else {who for who in everybody if action not in wanted.get((state, who), ())}
            )
            for who in others:
                with pytest.raises(ActionRefused) as refused:
                    fire(dossier, action, actor=everybody[who], note="x")
                said = " ".join(refused.value.reasons)
                assert ("đang ở trạng thái" in said) is not is_now, f"{state} {action} {who}: {said}"
                assert ("Chỉ" in said) is is_now, f"{state} {action} {who}: {said}"
                tried += 1
    assert tried > 200
    assert Event.objects.filter(dossier=dossier).count() == events


def test_an_officer_of_another_place_has_no_part_in_it():
    dossier = Walk().to("received")
    for role in Role:
        if role in (Role.MINISTRY_ANALYST, Role.PORTAL_ADMINISTRATOR):
            continue
        stranger = person(role, province_code="52", commune_code="21808")
        assert not [one for one in available(dossier, stranger) if one.is_mine], role
    next_door = (
        Commune.objects.in_force().filter(province__code="15").exclude(pk=dossier.commune_id).order_by("pk")
    )
    neighbour = person(Role.COMMUNE_OFFICER, commune_code=next_door[0].code)
    assert not [one for one in available(dossier, neighbour) if one.is_mine]


def test_the_document_is_made_from_the_tables_and_is_fresh(tmp_path, monkeypatch):
    committed = matrix.document_path().read_text(encoding="utf-8")
    assert committed == matrix.document(), (
        "run: python manage.py translations --compile && python manage.py procedure_matrix"
    )
    monkeypatch.setattr(matrix, "document_path", lambda: tmp_path / "procedures.md")
    call_command("procedure_matrix", stdout=StringIO())
    assert (tmp_path / "procedures.md").read_text(encoding="utf-8") == committed
