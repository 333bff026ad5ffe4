"""Rivals apply sealed: before the opening nobody but their own organisation can read, count or guess them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from dossiers.models import (
    Application,
    Complaint,
    Document,
    Dossier,
    Event,
    Notice,
    Notification,
    OpeningRecord,
    OrganisationPaper,
    SupplementRequest,
)
from dossiers.procedures import procedure
from dossiers.services.events import ActionRefused
from dossiers.services.filing import WindowClosed, file_application, save_answers, withdraw_application
from dossiers.services.firing import available, fire
from dossiers.services.people import make_complaint
from tests.factories.accounts import UserFactory, person
from tests.factories.dossiers import Walk, applicant, draft, moment, organisation_of

pytestmark = pytest.mark.django_db
SEEN_WITH_APPLICATIONS = (Document, Event, SupplementRequest, Complaint)


def two_sealed():
    made = Walk()
    made.to("open")
    made.join()
    return made


@pytest.fixture(scope="module")
def scene(build_scene):
    return build_scene(two_sealed, at=moment("2026-10-09", "12:00"))


@pytest.fixture
def walk(scene, db, time_machine):
    """Two rivals before the opening."""
    time_machine.move_to(moment("2026-10-09", "12:00"), tick=False)
    return scene()


def everybody(walk):
    """Everybody but the two applicants: each role in the dossier's place, and those who administer."""
    people = {role.value: person(role) for role in Role}
    people |= {
        "officer of the case": walk.commune_officer,
        "national operator, administrator": person(Role.PORTAL_ADMINISTRATOR, is_administrator=True),
        "superuser": UserFactory(technical=True),
        "other applicant": applicant("Công ty thứ ba"),
    }
    return people


def test_before_the_opening_no_row_of_an_application_is_seen_by_anybody_else(walk):
    make_complaint(application=walk.application, text="Chậm công bố", user=walk.investor)
    own = {user: organisation_of(user).pk for user in (walk.investor, walk.rival)}
    for name, user in everybody(walk).items():
        assert not Application.objects.visible_to(user).exists(), name
        for model in SEEN_WITH_APPLICATIONS:
            rows = model.objects.visible_to(user).filter(application__isnull=False)
            assert not rows.exists(), f"{name} {model.__name__}"
    for user, organisation in own.items():
        assert {one.organisation_id for one in Application.objects.visible_to(user)} == {organisation}
        papers = Document.objects.visible_to(user).filter(application__isnull=False)
        assert {one.application.organisation_id for one in papers} == {organisation}
        events = Event.objects.visible_to(user).filter(application__isnull=False)
        assert {one.application.organisation_id for one in events} <= {organisation}
    assert not OrganisationPaper.objects.visible_to(walk.commune_officer).exists()


def test_after_the_opening_officers_of_the_place_read_all_and_rivals_still_not_each_other(walk, time_machine):
    time_machine.move_to(moment("2026-10-14"), tick=False)
    walk.open_all()
    both = {walk.application.pk, Application.objects.get(is_first=False).pk}
    for user in (walk.commune_officer, walk.officer, walk.clerk):
        assert set(Application.objects.visible_to(user).values_list("pk", flat=True)) == both
        assert {
            one.application_id for one in Document.objects.visible_to(user).filter(application__isnull=False)
        } == both
    assert [one.organisation for one in Application.objects.visible_to(walk.rival)] == [
        organisation_of(walk.rival)
    ]
    elsewhere = person(Role.DEPARTMENT_OFFICER, province_code="52")
    for user in (elsewhere, person(Role.PORTAL_ADMINISTRATOR), person(Role.MINISTRY_ANALYST)):
        assert not Application.objects.visible_to(user).exists()
    record = OpeningRecord.objects.get(dossier=walk.dossier)
    assert [one["organisation"] for one in record.contents] == [
        str(organisation_of(user)) for user in (walk.investor, walk.rival)
    ]
    assert all(len(paper["sha256"]) == 64 for one in record.contents for paper in one["papers"])


def test_rivals_cannot_be_counted_by_version_search_messages_or_actions(walk):
    """The dossier looks to an officer exactly as if nobody had joined it."""
    quiet = Walk()
    quiet.to("open")
    watched, calm = walk.fresh(), quiet.fresh()
    assert watched.version == calm.version
    assert watched.updated_at.date() == calm.updated_at.date()
    assert not Dossier.objects.search_for("Đối Thủ").exists()
    for user, other in ((walk.commune_officer, quiet.commune_officer), (walk.officer, quiet.officer)):
        seen = [one.action for one in Event.objects.visible_to(user).filter(dossier=watched)]
        assert seen == [one.action for one in Event.objects.visible_to(other).filter(dossier=calm)]
        assert [one.reasons for one in available(watched, user)] == [
            one.reasons for one in available(calm, other)
        ]
    told = Notification.objects.filter(user=walk.commune_officer)
    assert told.filter(dossier=watched).count() == told.filter(dossier=calm).count() == 2
    # A filing neither disturbs the officer who has the page open: the act on the version they saw goes through.
    third = applicant("Công ty thứ ba")
    file_application(application=draft(walk.line, user=third), user=third)
    withdraw_application(
        application=Application.objects.get(organisation=organisation_of(third)), user=third, reason="Đổi ý"
    )
    assert walk.fresh().version == watched.version
    assert [one.action for one in Event.objects.visible_to(walk.commune_officer).filter(dossier=watched)] == [
        "filed",
        "publish_notice",
    ]


def test_the_checklist_does_not_look_into_sealed_applications(walk):
    checklist = procedure("establish_cluster").checklist(walk.fresh())
    said = " ".join(str(finding) for finding in checklist)
    for user in (walk.investor, walk.rival):
        assert str(organisation_of(user)) not in said


def test_an_application_is_taken_up_to_the_last_second_and_not_after(walk, time_machine):
    closes_at = walk.fresh().closes_at
    last, late = applicant("Công ty phút chót"), applicant("Công ty muộn")
    drafts = {user: draft(walk.line, user=user) for user in (last, late)}
    time_machine.move_to(closes_at - dt.timedelta(seconds=1), tick=False)
    assert file_application(application=drafts[last], user=last).dossier == walk.dossier
    time_machine.move_to(closes_at, tick=False)
    with pytest.raises(WindowClosed) as closed:
        file_application(application=drafts[late], user=late)
    assert "23:59:59 13/10/2026" in closed.value.messages[0]
    assert "00:00:00 14/10/2026" in closed.value.messages[0]
    kept = Application.objects.get(pk=drafts[late].pk)
    assert kept.is_draft
    assert kept.documents.count() == drafts[late].documents.count()


def test_one_applies_once_and_not_after_the_opening(walk, time_machine):
    again = draft(walk.line, user=walk.rival)
    with pytest.raises(ActionRefused):
        file_application(application=again, user=walk.rival)
    time_machine.move_to(moment("2026-10-14"), tick=False)
    walk.open_all()
    late = applicant("Công ty muộn")
    with pytest.raises(ActionRefused):
        file_application(application=draft(walk.line, user=late), user=late)
    assert Dossier.objects.count() == 1


def test_a_filed_application_is_changed_only_where_a_supplement_asks(walk):
    with pytest.raises(ActionRefused):
        save_answers(application=walk.application, answers={"name": "Khác"}, user=walk.investor)
    with pytest.raises(PermissionDenied):
        save_answers(application=walk.application, answers={"name": "Khác"}, user=walk.rival)


def test_withdrawing_the_last_application_ends_the_case_also_while_it_is_sealed(walk):
    rival = Application.objects.get(is_first=False)
    withdraw_application(application=walk.application, user=walk.investor, reason="Đổi ý")
    assert walk.fresh().is_open, "a sealed rival is still in it"
    withdraw_application(application=rival, user=walk.rival, reason="Đổi ý")
    dossier = walk.fresh()
    assert (dossier.state, dossier.is_open, dossier.step, dossier.due_on) == ("withdrawn", False, "", None)
    assert not Notice.objects.open().exists()
    with pytest.raises(ActionRefused):
        fire(dossier, "open_applications", actor=walk.commune_officer, present="x", note="x")
    # The line of the List is free again: the next request opens a case of its own.
    next_one = applicant("Công ty tiếp theo")
    opened = file_application(application=draft(walk.line, user=next_one), user=next_one)
    assert opened.is_first
    assert opened.dossier_id != dossier.pk


def test_a_draft_is_its_organisations_alone(walk):
    hidden = draft(walk.line, user=walk.rival)
    for name, user in {**everybody(walk), "first applicant": walk.investor}.items():
        assert not Application.objects.visible_to(user).filter(pk=hidden.pk).exists(), name
        assert not Document.objects.visible_to(user).filter(application=hidden).exists(), name
