"""Model documents: the portal's to download, a department's own in its place, checked, kept when replaced."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Function, Role
from dossiers.models import ModelDocument
from dossiers.papers.catalogue import paper_kinds
from dossiers.services.model_documents import own_model as model_in_use
from tests.core.office.made import model, with_part
from tests.dossiers.papers_pages.made import browser, own_model, upload
from tests.factories.accounts import HA_NOI, person, province
from tests.pages import PageContract

pytestmark = pytest.mark.django_db
LIST = "dossiers:model_documents"
KINDS = [paper.kind for paper in paper_kinds()]


def page_of(kind: str) -> str:
    return reverse("dossiers:model_document", args=[kind])


def errors(response) -> str:
    """Return what the page says is wrong, without markup."""
    page = response.content.decode()
    start = page.index("error-summary")
    return re.sub(r"<[^>]+>", " ", page[start : page.index("</div>", start)])


class TestList(PageContract):
    url_name = LIST
    function = Function.KEEP_MODEL_DOCUMENTS
    role = Role.DEPARTMENT_LEADER
    max_queries = 10


class TestPaper(PageContract):
    url_name = "dossiers:model_document"
    function = Function.KEEP_MODEL_DOCUMENTS
    role = Role.DEPARTMENT_LEADER
    max_queries = 10

    def url_kwargs(self):
        return {"kind": "minutes"}


def test_every_paper_is_listed_with_its_portal_model_once():
    page = browser(person(Role.DEPARTMENT_LEADER)).get(reverse(LIST)).content.decode()
    assert len(KINDS) == len(set(KINDS)) == 15
    for kind in KINDS:
        assert page.count(f'href="{reverse("dossiers:model_portal", args=[kind])}"') == 1
        assert page.count(f'href="{page_of(kind)}"') == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_portal_model_comes_down_and_goes_up_again_unchanged(kind):
    leader = person(Role.DEPARTMENT_LEADER)
    response = browser(leader).get(reverse("dossiers:model_portal", args=[kind]))
    assert re.search(r'filename="mau-[a-z-]+\.docx"', response["Content-Disposition"])
    again = SimpleUploadedFile("mau.docx", response.content)
    # What the check would have to say stands on the page that comes back.
    answer = browser(leader).post(page_of(kind), {"file": again})
    assert answer.status_code == 302, errors(answer)
    assert model_in_use(kind, province().pk).added_by == leader


def test_an_own_model_is_named_with_who_and_when_and_the_one_before_is_kept():
    leader = person(Role.DEPARTMENT_LEADER)
    client = browser(leader)
    for name in ("mau-1.docx", "mau-2.docx"):
        response = client.post(
            page_of("minutes"), {"file": upload("{{ cluster.name }}", name=name)}, follow=True
        )
        assert "Mẫu đã được đưa vào sử dụng" in response.content.decode()
    first, second = ModelDocument.objects.order_by("pk")
    assert first.ended_at is not None
    assert second.ended_at is None
    page = response.content.decode()
    assert leader.full_name in page
    for kept in (first, second):
        assert reverse("dossiers:model_own", args=[kept.pk]) in page
    assert client.get(reverse("dossiers:model_own", args=[first.pk])).status_code == 200
    assert "mau-2.docx" in client.get(reverse(LIST)).content.decode()


def test_going_back_uses_the_portals_again_and_keeps_the_own_one():
    leader = person(Role.DEPARTMENT_LEADER)
    own = own_model("minutes", leader)
    response = browser(leader).post(reverse("dossiers:model_end", args=[own.pk]), follow=True)
    assert "lập theo mẫu của cổng thông tin" in response.content.decode()
    assert model_in_use("minutes", province().pk) is None
    assert ModelDocument.objects.get(pk=own.pk).ended_at is not None


def test_an_unknown_placeholder_is_named_with_its_place_and_the_nearest_known_one():
    client = browser(person(Role.DEPARTMENT_LEADER))
    file = upload("Biên bản", "Cụm {{ cluster.nam }}, điểm {{ luck }}")
    response = client.post(page_of("minutes"), {"file": file})
    assert response.status_code == 422
    said = errors(response)
    assert "Đoạn 2" in said
    assert "cluster.nam" in said
    assert "cluster.name" in said
    assert "luck" in said
    assert not ModelDocument.objects.exists()


HOSTILE = {
    "no document": lambda: SimpleUploadedFile("mau.docx", b"<html><script>alert(1)</script></html>"),
    "another kind": lambda: SimpleUploadedFile("mau.pdf", b"%PDF-1.7"),
    "empty": lambda: SimpleUploadedFile("mau.docx", b""),
    "macros": lambda: SimpleUploadedFile("mau.docx", with_part(model("x"), "word/vbaProject.bin", b"x")),
    "a bomb": lambda: SimpleUploadedFile(
        "mau.docx", with_part(model("x"), "word/media/a.xml", b"0" * 40_000_000)
    ),
    "a call": lambda: upload("{{ cluster.__class__.__mro__ }}"),
    "an entity": lambda: SimpleUploadedFile(
        "mau.docx",
        with_part(
            model("x"),
            "word/document.xml",
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        ),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_one_sentence(name):
    client = browser(person(Role.DEPARTMENT_LEADER))
    response = client.post(page_of("minutes"), {"file": HOSTILE[name]()})
    assert response.status_code == 422
    page = response.content.decode()
    assert page.count('<li><a href="#id_file">') == 1
    assert not ModelDocument.objects.exists()


def test_no_file_is_a_mistake_said_beside_the_field():
    response = browser(person(Role.DEPARTMENT_LEADER)).post(page_of("minutes"), {})
    assert response.status_code == 422
    assert "#id_file" in response.content.decode()


def test_models_of_another_department_are_not_found_and_not_used():
    own = own_model("minutes")
    stranger = browser(person(Role.DEPARTMENT_LEADER, province_code=HA_NOI))
    assert stranger.get(reverse("dossiers:model_own", args=[own.pk])).status_code == 404
    assert stranger.post(reverse("dossiers:model_end", args=[own.pk])).status_code == 404
    assert model_in_use("minutes", province(HA_NOI).pk) is None
    assert model_in_use("minutes", province().pk) == own
    for role in (Role.DEPARTMENT_OFFICER, Role.INVESTOR_MEMBER):
        assert browser(person(role)).get(reverse("dossiers:model_own", args=[own.pk])).status_code == 403


def test_a_paper_nobody_writes_has_no_page():
    client = browser(person(Role.DEPARTMENT_LEADER))
    assert client.get(page_of("love_letter")).status_code == 404
    assert client.get(reverse("dossiers:model_portal", args=["love_letter"])).status_code == 404


def test_placeholders_are_shown_as_they_are_typed():
    page = browser(person(Role.DEPARTMENT_LEADER)).get(page_of("score_sheet")).content.decode()
    for written in (
        "{{ cluster.name }}",
        "{%tr for row in criteria %} … {%tr endfor %}",
        "{%tr for part in row.parts %} … {%tr endfor %}",
        "{{ part.points }}",
        "{%p for item in remarks %} {{ item }} {%p endfor %}",
    ):
        assert f"<code>{written}</code>" in page, written
