"""Papers of a draft, and the store that asks for each once."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dossiers.models import Document, OrganisationPaper
from dossiers.services.documents import keep_in_store
from tests.dossiers.applicant.cases import browser_of
from tests.factories.dossiers import applicant, draft, moment, organisation_of, pdf, planned, stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"))


def add(user, made, **data):
    return browser_of(user).post(reverse("dossiers:paper_add", args=[made.pk]), data)


def current(made, kind):
    return list(Document.objects.current().filter(application=made, kind=kind).order_by("pk"))


def kept(user, **dates) -> OrganisationPaper:
    return OrganisationPaper.objects.create(
        organisation=organisation_of(user),
        kind="experience",
        title="Hồ sơ năng lực 2025",
        file=stored("nang-luc.pdf", user),
        added_by=user,
        **dates,
    )


def test_a_file_is_added_and_shown_with_its_size_and_hash():
    user = applicant()
    made = draft(user=user)
    answer = add(user, made, kind="experience", file=pdf("Hồ sơ năng lực.pdf"))
    section = reverse("dossiers:draft_section", args=[made.pk, "papers"])
    assert answer["Location"] == f"{section}#paper-experience"
    (document,) = current(made, "experience")
    text = browser_of(user).get(section).content.decode()
    assert document.file.name in text
    assert document.file.sha256 in text


def test_a_file_that_is_not_what_its_name_says_is_refused_beside_its_kind():
    user = applicant()
    made = draft(user=user)
    page = add(user, made, kind="experience", file=SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>"))
    assert page.status_code == 422
    kind = next(one for one in page.context["papers"] if one.kind.code == "experience")
    assert "a.pdf" in kind.errors[0]
    assert current(made, "experience") == []


def test_nothing_chosen_is_said_in_words():
    user = applicant()
    page = add(user, draft(user=user), kind="financial_capacity")
    kind = next(one for one in page.context["papers"] if one.kind.code == "financial_capacity")
    assert len(kind.errors) == 2


def test_a_newer_version_takes_the_place_of_the_older_which_stays_readable():
    user = applicant()
    made = draft(user=user)
    (old,) = current(made, "report")
    add(user, made, kind="report", file=pdf("bao-cao-2.pdf"), replaces=old.pk)
    (new,) = current(made, "report")
    assert (new.version, new.replaces) == (2, old)
    assert browser_of(user).get(reverse("dossiers:paper_file", args=[old.pk])).status_code == 200


def test_a_paper_is_removed_from_a_draft_and_missing_again():
    user = applicant()
    made = draft(user=user)
    (paper,) = current(made, "map")
    browser_of(user).post(reverse("dossiers:paper_remove", args=[paper.pk]))
    page = browser_of(user).get(reverse("dossiers:draft_section", args=[made.pk, "papers"]))
    assert next(one for one in page.context["papers"] if one.kind.code == "map").is_missing
    assert browser_of(user).get(reverse("dossiers:paper_file", args=[paper.pk])).status_code == 404


def test_a_paper_kept_once_is_offered_and_reused_in_the_next_draft():
    user = applicant()
    first = draft(user=user)
    add(user, first, kind="experience", file=pdf("nang-luc.pdf"))
    (paper,) = current(first, "experience")
    browser_of(user).post(
        reverse("dossiers:paper_keep", args=[paper.pk]),
        {"valid_from": "2026-01-01", "valid_to": "2027-12-31"},
    )
    second = draft(planned(name="Khác"), user=user)
    page = browser_of(user).get(reverse("dossiers:draft_section", args=[second.pk, "papers"]))
    kind = next(one for one in page.context["papers"] if one.kind.code == "experience")
    ((offer, _words, is_usable),) = kind.store
    assert is_usable
    add(user, second, kind="experience", reuse=offer.pk)
    (reused,) = current(second, "experience")
    assert reused.file.sha256 == paper.file.sha256
    assert reused.reused_from == offer


def test_an_expired_paper_is_marked_and_cannot_be_reused():
    user = applicant()
    made = draft(user=user)
    old = kept(user, valid_to=dt.date(2026, 1, 31))
    page = add(user, made, kind="experience", reuse=old.pk)
    kind = next(one for one in page.context["papers"] if one.kind.code == "experience")
    assert "Hồ sơ năng lực 2025" in kind.errors[0]
    assert kind.store[0][2] is False
    assert current(made, "experience") == []


def test_the_store_of_another_organisation_is_not_reached():
    user, other = applicant(), applicant("Công ty Khác")
    theirs = kept(other)
    assert add(user, draft(user=user), kind="experience", reuse=theirs.pk).status_code == 404
    assert theirs.title not in browser_of(user).get(reverse("dossiers:store")).content.decode()


def test_validity_is_changed_and_days_in_the_wrong_order_are_refused():
    user = applicant()
    paper = kept(user)
    url = reverse("dossiers:store_paper", args=[paper.pk])
    wrong = browser_of(user).post(url, {"title": "A", "valid_from": "2027-01-01", "valid_to": "2026-01-01"})
    assert wrong.context["form"].errors
    browser_of(user).post(url, {"title": "A", "valid_from": "", "valid_to": "2027-01-01"})
    paper.refresh_from_db()
    assert (paper.title, paper.valid_to) == ("A", dt.date(2027, 1, 1))


def test_a_paper_leaves_the_store_and_stays_in_the_applications_that_used_it():
    user = applicant()
    made = draft(user=user)
    document = made.documents.get(kind="financial_capacity")
    paper = keep_in_store(document=document, user=user)
    other = draft(planned(name="Khác"), user=user)
    add(user, other, kind="financial_capacity", reuse=paper.pk)
    browser_of(user).post(reverse("dossiers:store_remove", args=[paper.pk]))
    assert not OrganisationPaper.objects.filter(pk=paper.pk).exists()
    assert len(current(other, "financial_capacity")) == 2
