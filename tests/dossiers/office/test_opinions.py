"""Opinions: the consulted officer sees what was asked of the own agency and nothing else, and answers with a file."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from dossiers.models import Document, OpinionRequest
from tests.factories.accounts import OrganisationFactory, person
from tests.factories.dossiers import moment, organisation_of, pdf, walked

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(build_scene):
    return build_scene(lambda: walked("appraisal"), at=moment("2026-11-26"))


@pytest.fixture
def asked(scene, as_user):
    """A case about which two agencies are asked."""
    walk = scene()
    other = OrganisationFactory(other_department=True, name="Sở Xây dựng tỉnh Lào Cai")
    client = as_user(walk.officer)
    data = {
        "seen": walk.fresh().version,
        "organisations": [str(organisation_of(walk.consulted).pk), str(other.pk)],
        "question": "Ý kiến về năng lực tài chính",
        "due_on": "10/12/2026",
    }
    url = reverse("dossiers:opinion_ask", args=[walk.dossier.code])
    assert client.post(url, data).status_code == 302
    walk.other = other
    return walk


def own(walk):
    return OpinionRequest.objects.get(organisation=organisation_of(walk.consulted))


def test_asking_is_confirmed_by_a_sentence_and_not_by_the_field_of_that_name(asked, as_user):
    page = as_user(asked.officer).get(reverse("dossiers:opinion_ask", args=[asked.dossier.code]))
    text = page.content.decode()
    assert 'data-confirm="Yêu cầu được gửi ngay' in text
    assert text.count('id="id_question"') == 1


def test_the_consulted_officer_sees_only_what_was_asked(asked, as_user):
    client = as_user(asked.consulted)
    page = client.get(reverse("dossiers:opinion_list"))
    assert page.context["total"] == 1
    foreign = OpinionRequest.objects.get(organisation=asked.other)
    assert client.get(reverse("dossiers:opinion", args=[foreign.pk])).status_code == 404
    assert client.get(asked.fresh().get_absolute_url()).status_code == 403
    submission = Document.objects.get(dossier=asked.dossier, kind="submission")
    assert client.get(reverse("dossiers:office_document", args=[submission.pk])).status_code == 404
    paper = Document.objects.filter(application__dossier=asked.dossier).order_by("pk").first()
    assert client.get(reverse("dossiers:office_document", args=[paper.pk])).status_code == 200


def test_another_agency_sees_nothing(asked, as_user):
    stranger = person(
        Role.CONSULTED_OFFICER, organisation=OrganisationFactory(other_department=True, name="Sở Y tế")
    )
    client = as_user(stranger)
    assert client.get(reverse("dossiers:opinion_list")).context["total"] == 0
    assert client.get(reverse("dossiers:opinion", args=[own(asked).pk])).status_code == 404
    paper = Document.objects.filter(application__dossier=asked.dossier).order_by("pk").first()
    assert client.get(reverse("dossiers:office_document", args=[paper.pk])).status_code == 404


def test_the_opinion_is_given_with_its_letter(asked, as_user):
    client = as_user(asked.consulted)
    url = reverse("dossiers:opinion", args=[own(asked).pk])
    refused = client.post(url, {"stance": "disagrees", "answer": ""})
    assert refused.status_code == 422
    data = {"stance": "agrees_with_remarks", "answer": "Cần làm rõ vốn vay.", "upload": pdf("y-kien.pdf")}
    assert client.post(url, data).status_code == 302
    request = own(asked)
    assert request.stance == "agrees_with_remarks"
    assert request.document.file.sha256
    assert "Cần làm rõ vốn vay." in client.get(url).content.decode()
    assert client.get(reverse("dossiers:office_document", args=[request.document_id])).status_code == 200
    workspace = as_user(asked.officer).get(asked.fresh().get_absolute_url()).content.decode()
    assert "y-kien.pdf" in workspace


def test_a_hostile_letter_is_refused_and_nothing_is_answered(asked, as_user):
    from django.core.files.uploadedfile import SimpleUploadedFile

    fake = SimpleUploadedFile("y-kien.pdf", b"<html><script>alert(1)</script>", "application/pdf")
    url = reverse("dossiers:opinion", args=[own(asked).pk])
    answer = as_user(asked.consulted).post(url, {"stance": "agrees", "upload": fake})
    assert answer.status_code == 422
    assert own(asked).answered_at is None


def test_silence_is_marked_and_the_department_records_reminds_and_takes_back(asked, as_user, time_machine):
    time_machine.move_to(moment("2026-12-15"))
    client = as_user(asked.officer)
    assert "không trả lời" in client.get(asked.fresh().get_absolute_url()).content.decode()
    code, pk = asked.dossier.code, own(asked).pk
    assert client.post(reverse("dossiers:opinion_remind", args=[code, pk])).status_code == 302
    assert own(asked).reminded_at
    recorded = client.post(
        reverse("dossiers:opinion_record", args=[code, pk]), {"stance": "agrees", "answer": ""}
    )
    assert recorded.status_code == 302
    foreign = OpinionRequest.objects.get(organisation=asked.other)
    back = client.post(
        reverse("dossiers:opinion_take_back", args=[code, foreign.pk]), {"reason": "Không còn cần"}
    )
    assert back.status_code == 302
    foreign.refresh_from_db()
    assert foreign.withdrawn_at
