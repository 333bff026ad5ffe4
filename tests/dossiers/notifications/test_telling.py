"""Who is told of what, once, in their language, and never of what is sealed."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation
from kombu.exceptions import OperationalError

from accounts.roles import Role
from dossiers.models import Delivery, Notification, NotificationSetting, OutboxMessage, Topic
from dossiers.services import notifying
from dossiers.services.filing import withdraw_application
from dossiers.services.firing import fire
from dossiers.services.notifying import SENTENCES, tell
from dossiers.services.outbox import letter_of
from dossiers.services.wording import path_of, sentence_of
from tests.factories.accounts import UserFactory, person
from tests.factories.dossiers import Walk, applicant, moment, organisation_of

pytestmark = pytest.mark.django_db


def told(user, **only):
    return list(
        Notification.objects.filter(user=user, **only).order_by("pk").values_list("sentence", flat=True)
    )


def test_the_applicant_and_the_unit_whose_turn_it_is_are_told_at_each_step(time_machine):
    time_machine.move_to(moment("2026-11-26"))
    walk = Walk()
    walk.to("appraisal")
    assert told(walk.investor) == ["filed", "moved", "moved", "moved", "moved"]
    assert told(walk.commune_officer) == ["waits", "waits", "waits"]
    assert told(walk.officer) == ["waits", "waits"]
    assert told(walk.clerk) == []
    assert told(person(Role.DEPARTMENT_OFFICER, province_code="52")) == []


def test_a_refusal_reaches_the_applicant_with_its_result(time_machine):
    """The refused application is no longer in process when people are told; they hear of it all the same."""
    time_machine.move_to(moment("2026-11-26"))
    walk = Walk()
    dossier = walk.to("submitted")
    fire(dossier, "refuse_incomplete", actor=walk.leader, note="Không bổ sung theo yêu cầu.")
    row = Notification.objects.get(user=walk.investor, sentence="result")
    assert "đã từ chối" in sentence_of(row)


def test_each_applicant_hears_their_own_result_once(time_machine):
    time_machine.move_to(moment("2026-11-26"))
    walk = Walk()
    walk.to("open")
    walk.join()
    for step in (walk.open_all, walk.submit, walk.accept, walk.report, walk.decide, walk.complete):
        step()
    results = {
        user: Notification.objects.get(user=user, sentence="result") for user in (walk.investor, walk.rival)
    }
    assert [results[user].facts["outcome"] for user in (walk.investor, walk.rival)] == [
        {"outcome": "chosen"},
        {"outcome": "not_chosen"},
    ]
    # The code is their own, so that nobody learns another's.
    assert results[walk.rival].facts["code"] != results[walk.investor].facts["code"]


def test_a_sealed_rival_is_told_of_to_nobody_but_their_own(time_machine):
    time_machine.move_to(moment("2026-10-09", "12:00"))
    walk = Walk()
    walk.to("open")
    before = Notification.objects.exclude(user=walk.rival).count()
    rival = walk.join()
    withdraw_application(application=rival, user=walk.rival, reason="Không còn nhu cầu.")
    assert Notification.objects.exclude(user=walk.rival).count() == before
    assert told(walk.rival) == ["filed"]


def test_the_unit_hears_that_the_last_application_was_withdrawn(time_machine):
    time_machine.move_to(moment("2026-11-26"))
    walk = Walk()
    walk.to("appraisal")
    withdraw_application(application=walk.application, user=walk.investor, reason="Không còn nhu cầu.")
    assert told(walk.officer, sentence="withdrawn") == ["withdrawn"]


def test_an_occasion_is_said_once_and_how_is_the_persons_choice():
    quiet, daily, at_once = UserFactory(), UserFactory(), UserFactory()
    NotificationSetting.objects.create(user=quiet, topic=Topic.COMPLAINT, delivery=Delivery.NONE)
    NotificationSetting.objects.create(user=daily, topic=Topic.COMPLAINT, delivery=Delivery.DIGEST)
    # Of another topic: it does not count here.
    NotificationSetting.objects.create(user=at_once, topic=Topic.COUNCIL, delivery=Delivery.NONE)
    gone = UserFactory(is_active=False)
    people = [quiet, daily, at_once, at_once, gone]
    said = {"topic": Topic.COMPLAINT, "sentence": "complaint", "dedupe": "complaint:1", "code": "H15-1"}
    assert tell(people, **said) == 3
    assert tell(people, **said) == 0
    assert Notification.objects.count() == 3
    letters = {
        one.notification.user: one.in_digest
        for one in OutboxMessage.objects.select_related("notification__user")
    }
    assert letters == {daily: True, at_once: False}
    assert not mail.outbox


def test_every_sentence_is_worded_from_codes_in_both_languages():
    """Facts keep codes: what one person's act was called must not reach another in the first one's language."""
    facts = {
        "code": "H15-1",
        "number": 2,
        "due": "2026-12-08",
        "who": "Nguyễn Văn Thử",
        "agency": "Sở Tài chính",
        "what": {"procedure": "establish_cluster", "action": "accept"},
        "state": {"procedure": "establish_cluster", "state": "appraisal"},
        "stance": {"stance": "agrees"},
        "step": {"step": "S4"},
        "outcome": {"outcome": "not_chosen"},
    }
    for sentence in SENTENCES:
        row = Notification(user=UserFactory.build(), sentence=sentence, facts=facts)
        with translation.override("vi"):
            vietnamese = sentence_of(row)
        with translation.override("en"):
            english = sentence_of(row)
        assert vietnamese != english, sentence
        assert "H15-1" in vietnamese
        assert "{" not in vietnamese + english
    with translation.override("en"):
        due = sentence_of(Notification(sentence="due_soon", facts=facts))
    assert due == "H15-1: appraisal and scoring is due 08/12/2026."


def test_what_services_keep_are_codes(time_machine):
    time_machine.move_to(moment("2026-11-26"))
    walk = Walk()
    walk.to("appraisal")
    walk.opinion()
    for row in Notification.objects.order_by("pk"):
        texts = {name: value for name, value in row.facts.items() if isinstance(value, str)}
        assert texts.keys() <= {"code", "due", "agency", "who"}, row.sentence


def test_a_notification_leads_to_the_readers_own_page(client, time_machine):
    time_machine.move_to(moment("2026-11-26"))
    walk = Walk()
    walk.to("received")
    own, theirs = (Notification.objects.get(user=user) for user in (walk.investor, walk.commune_officer))
    key = walk.application.pk
    assert path_of(own) == reverse("dossiers:application", args=[key])
    assert path_of(theirs) == reverse("dossiers:workspace", args=[walk.dossier.code])
    for row in (own, theirs):
        client.force_login(row.user, backend="accounts.backends.AuthenticationBackend")
        assert client.get(path_of(row)).status_code == 200
    own.sentence, own.facts = "supplement_asked", {"code": "x", "number": 1}
    assert path_of(own) == reverse("dossiers:supplement", args=[key, 1])
    assert path_of(Notification(user=walk.investor, sentence="complaint")) == reverse(
        "dossiers:notifications"
    )


@pytest.mark.parametrize(("language", "sentence"), [("vi", "đã được tiếp nhận"), ("en", "was received")])
def test_a_letter_is_in_the_readers_language_and_carries_addresses(language, sentence, settings):
    settings.SITE_URL = "https://ccn.example.vn/"
    user = UserFactory(language=language)
    tell([user], topic=Topic.MY_DOSSIER, sentence="filed", dedupe="x", code="H15-1")
    (message,) = OutboxMessage.objects.select_related("notification__user")
    with translation.override("en" if language == "vi" else "vi"):
        letter = letter_of([message])
    assert sentence in letter.subject
    assert "https://ccn.example.vn/dossiers/messages/" in letter.body
    assert letter.to == [user.email]


class Unreachable:
    """A task whose queue is away."""

    name = "of this test"

    def __init__(self, error):
        self.error = error

    def apply_async(self, *_, **__):
        raise self.error


@pytest.mark.parametrize("error", [ConnectionRefusedError("no redis"), OperationalError("no broker")])
def test_an_unreachable_queue_undoes_nothing(error, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("dossiers.tasks.send_messages", Unreachable(error))
    walk = Walk()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        walk.to("received")
    assert walk.fresh().state == "received"
    assert OutboxMessage.objects.filter(sent_at__isnull=True).exists()
    # However many were told, the worker is asked once.
    assert len([one for one in callbacks if one is notifying._wake_the_sender]) == 1


def test_colleagues_of_the_applicant_hear_too_and_strangers_do_not():
    walk = Walk()
    colleague = person(Role.INVESTOR_MEMBER, organisation=organisation_of(walk.investor))
    walk.to("received")
    assert told(colleague) == ["filed"]
    assert told(applicant("Công ty khác")) == []
