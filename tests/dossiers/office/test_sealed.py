"""Before the opening nobody reads an application or learns of a rival, whatever their role."""

import pytest
from django.urls import reverse

from accounts.models import AccessLogEntry
from accounts.roles import Role
from dossiers.models import Document
from tests.factories.accounts import person
from tests.factories.dossiers import Walk, applicant, moment

pytestmark = pytest.mark.django_db
RIVAL = "Công ty TNHH Kín Tiếng"
OFFICERS = [role for role in Role if role is not Role.INVESTOR_MEMBER]


def sealed_and_alone():
    sealed, alone = Walk(), Walk()
    sealed.to("open")
    sealed.join(applicant(RIVAL))
    alone.to("open")
    return sealed, alone


@pytest.fixture(scope="module")
def scene(build_scene):
    return build_scene(sealed_and_alone, at=moment("2026-11-26"))


@pytest.fixture
def sealed(scene, db):
    """A case with a rival before the opening."""
    return scene()[0]


@pytest.fixture
def alone(scene, db):
    """A case with a single applicant before the opening."""
    return scene()[1]


@pytest.mark.parametrize("role", OFFICERS)
def test_a_sealed_application_is_unreadable_for(role, sealed, as_user):
    client = as_user(person(role))
    for paper in Document.objects.filter(application__dossier=sealed.dossier):
        assert client.get(reverse("dossiers:office_document", args=[paper.pk])).status_code == 404
    page = client.get(sealed.fresh().get_absolute_url())
    assert page.status_code in (200, 403, 404)
    text = page.content.decode()
    assert RIVAL not in text
    assert "so-do" not in text
    if page.status_code == 200:
        assert page.context["work"].applications == []
        assert page.context["work"].answers == []


def test_the_page_says_why_nothing_is_shown(sealed, as_user):
    page = as_user(sealed.commune_officer).get(sealed.fresh().get_absolute_url())
    assert "Niêm phong đến khi mở hồ sơ" in page.content.decode()


def test_the_search_does_not_tell_of_a_rival(sealed, as_user):
    found = as_user(sealed.officer).get("/dossiers/work/", {"desk": "all", "q": "kin tieng"})
    assert found.context["total"] == 0


def test_after_the_opening_they_stand_side_by_side_and_the_read_is_written_down(sealed, as_user):
    sealed.open_all()
    page = as_user(sealed.officer).get(sealed.fresh().get_absolute_url())
    assert RIVAL in page.content.decode()
    assert len(page.context["work"].answers[0].values) == 2
    entry = AccessLogEntry.objects.get(user=sealed.officer)
    assert entry.object_pk == str(sealed.dossier.pk)
    assert len(entry.fields) == 3


def test_who_may_not_see_personal_data_does_not_and_nothing_is_logged(sealed, as_user):
    sealed.open_all()
    page = as_user(sealed.commune_officer).get(sealed.fresh().get_absolute_url())
    assert "0214 000 000" not in page.content.decode()
    assert not AccessLogEntry.objects.filter(user=sealed.commune_officer).exists()


def test_a_download_of_an_applicants_paper_is_written_down(sealed, as_user):
    sealed.open_all()
    paper = Document.objects.filter(application__dossier=sealed.dossier).order_by("pk").first()
    answer = as_user(sealed.commune_officer).get(reverse("dossiers:office_document", args=[paper.pk]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert AccessLogEntry.objects.get(user=sealed.commune_officer).fields == [paper.kind]


@pytest.mark.parametrize("role", OFFICERS)
def test_the_entry_of_a_decision_names_the_only_applicant_to_nobody_before_the_opening(role, alone, as_user):
    name = str(alone.application.organisation)
    client = as_user(person(role))
    url = reverse("dossiers:action", args=[alone.dossier.code, "decide"])
    answers = [client.get(url), client.post(url), client.post(f"{url}preview/", {"issued_on": "26/11/2026"})]
    assert {answer.status_code for answer in answers} <= {200, 403, 404, 422}
    assert all(name not in answer.content.decode() for answer in answers)


def test_what_an_action_would_do_is_shown_to_those_whose_it_is(sealed, as_user):
    sealed.open_all()
    url = reverse("dossiers:action_preview", args=[sealed.dossier.code, "decide"])
    assert as_user(sealed.commune_officer).post(url).status_code == 404
    assert as_user(sealed.clerk).post(url).status_code == 200
