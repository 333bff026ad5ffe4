"""Two at once, with real transactions on PostgreSQL: one succeeds, nothing is lost, nothing happens twice."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.db import connection, connections

from config.env import BASE_DIR
from dossiers.models import Application, CodeCounter, Dossier, Event, Notification, OutboxMessage, StepRun
from dossiers.services import outbox
from dossiers.services.events import ActionRefused, ChangedMeanwhile
from dossiers.services.filing import WindowClosed, file_application
from dossiers.services.firing import fire
from dossiers.services.outbox import send_waiting
from dossiers.services.reminders import close_due_windows
from dossiers.services.rounds import reopen_scoring
from tests.factories.accounts import person
from tests.factories.dossiers import Walk, applicant, draft, moment, organisation_of, planned

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run each act in a thread with a connection of its own, started together; return results or errors in order."""
    together = threading.Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def run(place, act):
        try:
            together.wait(timeout=20)
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "two acts wait for each other"
    return outcomes


def errors(outcomes):
    return [one for one in outcomes if isinstance(one, Exception)]


def done(outcomes):
    return [one for one in outcomes if not isinstance(one, Exception)]


@pytest.fixture(autouse=True)
def _quiet_queue(monkeypatch):
    """Leave the queue out: these tests commit, and nobody works off what they would put there."""
    monkeypatch.setattr("dossiers.services.notifying._wake_the_sender", lambda: None)


def test_of_two_officers_at_once_one_succeeds_and_the_other_is_told_what_changed():
    walk = Walk()
    dossier = walk.to("submitted")
    colleague = person("department_officer", organisation=organisation_of(walk.officer))
    seen = dossier.version
    outcomes = at_once(
        lambda: fire(dossier, "accept", actor=walk.officer, seen=seen),
        lambda: fire(dossier, "accept", actor=colleague, seen=seen),
    )
    (winner,), (loser,) = done(outcomes), errors(outcomes)
    assert isinstance(loser, ChangedMeanwhile)
    assert [event.pk for event in loser.events] == [winner.pk]
    assert winner.actor_name in loser.messages[0]
    assert Event.objects.filter(dossier=dossier, action="accept").count() == 1
    assert StepRun.objects.filter(dossier=dossier, step="S4").count() == 1


def test_of_two_different_actions_at_once_without_a_page_behind_them_the_second_is_refused_by_the_state():
    walk = Walk()
    dossier = walk.to("submitted")
    outcomes = at_once(
        lambda: fire(dossier, "accept", actor=walk.officer),
        lambda: fire(dossier, "refuse_incomplete", actor=walk.leader, note="Thiếu hồ sơ"),
    )
    # To refuse is possible after the acceptance too; to accept after the refusal is not.
    states = [
        event.to_state
        for event in Event.objects.filter(dossier=dossier).exclude(to_state="").order_by("version")
    ]
    assert states[-2:] == ["appraisal", "refused"] or (states[-1] == "refused" and len(errors(outcomes)) == 1)
    assert all(isinstance(one, ActionRefused) for one in errors(outcomes))
    assert StepRun.objects.filter(dossier=dossier, ended_at__isnull=True).count() == 0


def test_a_double_click_on_filing_files_once():
    user = applicant()
    application = draft(user=user)
    outcomes = at_once(*[lambda: file_application(application=application, user=user)] * 3)
    assert len(done(outcomes)) == 1
    assert all(isinstance(one, ActionRefused) for one in errors(outcomes))
    (dossier,) = Dossier.objects.all()
    assert Event.objects.filter(dossier=dossier).count() == 1
    assert Notification.objects.filter(user=user).count() == 1
    assert CodeCounter.objects.get().last == 1


def test_two_first_requests_for_the_same_thing_make_one_case():
    line = planned()
    users = [applicant(f"Công ty {n}") for n in range(3)]
    drafts = [draft(line, user=user) for user in users]
    outcomes = at_once(
        *[
            lambda user=user, made=made: file_application(application=made, user=user)
            for user, made in zip(users, drafts, strict=True)
        ]
    )
    assert errors(outcomes) == []
    (dossier,) = Dossier.objects.all()
    filed = Application.objects.filter(dossier=dossier).filed()
    assert sorted(filed.values_list("is_first", flat=True)) == [False, False, True]
    assert len(set(filed.values_list("code", flat=True))) == 3
    assert dossier.code in set(filed.values_list("code", flat=True))
    actions = sorted(Event.objects.filter(dossier=dossier).values_list("action", flat=True))
    assert actions == ["filed", "joined", "joined"]
    assert StepRun.objects.filter(dossier=dossier).count() == 1


def test_two_rivals_at_the_closing_second_one_inside_and_one_outside(time_machine):
    time_machine.move_to(moment("2026-10-06", "10:00"), tick=False)
    walk = Walk()
    walk.to("open")
    closes_at = walk.fresh().closes_at
    users = [applicant(f"Công ty {n}") for n in range(4)]
    drafts = [draft(walk.line, user=user) for user in users]
    time_machine.move_to(closes_at + dt.timedelta(seconds=2), tick=False)
    moments = [closes_at - dt.timedelta(seconds=1), closes_at] * 2
    outcomes = at_once(
        *[
            lambda user=user, made=made, at=at: file_application(application=made, user=user, at=at)
            for user, made, at in zip(users, drafts, moments, strict=True)
        ]
    )
    assert [isinstance(one, WindowClosed) for one in outcomes] == [False, True, False, True]
    assert Application.objects.filter(dossier=walk.dossier).filed().count() == 3
    assert Application.objects.drafts().count() == 2


def test_a_window_that_the_portal_and_the_officer_end_at_once_is_ended_once(time_machine):
    time_machine.move_to(moment("2026-10-06", "10:00"), tick=False)
    walk = Walk()
    dossier = walk.to("open")
    time_machine.move_to(moment("2026-10-14", "00:00"), tick=False)
    outcomes = at_once(
        close_due_windows,
        close_due_windows,
        lambda: fire(dossier, "open_applications", actor=walk.commune_officer, present="Mọi người"),
    )
    assert errors(outcomes) == []
    assert walk.fresh().state == "opened"
    assert Event.objects.filter(dossier=dossier, action="close_window").count() <= 1
    runs = [run.step for run in StepRun.objects.filter(dossier=dossier).order_by("pk")]
    assert runs == ["S1", "S2", "S3"]


def test_two_workers_send_each_letter_once():
    walk = Walk()
    walk.to("opened")
    letters = OutboxMessage.objects.count()
    assert letters >= 5
    outcomes = at_once(send_waiting, send_waiting, send_waiting)
    assert sum(outcomes) == letters
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == len(mail.outbox) == letters


SENDER = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from django.core.mail.backends.base import BaseEmailBackend
from dossiers.services import outbox
def stall(self, letters):
    print("sending", flush=True)
    import time
    time.sleep(60)
from django.core.mail.backends import locmem
locmem.EmailBackend.send_messages = stall
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
outbox.send_waiting()
"""


def test_a_worker_killed_between_the_change_and_the_letter_loses_nothing(tmp_path):
    """The change is committed with its message; a process that dies while sending leaves the row for the next one."""
    walk = Walk()
    walk.to("received")
    waiting = OutboxMessage.objects.filter(sent_at__isnull=True).count()
    parts = connection.settings_dict
    host = parts["HOST"] or parts["OPTIONS"].get("host", "")
    surroundings = {
        "PATH": os.environ["PATH"],
        "CCN_STATE_DIR": str(tmp_path),
        "DATABASE_URL": f"postgres://{parts['USER']}@/{parts['NAME']}?{urlencode({'host': host})}",
    }
    command = [sys.executable, "-c", SENDER]
    with subprocess.Popen(
        command, cwd=BASE_DIR, env=surroundings, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout.readline().strip() == "sending"
        # While it sends, its letter is not taken by another one.
        assert send_waiting() == waiting - 1
        worker.send_signal(signal.SIGKILL)
        worker.wait(timeout=20)
    deadline = time.monotonic() + 20
    while not (sent := send_waiting()) and time.monotonic() < deadline:
        time.sleep(0.1)  # until the server has noticed that its client is gone
    assert sent == 1
    assert send_waiting() == 0
    assert len(mail.outbox) == waiting == len({letter.extra_headers["Message-ID"] for letter in mail.outbox})


def test_a_process_killed_before_its_commit_leaves_neither_change_nor_message(monkeypatch):
    """Change and message are one transaction: either both are there or none."""
    walk = Walk()
    dossier = walk.to("submitted")
    before = (Event.objects.count(), Notification.objects.count(), OutboxMessage.objects.count())

    def dies(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("dossiers.services.firing.tell_of_event", dies)
    with pytest.raises(KeyboardInterrupt):
        fire(dossier, "accept", actor=walk.officer)
    assert (Event.objects.count(), Notification.objects.count(), OutboxMessage.objects.count()) == before
    assert walk.fresh().state == "submitted"


def test_a_letter_sent_twice_by_a_dying_worker_has_the_same_name(monkeypatch):
    """Between the mail server's answer and the commit nothing helps but this: the mail program sees one letter."""
    walk = Walk()
    walk.to("received")
    message = OutboxMessage.objects.order_by("pk").first()
    names = [outbox.letter_of([message]).extra_headers["Message-ID"] for _twice in range(2)]
    assert names[0] == names[1]


def test_of_two_who_reopen_a_scoring_at_once_one_does_and_one_earlier_round_is_kept():
    walk = Walk()
    walk.to("appraisal")
    council = walk.council()
    colleague = person("department_officer", organisation=organisation_of(walk.officer))
    outcomes = at_once(
        *[
            lambda user=user: reopen_scoring(council=council, reason="Ghi nhầm điểm", actor=user)
            for user in (walk.officer, colleague)
        ]
    )
    (kept,), (refused,) = done(outcomes), errors(outcomes)
    assert isinstance(refused, ActionRefused)
    assert list(council.rounds.values_list("pk", "number")) == [(kept.pk, 1)]
    council.refresh_from_db()
    assert (council.round, council.closed_at) == (2, None)
    assert Event.objects.filter(dossier=walk.dossier, action="scoring_reopened").count() == 1
