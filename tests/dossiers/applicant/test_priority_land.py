"""Land for the three priority groups of Decree 303/2026: three numbers within the industrial land, on every paper."""

from decimal import Decimal

import pytest
from django.urls import reverse

from clusters.drafts.filling import filled, request_of
from clusters.forms.cases import starting_values
from clusters.models import ClusterCase
from clusters.procedures.answers import PRIORITY_LAND, Answers, fields_of
from dossiers.models import Application
from dossiers.procedures import procedure
from law.regimes import Regime
from tests.factories.dossiers import Walk, applicant, draft, moment

pytestmark = pytest.mark.django_db
R5 = Regime.by_code("R5")
GROUPS = tuple(PRIORITY_LAND)
IN_WORDS = (
    "doanh nghiệp công nghệ cao thuộc khu vực kinh tế tư nhân: 2,5 ha; doanh nghiệp nhỏ và vừa: 1,5 ha; "
    "doanh nghiệp khởi nghiệp sáng tạo: 1 ha"
)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-10-05", "10:00"), tick=False)


def lacks(application):
    found = procedure(application.procedure_code).missing(application, R5)
    return {one.target: str(one.sentence) for one in found}


def of_before(application, together="5"):
    """Put back the answer of a draft from when one number was asked."""
    data = {name: value for name, value in application.data.items() if name not in GROUPS}
    Application.objects.filter(pk=application.pk).update(data={**data, "priority_land_ha": together})
    application.refresh_from_db()
    return application


def test_three_numbers_are_asked_since_decree_303_and_none_before():
    for code, asked in (("R4", set()), ("R5", set(GROUPS))):
        fields = {field.name for field in fields_of("establish_cluster", code)}
        assert fields & {*GROUPS, "priority_land_ha"} == asked
    assert lacks(draft()) == {}
    assert set(lacks(draft(start_ups_land_ha=""))) == {"field:start_ups_land_ha"}
    assert lacks(draft(start_ups_land_ha="0")) == {}


@pytest.mark.parametrize(("start_ups", "fits"), [("32.5", True), ("32.5001", False)])
def test_together_they_fit_into_the_industrial_land(start_ups, fits):
    found = lacks(draft(start_ups_land_ha=start_ups))
    assert found == {} if fits else set(found) == {"field:high_tech_land_ha"}
    if not fits:
        assert "36,5001 ha" in found["field:high_tech_land_ha"]
        assert "36,5 ha" in found["field:high_tech_land_ha"]


def test_no_group_has_less_than_nothing():
    assert set(lacks(draft(small_firms_land_ha="-1"))) == {"field:small_firms_land_ha"}


def test_the_single_number_of_before_stays_visible_and_is_not_taken_apart(client):
    user = applicant()
    application = of_before(draft(user=user))
    assert set(lacks(application)) == {f"field:{name}" for name in GROUPS}
    client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    url = reverse("dossiers:draft_section", args=[application.pk, "project"])
    form = client.get(url).context["form"]
    assert form["priority_land_ha"].value() == "5"
    assert form.fields["priority_land_ha"].disabled
    said = {name: value for name, value in application.data.items() if name in form.fields}
    typed = {**said, "high_tech_land_ha": "2", "small_firms_land_ha": "3", "start_ups_land_ha": "0"}
    typed |= {"priority_land_ha": "9", "starts_on": "01/03/2027", "finishes_on": "31/12/2029"}
    typed["industrial_land_ha"] = "36,5"
    saved = client.post(url, {**typed, "seen": application.data_version})
    assert saved.status_code == 302
    application.refresh_from_db()
    assert [application.data[name] for name in ("priority_land_ha", *GROUPS)] == ["5", "2", "3", "0"]
    assert lacks(application) == {}


@pytest.fixture
def walk(time_machine):
    """A dossier before the People's Committee."""
    time_machine.move_to(moment("2026-11-26"))
    made = Walk()
    made.to("deciding")
    return made


def test_decision_report_and_request_say_each_group(walk):
    answers = Answers(walk.application.data)
    assert (answers.priority_land(), answers.priority_land_in_words()) == (5, IN_WORDS)
    paper = filled("decision", walk.fresh())
    assert (paper.high_tech_ha, paper.small_firms_ha, paper.start_ups_ha) == (
        Decimal("2.5"),
        Decimal("1.5"),
        Decimal(1),
    )
    assert any(IN_WORDS in line for line in filled("appraisal_report", walk.fresh()).content)
    assert IN_WORDS in request_of(walk.application).about_project
    item = starting_values(ClusterCase.objects.get(dossier=walk.dossier), walk.application)[
        "item_priority_land"
    ]
    assert item.lower() == IN_WORDS.lower()


def test_a_filed_dossier_with_the_single_number_shows_it_and_leaves_the_groups_to_the_pen(walk):
    dossier = walk.fresh()
    labels = {str(row.label) for row in dossier.procedure.answer_rows([walk.application])}
    application = of_before(walk.application)
    (old,) = [
        row
        for row in dossier.procedure.answer_rows([application])
        if str(row.label) not in labels and any(row.values)
    ]
    assert old.values == ("5\N{NO-BREAK SPACE}ha",)
    paper = filled("decision", dossier)
    assert (paper.high_tech_ha, paper.small_firms_ha, paper.start_ups_ha) == (None, None, None)
    values = starting_values(ClusterCase.objects.get(dossier=dossier), application)
    assert values["item_priority_land"] == "Cả ba nhóm: 5 ha"
