import pytest
from django.test import Client

from accounts.roles import Role
from dossiers.services.firing import available
from tests.assertions import assert_num_queries
from tests.factories.accounts import HA_NOI, sign_in
from tests.factories.dossiers import Walk, moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-10-12"))


def client_for(user) -> Client:
    client = Client()
    client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    return client


def test_dossiers_are_told_to_those_who_have_to_do_with_them_and_nobody_else():
    walk = Walk()
    dossier = walk.to("open")
    address = f"/api/v1/dossiers/{dossier.code}/"

    assert client_for(walk.officer).get(address).json()["state"] == "open"
    assert client_for(walk.investor).get(address).status_code == 200
    assert Client().get(address).status_code == 401
    stranger = Client()
    sign_in(stranger, Role.DEPARTMENT_OFFICER, province_code=HA_NOI)
    assert stranger.get(address).status_code == 404
    assert stranger.get("/api/v1/dossiers/").json()["count"] == 0


def test_the_actions_are_those_the_pages_list_with_the_same_reasons():
    walk = Walk()
    dossier = walk.to("open")

    rows = client_for(walk.commune_officer).get(f"/api/v1/dossiers/{dossier.code}/actions/").json()

    expected = available(dossier, walk.commune_officer)
    assert [(row["action"], row["can"], row["reasons"]) for row in rows] == [
        (one.transition.action, one.can, list(one.reasons)) for one in expected
    ]
    opening = next(row for row in rows if row["action"] == "open_applications")
    assert not opening["can"]
    assert "13/10/2026" in opening["reasons"][0]


def test_a_rival_filed_before_the_opening_leaves_no_trace_in_the_events():
    walk = Walk()
    dossier = walk.to("open")
    before = client_for(walk.officer).get(f"/api/v1/dossiers/{dossier.code}/events/").json()
    version = walk.fresh().version

    walk.join()

    after = client_for(walk.officer).get(f"/api/v1/dossiers/{dossier.code}/events/").json()
    assert after == before
    assert walk.fresh().version == version


def test_open_notices_and_procedures_are_public(client):
    walk = Walk()
    dossier = walk.to("open")

    (notice,) = client.get("/api/v1/notices/").json()["results"]
    assert (notice["dossier"], notice["closes_on"]) == (dossier.code, "2026-10-13")
    table = client.get("/api/v1/procedures/establish_cluster/", {"regime": "R2"}).json()
    limits = {state["step"]: state["limit"] for state in table["states"] if state["step"]}
    assert limits["S4"] == "25 ngày"
    assert client.get("/api/v1/procedures/nonsense/").status_code == 404


def test_the_list_costs_the_same_queries_however_many_there_are():
    walk = Walk()
    walk.to("open")
    client = client_for(walk.officer)
    client.get("/api/v1/dossiers/")
    with assert_num_queries(6, at_most=True) as before:
        client.get("/api/v1/dossiers/")
    Walk(commune_officer=walk.commune_officer, officer=walk.officer).to("received")
    with assert_num_queries(len(before)):
        client.get("/api/v1/dossiers/")
