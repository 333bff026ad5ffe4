"""One writer of state: events only added, the trigger against all others, the check against acting on an old page."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from accounts.models import Membership
from clusters.models import Decision
from dossiers.models import Dossier, Event
from dossiers.services.events import ActionRefused, ChangedMeanwhile
from dossiers.services.firing import fire
from dossiers.services.people import assign_dossier, delegate
from tests.factories.accounts import person
from tests.factories.dossiers import Walk, moment, organisation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(time_machine):
    time_machine.move_to(moment("2026-11-26"))
    return Walk()


def refused_by_database(act):
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        act()
    return str(error.value)


def test_an_event_can_be_neither_changed_nor_removed_by_any_way(walk):
    walk.to("open")
    event = Event.objects.filter(dossier=walk.dossier).first()

    def save():
        event.note = "other"
        event.save()

    def raw(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement, [event.pk])

    ways = (
        save,
        lambda: Event.objects.filter(pk=event.pk).update(note="other"),
        event.delete,
        lambda: Event.objects.filter(pk=event.pk).delete(),
        lambda: raw("UPDATE dossiers_event SET actor_name = 'x' WHERE id = %s"),
        lambda: raw("DELETE FROM dossiers_event WHERE id = %s"),
    )
    for act in ways:
        assert refused_by_database(act)
    assert Event.objects.get(pk=event.pk).note == ""


@pytest.mark.parametrize(
    ("column", "value"),
    [("state", "decided"), ("regime_code", "R2"), ("version", 99), ("procedure_code", "expand_cluster")],
)
def test_the_trigger_refuses_every_other_writer_of_state(walk, column, value):
    dossier = walk.to("received")

    def save():
        row = Dossier.objects.get(pk=dossier.pk)
        setattr(row, column, value)
        row.save()

    def raw():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE dossiers_dossier SET {column} = %s WHERE id = %s", [value, dossier.pk])

    def of_another_dossier():
        """The permission given while one dossier is written does not open the others."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('dossiers.fire', %s, true)", [str(dossier.pk + 1)])
        raw()

    for act in (save, raw, lambda: Dossier.objects.update(**{column: value}), of_another_dossier):
        assert dossier.code in refused_by_database(act)
    # After an action was fired in the same transaction the door is shut again.
    walk.publish()
    assert dossier.code in refused_by_database(raw)
    assert walk.fresh().state == "open"


def test_other_columns_may_be_written(walk):
    dossier = walk.to("received")
    Dossier.objects.filter(pk=dossier.pk).update(due_on=dt.date(2026, 12, 1))
    assert walk.fresh().due_on == dt.date(2026, 12, 1)


def test_who_acts_on_an_old_page_is_told_what_happened_meanwhile(walk):
    dossier = walk.to("submitted")
    colleague = person("department_officer", organisation=organisation_of(walk.officer))
    seen = dossier.version
    assign_dossier(dossier=dossier, to=walk.officer, actor=walk.officer)
    with pytest.raises(ChangedMeanwhile) as changed:
        fire(dossier, "accept", actor=colleague, seen=seen)
    (event,) = changed.value.events
    assert event.action == "assigned"
    assert str(walk.officer) in changed.value.messages[0]
    assert walk.fresh().state == "submitted"
    assert fire(dossier, "accept", actor=colleague, seen=walk.fresh().version).to_state == "appraisal"


def test_an_event_freezes_who_did_it_as_they_were_then(walk):
    walk.to("received")
    unit = organisation_of(walk.commune_officer)
    walk.publish()
    event = Event.objects.get(dossier=walk.dossier, action="publish_notice")
    before = (str(walk.commune_officer), unit.name)
    walk.commune_officer.full_name = "Tên Khác"
    walk.commune_officer.save()
    Membership.objects.filter(user=walk.commune_officer).delete()
    event.refresh_from_db()
    assert (event.actor_name, event.actor_unit) == before


def test_a_deputy_signs_with_their_own_name_in_place_of_the_absent(walk):
    walk.to("submitted")
    deputy = person("department_officer", organisation=organisation_of(walk.officer))
    assign_dossier(dossier=walk.dossier, to=walk.officer, actor=walk.officer)
    day = dt.date(2026, 11, 26)
    delegate(absent=walk.officer, deputy=deputy, starts_on=day, ends_on=day, actor=walk.officer)
    event = fire(walk.dossier, "accept", actor=deputy)
    assert (event.actor_name, event.on_behalf_of) == (str(deputy), str(walk.officer))


def test_an_action_is_entered_neither_for_the_future_nor_before_what_is_recorded(walk):
    dossier = walk.to("submitted")
    for at in (moment("2026-11-27"), moment("2026-10-14")):
        with pytest.raises(Exception, match="at") as refused:
            fire(dossier, "accept", actor=walk.officer, at=at)
        assert not isinstance(refused.value, ActionRefused)
    assert fire(dossier, "accept", actor=walk.officer, at=moment("2026-10-16")).at == moment("2026-10-16")


def test_a_reason_is_demanded_where_the_table_asks_for_one(walk):
    dossier = walk.to("deciding")
    for action in ("return_to_department", "refuse"):
        with pytest.raises(Exception, match="note"):
            fire(dossier, action, actor=walk.clerk, note="  ")
    assert walk.fresh().state == "deciding"


def test_an_effect_that_fails_leaves_nothing_behind(walk):
    dossier = walk.to("deciding")
    walk.paper("decision", walk.clerk, moment("2026-10-30", "08:30"))
    before = walk.fresh()
    with pytest.raises(Exception, match="number"):
        fire(dossier, "decide", actor=walk.clerk, number="", items={})
    after = walk.fresh()
    assert (after.state, after.version, after.step) == (before.state, before.version, before.step)
    assert not Event.objects.filter(dossier=dossier, action="decide").exists()


def test_the_registry_keeps_why_in_its_own_language_whoever_decides(walk):
    with translation.override("en"):
        dossier = walk.to("decided")
    newest = Decision.objects.order_by("-pk").first()
    assert newest.reason == f"quyết định về hồ sơ {dossier.code}"
