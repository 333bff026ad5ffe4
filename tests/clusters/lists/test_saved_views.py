"""Saved views: one's own, shared with the unit, opened with; and what happens when a list changes under them."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from core.models import ListPreference, SavedView
from tests.assertions import assert_num_queries, assert_swap_equals_page
from tests.factories.accounts import MembershipFactory
from tests.factories.clusters import ClusterFactory, PlotFactory

pytestmark = pytest.mark.django_db

OFFICER = Role.DEPARTMENT_OFFICER


@pytest.fixture
def address():
    return reverse("registry:plot_list")


@pytest.fixture
def officer(client_of):
    return client_of(OFFICER)


@pytest.fixture
def colleague(officer):
    """Return a browser of somebody in the same unit."""
    organisation = officer.user.active_memberships[0].organisation
    client = Client()
    client.user = MembershipFactory(organisation=organisation, role=OFFICER).user
    client.force_login(client.user, backend="accounts.backends.AuthenticationBackend")
    return client


def act(client, url, action, **data):
    return client.post(url, {"saved_action": action, **data})


def saved(client, address, name="Lô còn trống", query="status=free&sort=-area_ha"):
    """Save a view and return it."""
    answer = act(client, f"{address}?{query}&page=3", "save", name=name)
    view = SavedView.objects.get(user=client.user, name=name)
    assert answer["Location"] == f"{address}?{query}&saved={view.pk}"
    return view


def unit(client):
    return str(client.user.active_memberships[0].organisation_id)


def texts(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_a_view_keeps_filter_order_columns_and_page_size(officer, address):
    officer.post(address, {"columns": ["status", "as_of"], "page_size": "50"})
    view = saved(officer, address)
    officer.post(address, {"columns": ["cluster"], "page_size": "10"})
    PlotFactory(cluster=ClusterFactory())
    context = officer.get(f"{address}?{view.query}&saved={view.pk}").context
    assert view.query == "status=free&sort=-area_ha"
    assert context["page_size"] == "50"
    assert {column.name for column in context["table"].columns} == {"selection", "code", "status", "as_of"}
    assert not context["saved"]["is_changed"]


def test_a_filter_changed_within_a_view_can_be_saved_into_it(officer, address):
    view = saved(officer, address)
    page = officer.get(f"{address}?status=leased&saved={view.pk}")
    assert page.context["saved"]["is_changed"]
    act(officer, f"{address}?status=leased&saved={view.pk}", "update")
    view.refresh_from_db()
    assert view.query == "status=leased"


def test_a_name_is_needed_and_used_once_however_it_is_written(officer, address):
    saved(officer, address, name="Lô của tôi")
    officer.cookies["django_language"] = "en"
    for name, words in (
        ("  ", "Give the view a name"),
        ("lô  CỦA tôi", "already"),
        ("x" * 81, "81 characters"),
    ):
        page = officer.post(address, {"saved_action": "save", "name": name}, follow=True)
        assert words.lower() in texts(page).lower()
    assert SavedView.objects.count() == 1


def test_a_view_is_renamed_and_deleted(officer, address):
    view = saved(officer, address)
    act(officer, f"{address}?saved={view.pk}", "rename", name="Lô trống lớn")
    view.refresh_from_db()
    assert view.name == "Lô trống lớn"
    act(officer, f"{address}?saved={view.pk}", "delete")
    assert not SavedView.objects.exists()


def test_a_view_is_seen_by_the_own_unit_once_shared_and_by_nobody_else(
    officer, colleague, client_of, address
):
    stranger = client_of(OFFICER, province_code="01")
    view = saved(officer, address)
    assert colleague.get(address).context["saved"]["views"] == []
    act(officer, f"{address}?saved={view.pk}", "share", organisation=unit(officer))
    page = colleague.get(address)
    assert [entry["view"] for entry in page.context["saved"]["views"]] == [view]
    assert f"do {officer.user} chia sẻ" in page.content.decode()
    assert stranger.get(address).context["saved"]["views"] == []
    assert stranger.get(f"{address}?saved={view.pk}").context["saved"]["chosen"] is None
    act(officer, f"{address}?saved={view.pk}", "share", organisation="")
    assert colleague.get(address).context["saved"]["views"] == []


def test_a_view_is_never_shared_with_a_unit_one_does_not_work_in(officer, client_of, address):
    stranger = client_of(OFFICER, province_code="01")
    view = saved(officer, address)
    act(officer, f"{address}?saved={view.pk}", "share", organisation=unit(stranger))
    view.refresh_from_db()
    assert view.shared_with_id is None


@pytest.mark.parametrize("action", ["update", "rename", "share", "delete"])
def test_a_shared_view_is_changed_by_its_owner_alone(officer, colleague, address, action):
    view = saved(officer, address)
    act(officer, f"{address}?saved={view.pk}", "share", organisation=unit(officer))
    act(colleague, f"{address}?status=leased&saved={view.pk}", action, name="Khác", organisation="")
    there = SavedView.objects.get(pk=view.pk)
    assert (there.name, there.query, str(there.shared_with_id)) == (view.name, view.query, unit(officer))


def test_a_list_opens_with_the_view_made_its_default(officer, colleague, address):
    view = saved(officer, address)
    act(officer, f"{address}?saved={view.pk}", "share", organisation=unit(officer))
    act(colleague, f"{address}?saved={view.pk}", "default")
    assert colleague.get(address)["Location"] == f"{address}?{view.query}&saved={view.pk}"
    assert officer.get(address).status_code == 200
    # The way to all rows stays open, and so does a link with a filter of its own.
    everything = colleague.get(f"{address}?saved=none")
    assert everything.status_code == 200
    assert everything.context["reset"] == f"{address}?saved=none"
    assert colleague.get(f"{address}?status=leased").status_code == 200
    act(colleague, f"{address}?saved={view.pk}", "no_default")
    assert colleague.get(address).status_code == 200


def test_a_default_that_is_no_longer_shared_or_there_does_not_keep_the_list_from_opening(
    officer, colleague, address
):
    view = saved(officer, address)
    act(officer, f"{address}?saved={view.pk}", "share", organisation=unit(officer))
    act(colleague, f"{address}?saved={view.pk}", "default")
    act(officer, f"{address}?saved={view.pk}", "share", organisation="")
    assert colleague.get(address).status_code == 200
    act(officer, f"{address}?saved={view.pk}", "default")
    act(officer, f"{address}?saved={view.pk}", "delete")
    assert officer.get(address).status_code == 200
    assert ListPreference.objects.get(user=officer.user).default_view is None


def test_who_leaves_the_unit_loses_its_views(officer, colleague, address):
    view = saved(officer, address)
    act(officer, f"{address}?saved={view.pk}", "share", organisation=unit(officer))
    act(colleague, f"{address}?saved={view.pk}", "default")
    Membership.objects.filter(user=colleague.user).delete()
    MembershipFactory(user=colleague.user, role=OFFICER)
    page = colleague.get(address)
    assert page.status_code == 200
    assert page.context["saved"]["views"] == []


def test_a_view_of_a_list_that_lost_columns_and_filters_still_works(officer, address):
    PlotFactory(cluster=ClusterFactory())
    view = saved(officer, address)
    SavedView.objects.filter(pk=view.pk).update(
        columns=["gone", "status"], query="gone=1&status=free&sort=gone", page_size="33"
    )
    page = officer.get(f"{address}?gone=1&status=free&sort=gone&saved={view.pk}")
    assert page.status_code == 200
    assert {column.name for column in page.context["table"].columns} == {"selection", "code", "status"}
    assert page.context["total"] == 1


def test_views_of_one_list_are_not_those_of_another(officer, address):
    view = saved(officer, address)
    other = officer.get(reverse("registry:project_list") + f"?saved={view.pk}")
    assert other.context["saved"]["chosen"] is None
    assert other.context["saved"]["views"] == []


def test_visitors_are_offered_no_views(client):
    directory = reverse("directory")
    assert client.get(directory).context["saved"] is None
    client.post(directory, {"saved_action": "save", "name": "Xem"})
    assert not SavedView.objects.exists()


def test_the_menu_costs_one_query_and_swaps_as_it_stands_in_the_page(officer, address):
    view = saved(officer, address)
    for number in range(5):
        saved(officer, address, name=f"Khung nhìn {number}")
    officer.get(address)
    with assert_num_queries(9, at_most=True):
        officer.get(f"{address}?{view.query}&saved={view.pk}")
    assert_swap_equals_page(officer, address, {"status": "free", "saved": str(view.pk)})
