"""The bell, the list of messages, and the choice how to be told."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from dossiers.models import Delivery, Notification, NotificationSetting, OutboxMessage, Topic
from dossiers.services.inbox import MOST_COUNTED, forget_count
from dossiers.services.notifying import tell
from tests.assertions import assert_num_queries
from tests.factories.accounts import UserFactory, sign_in

pytestmark = pytest.mark.django_db
LIST = "/dossiers/messages/"


def message(user, occasion="1", topic=Topic.COMPLAINT):
    tell([user], topic=topic, sentence="complaint", dedupe=occasion, code=f"H15-{occasion}")
    return Notification.objects.get(user=user, dedupe__startswith=f"{occasion}:")


def test_the_bell_counts_what_is_unread_and_leads_to_it(client):
    user = sign_in(client, Role.DEPARTMENT_OFFICER)
    assert "đều đã đọc" in client.get(LIST).content.decode()
    for occasion in ("1", "2"):
        message(user, occasion)
    message(UserFactory(), "3")
    for address in (LIST, reverse("home")):
        page = client.get(address).content.decode()
        assert '<span class="bell-count" aria-hidden="true">2</span>' in page
        assert "2 thông báo chưa đọc" in page
        assert f'href="{LIST}?unread=1"' in page
    Notification.objects.bulk_create(
        Notification(
            user=user, topic=Topic.COMPLAINT, sentence="complaint", facts={"code": "x"}, dedupe=f"n{n}"
        )
        for n in range(MOST_COUNTED)
    )
    # Nobody was told through the service, so the kept count does not know of these.
    forget_count([user])
    assert ">99+</span>" in client.get(reverse("home")).content.decode()


def test_a_visitor_has_no_bell(client):
    assert 'class="bell"' not in client.get(reverse("home")).content.decode()


def test_the_list_costs_the_same_whatever_it_holds(client):
    user = sign_in(client, Role.DEPARTMENT_OFFICER)
    message(user)
    client.get(LIST)
    # Session, person, memberships, count and rows of the page; the bell's number is kept.
    with assert_num_queries(5):
        client.get(LIST)
    for occasion in range(2, 12):
        message(user, str(occasion))
    client.get(LIST)
    with assert_num_queries(5):
        page = client.get(LIST)
    assert len(page.context["shown"]) == 11


def test_opening_a_message_reads_it_and_leads_on(client):
    user = sign_in(client, Role.DEPARTMENT_OFFICER)
    row = message(user)
    response = client.get(reverse("dossiers:notification", args=[row.pk]))
    assert response["Location"] == LIST
    row.refresh_from_db()
    assert row.read_at is not None


def test_one_or_all_are_marked_read_and_only_ones_own(client):
    user = sign_in(client, Role.DEPARTMENT_OFFICER)
    first, second, third = (message(user, one) for one in ("1", "2", "3"))
    foreign = message(UserFactory(), "4")
    where = reverse("dossiers:notifications_read")
    client.post(where, {"notification": first.pk})
    client.post(where, {"notification": foreign.pk})
    assert set(Notification.objects.unread().values_list("pk", flat=True)) == {
        second.pk,
        third.pk,
        foreign.pk,
    }
    assert len(client.get(f"{LIST}?unread=1").context["shown"]) == 2
    client.post(where)
    assert list(Notification.objects.unread()) == [foreign]
    assert "Bạn đã đọc hết" in client.get(f"{LIST}?unread=1").content.decode()
    assert client.get(where).status_code == 405


def test_the_choice_by_topic_is_kept_and_letters_that_wait_follow_it(client):
    user = sign_in(client, Role.DEPARTMENT_OFFICER)
    message(user)
    where = reverse("dossiers:notification_settings")
    form = client.get(where).context["form"]
    assert Topic.MY_DOSSIER.value not in form.fields
    chosen = dict.fromkeys(form.fields, Delivery.AT_ONCE.value)
    wrong = client.post(where, {**chosen, Topic.COMPLAINT.value: "by pigeon"})
    assert wrong.status_code == 200
    assert wrong.context["form"].errors.keys() == {Topic.COMPLAINT.value}
    saved = client.post(where, {**chosen, Topic.COMPLAINT.value: "none", Topic.DEADLINE.value: "digest"})
    assert saved["Location"] == where
    kept = dict(NotificationSetting.objects.filter(user=user).values_list("topic", "delivery").order_by())
    assert (kept[Topic.COMPLAINT], kept[Topic.DEADLINE], kept[Topic.NEW_WORK]) == (
        "none",
        "digest",
        "at_once",
    )
    assert not OutboxMessage.objects.filter(notification__user=user).exists()
    assert client.get(where).context["form"][Topic.DEADLINE.value].initial == "digest"


def test_an_applicant_chooses_among_what_concerns_them(client):
    sign_in(client, Role.INVESTOR_MEMBER)
    fields = client.get(reverse("dossiers:notification_settings")).context["form"].fields
    assert set(fields) == {Topic.MY_DOSSIER, Topic.SUPPLEMENT, Topic.COMPLAINT}
