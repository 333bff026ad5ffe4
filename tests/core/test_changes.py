"""History: who, when, why, and what, in words."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import path
from django.utils import translation

from accounts.models import Organisation, OrganisationKind
from core.changes import changes_of, changes_where, event_model_of
from core.history import because
from core.models import ReferenceLoad
from places.models import Province
from tests.assertions import assert_num_queries

pytestmark = pytest.mark.django_db


def rename(request):
    """Rename the organisation twice, for two reasons, in one request."""
    from django.http import HttpResponse

    with because("first reason"):
        Organisation.objects.update(name="Second")
    with because("second reason"):
        Organisation.objects.update(name="Third")
    Organisation.objects.update(short_name="no reason")
    return HttpResponse()


urlpatterns = [path("rename/", rename)]


@pytest.fixture
def organisation():
    return Organisation.objects.create(kind=OrganisationKind.INVESTOR, name="First")


def test_a_change_names_each_field_before_and_after(organisation):
    province = Province.objects.in_force().first()
    with because("merged by Resolution 202"):
        Organisation.objects.filter(pk=organisation.pk).update(
            province=province, kind=OrganisationKind.DEPARTMENT, is_active=False
        )
    with translation.override("en"):
        change, entry = changes_of(organisation)
    assert (change.label, entry.label) == ("changed", "entered")
    assert (change.reason, change.who) == ("merged by Resolution 202", "the system")
    fields = {field.name: (field.old, field.new) for field in change.fields}
    assert fields["province"] == ("–", str(province))
    assert fields["kind"][0] == "investor"
    assert fields["is_active"] == ("yes", "no")
    assert "updated_at" not in {field.name for field in entry.fields}


def test_reasons_within_one_request_stay_apart(organisation, settings):
    settings.ROOT_URLCONF = __name__
    person = get_user_model().objects.create_user("a@example.vn", full_name="Nguyễn Văn An")
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    client.post("/rename/")
    third, second, first = changes_of(organisation)[:3]
    assert (first.reason, second.reason, third.reason) == ("first reason", "second reason", "")
    assert first.who == "Nguyễn Văn An"
    assert first.request_id
    assert first.request_id == third.request_id


def test_the_name_of_the_person_stays_as_it_was(organisation, settings):
    settings.ROOT_URLCONF = __name__
    person = get_user_model().objects.create_user("a@example.vn", full_name="Old Name")
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    client.post("/rename/")
    get_user_model().objects.update(full_name="New Name")
    assert changes_of(organisation)[0].who == "Old Name"


def test_a_context_without_a_name_is_named_from_the_account(organisation):
    person = get_user_model().objects.create_user("a@example.vn", full_name="An")
    with because("by the REST API", user=person.pk):
        Organisation.objects.update(name="Other")
    assert changes_of(organisation)[0].who == "An"


def test_a_removed_record_keeps_its_history(organisation):
    key = organisation.pk
    organisation.delete()
    with translation.override("en"):
        assert changes_of(Organisation(pk=key))[0].label == "removed"


def test_a_long_history_costs_no_more_queries(organisation):
    for number in range(20):
        Organisation.objects.update(name=f"Name {number}")
    event_model_of(Organisation)
    with assert_num_queries(1):
        assert len(changes_of(organisation)) == 21


def test_a_model_without_history_says_so():
    with pytest.raises(LookupError, match="track"):
        changes_of(ReferenceLoad(pk=1))


def test_the_changes_of_several_records_come_together_the_latest_first(organisation):
    other = Organisation.objects.create(kind=OrganisationKind.INVESTOR, name="Other")
    Organisation.objects.filter(pk=organisation.pk).update(name="Later")
    changes = changes_where(Organisation, pgh_obj_id__in=[organisation.pk, other.pk])
    assert sorted(key for key, _change in changes) == [organisation.pk, organisation.pk, other.pk]
    of_first = [change for key, change in changes if key == organisation.pk]
    assert [field.new for field in of_first[0].fields] == ["Later"]
