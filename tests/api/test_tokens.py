"""Programs read with a token what its person sees; one that opens nothing is told why."""

import pytest
from django.utils import timezone

from accounts.models import ApiToken, ApiTokenUse
from accounts.roles import Role
from accounts.services.tokens import create_token, revoke_token
from api.throttling import TokenThrottle
from tests.factories.accounts import HA_NOI, commune, person
from tests.factories.clusters import ClusterFactory
from tests.factories.dossiers import Walk

pytestmark = pytest.mark.django_db
LIST = "/api/v1/clusters/"


def _token(role: str = Role.DEPARTMENT_OFFICER, **place: str) -> tuple[ApiToken, dict[str, str]]:
    token, secret = create_token(user=person(role, **place), name="Bảng quý", days=30)
    return token, {"Authorization": f"Bearer {secret}"}


def test_a_token_reads_what_its_person_sees(client):
    hidden = ClusterFactory(unpublished=True, commune=commune())
    (_here, own), (_there, others) = _token(), _token(province_code=HA_NOI)
    address = f"{LIST}{hidden.code}/"
    assert client.get(address, headers=own).json()["code"] == hidden.code
    assert client.get(address, headers=others).status_code == 404
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("way", ["bearer", "BEARER", "Bearer"])
def test_the_word_before_the_token_may_be_written_in_any_case(client, way):
    _row, header = _token()
    secret = header["Authorization"].split()[1]
    assert client.get("/api/v1/dossiers/", headers={"Authorization": f"{way} {secret}"}).status_code == 200


def test_a_token_changes_nothing(client):
    dossier = Walk().to("received")
    _row, header = _token(Role.COMMUNE_OFFICER)
    version = dossier.version
    answer = client.post(f"/api/v1/dossiers/{dossier.code}/actions/publish_notice/", {}, headers=header)
    assert answer.status_code == 403
    assert "chỉ đọc" in answer.json()["detail"]
    dossier.refresh_from_db()
    assert dossier.version == version


@pytest.mark.parametrize(
    ("secret", "says"),
    [
        ("ccn_khong-co", "không tồn tại"),
        ("", "không tồn tại"),
        ("a b", "không tồn tại"),
        ("\xff", "không tồn tại"),
    ],
)
def test_a_secret_that_is_none_is_refused_where_nobody_must_sign_in_too(client, secret, says):
    answer = client.get(LIST, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert says in answer.json()["detail"]


def test_an_expired_token_says_until_when_it_was_good(client, time_machine):
    time_machine.move_to("2026-10-01T02:00+00:00")
    _row, header = _token()
    time_machine.move_to("2026-11-01T02:00+00:00")
    answer = client.get(LIST, headers=header)
    assert answer.status_code == 401 and "31/10/2026" in answer.json()["detail"]


def test_a_revoked_token_opens_nothing(client):
    token, header = _token()
    revoke_token(token=token, actor=token.user)
    answer = client.get(LIST, headers=header)
    assert answer.status_code == 401 and "thu hồi" in answer.json()["detail"]


def test_a_closed_account_closes_its_tokens(client):
    token, header = _token()
    token.user.is_active = False
    token.user.save()
    assert client.get(LIST, headers=header).status_code == 401


def test_an_officer_without_second_factor_reads_nothing_where_it_is_demanded(client, settings):
    settings.DEMO = False
    _row, header = _token()
    answer = client.get(LIST, headers=header)
    assert answer.status_code == 401 and "xác thực hai lớp" in answer.json()["detail"]


def test_whoever_left_the_organisation_reads_as_the_public_does(client):
    hidden = ClusterFactory(unpublished=True, commune=commune())
    token, header = _token()
    token.user.memberships.update(is_active=False)
    assert client.get(f"{LIST}{hidden.code}/", headers=header).status_code == 404


def test_every_request_is_counted_and_a_refused_one_is_not(client):
    token, header = _token()
    for _number in range(3):
        client.get(LIST, headers=header)
    client.post(LIST, headers=header)
    client.get(LIST)
    assert list(token.uses.values_list("day", "requests")) == [(timezone.localdate(), 3)]


def test_a_program_that_runs_wild_is_told_to_wait_and_slows_no_other(client, monkeypatch):
    monkeypatch.setattr(TokenThrottle, "rate", "2/min", raising=False)
    (_first, wild), (_second, calm) = _token(), _token(Role.MINISTRY_ANALYST)
    answers = [client.get(LIST, headers=wild) for _number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert client.get(LIST, headers=calm).status_code == 200


def test_a_token_costs_one_statement_to_find_one_for_its_person_and_one_to_count(
    client, django_assert_num_queries
):
    ClusterFactory()
    _row, header = _token(Role.INVESTOR_MEMBER)
    client.get(LIST, headers=header)
    before = ApiTokenUse.objects.get().requests
    with django_assert_num_queries(6) as asked:
        client.get(LIST, headers=header)
    assert ApiTokenUse.objects.get().requests == before + 1, [query["sql"] for query in asked]
