"""Acting over REST: the form and the service of the page, every refusal with its reasons, nothing done twice."""

import pytest
from django.test import Client

from accounts.roles import Role
from clusters.choices import ClusterType
from clusters.models import Decision
from dossiers.models import Document, Event
from tests.factories.accounts import HA_NOI, sign_in
from tests.factories.dossiers import Walk, moment, pdf

pytestmark = pytest.mark.django_db
NOTICE = {
    "number": "12/TB-UBND",
    "mass_media": "Đài truyền thanh phường",
    "text": "Thông báo tiếp nhận hồ sơ.",
}
#: Whose actions a person of the walk is listed with fields.
PARTS = {
    "commune_officer": {"receiver"},
    "officer": {"department"},
    "leader": {"department", "department_leader"},
    "clerk": {"committee"},
    "investor": set(),
}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"))


def client_for(user, **more) -> Client:
    client = Client(**more)
    client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    return client


def at(walk, action="") -> str:
    return f"/api/v1/dossiers/{walk.dossier.code}/" + (f"actions/{action}/" if action else "")


def act(user, walk, action, body, **more):
    return client_for(user).post(at(walk, action), body, content_type="application/json", **more)


def listed(user, walk, action):
    rows = client_for(user).get(at(walk) + "actions/").json()
    return next(row for row in rows if row["action"] == action)


@pytest.fixture
def received():
    walk = Walk()
    walk.to("received")
    return walk


def test_the_commune_publishes_its_notice_with_the_fields_the_list_names(received):
    row = listed(received.commune_officer, received, "publish_notice")
    fields = {field["name"]: field for field in row["fields"]}
    assert {name for name, field in fields.items() if field["required"]} == {"seen", "mass_media", "text"}
    assert received.line.name in fields["text"]["initial"]

    body = {"seen": fields["seen"]["initial"], **NOTICE, "text": fields["text"]["initial"]}
    answer = act(received.commune_officer, received, "publish_notice", body)

    assert answer.status_code == 200, answer.json()
    dossier = received.fresh()
    assert (answer.json()["state"], answer.json()["version"]) == ("open", dossier.version)
    assert answer["ETag"] == f'"{dossier.version}"'
    assert (dossier.notice.media, dossier.notice.number) == (NOTICE["mass_media"], NOTICE["number"])


def test_the_department_takes_a_dossier_as_complete_with_the_etag_it_read():
    walk = Walk()
    walk.to("submitted")
    tag = client_for(walk.officer).get(at(walk))["ETag"]

    answer = act(walk.officer, walk, "accept", {"note": "Đủ thành phần"}, headers={"If-Match": tag})

    assert answer.status_code == 200, answer.json()
    event = Event.objects.get(dossier=walk.dossier, action="accept")
    assert (walk.fresh().state, event.note, event.actor) == ("appraisal", "Đủ thành phần", walk.officer)


def test_a_second_post_does_nothing_and_tells_what_happened_meanwhile(received):
    body = {"seen": received.fresh().version, **NOTICE}
    assert act(received.commune_officer, received, "publish_notice", body).status_code == 200

    again = act(received.commune_officer, received, "publish_notice", body)

    assert again.status_code == 409
    assert [event["action"] for event in again.json()["events"]] == ["publish_notice"]
    assert str(received.commune_officer) in again.json()["detail"]
    assert again["ETag"] == f'"{received.fresh().version}"'
    assert Event.objects.filter(dossier=received.dossier, action="publish_notice").count() == 1


def test_who_was_slower_is_told_before_a_field_is_looked_at(received):
    seen = received.fresh().version
    received.publish(at=moment("2026-11-26", "08:00"))

    answer = act(received.commune_officer, received, "publish_notice", {"seen": seen, "text": ""})

    assert answer.status_code == 409
    assert [event["action"] for event in answer.json()["events"]] == ["publish_notice"]


def test_what_another_part_does_is_refused_with_the_reason(received):
    body = {"seen": received.fresh().version, **NOTICE}
    for user in (received.officer, received.investor):
        answer = act(user, received, "publish_notice", body)
        assert answer.status_code == 403
        assert answer.json()["reasons"] == listed(user, received, "publish_notice")["reasons"]
    assert received.fresh().state == "received"


def test_what_cannot_be_done_now_is_refused_with_all_the_reasons_of_the_list():
    walk = Walk()
    walk.to("appraisal")
    row = listed(walk.leader, walk, "send_report")
    assert len(row["reasons"]) > 1

    answer = act(walk.leader, walk, "send_report", {"seen": walk.fresh().version})

    assert answer.status_code == 409
    assert answer.json()["reasons"] == row["reasons"]
    assert answer.json()["events"] == []


def test_out_of_scope_and_unknown_are_not_found_and_anonymous_may_not(received):
    body = {"seen": received.fresh().version, **NOTICE}
    stranger = Client()
    sign_in(stranger, Role.DEPARTMENT_OFFICER, province_code=HA_NOI)
    there = stranger.post(at(received, "publish_notice"), body, content_type="application/json")
    nowhere = stranger.post(
        "/api/v1/dossiers/CCN-0/actions/publish_notice/", body, content_type="application/json"
    )
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.json() == nowhere.json()
    assert act(received.commune_officer, received, "nonsense", body).status_code == 404
    assert Client().post(at(received, "publish_notice"), body).status_code == 401
    assert received.fresh().state == "received"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": ""}, "text"),
        ({"mass_media": None}, "mass_media"),
        ({"number": "1" * 81}, "number"),
        ({"number": ["12"]}, "number"),
        ({"media": "Đài truyền thanh"}, "media"),
        ({"seen": None}, "seen"),
        ({"seen": "latest"}, "seen"),
        ({"seen": True}, "seen"),
        ({"seen": 10**30}, "seen"),
    ],
)
def test_a_wrong_field_is_named(received, changed, field):
    body = {"seen": received.fresh().version, **NOTICE, **changed}

    answer = act(received.commune_officer, received, "publish_notice", body)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert received.fresh().state == "received"


def test_two_versions_and_a_body_that_is_no_object_are_wrong(received):
    seen = received.fresh().version
    both = act(
        received.commune_officer,
        received,
        "publish_notice",
        {"seen": seen, **NOTICE},
        headers={"If-Match": f'"{seen + 1}"'},
    )
    assert list(both.json()) == ["seen"]
    assert act(received.commune_officer, received, "publish_notice", [NOTICE]).status_code == 400


def test_a_reason_is_asked_for_where_the_page_asks_for_it():
    walk = Walk()
    walk.to("deciding")
    body = {"seen": walk.fresh().version}
    assert act(walk.clerk, walk, "return_to_department", body).json().keys() == {"note"}

    answer = act(walk.clerk, walk, "return_to_department", {**body, "note": "Làm rõ phương án vốn"})

    assert answer.json()["state"] == "returned"
    assert Event.objects.get(action="return_to_department").note == "Làm rõ phương án vốn"


def test_a_paper_comes_with_the_action_and_one_in_the_dossier_counts():
    walk = Walk()
    walk.to("opened")
    row = listed(walk.commune_officer, walk, "submit")
    assert (row["can"], row["can_begin"]) == (False, True)
    assert [field["name"] for field in row["fields"] if field["type"] == "file"] == ["paper_submission"]
    client, seen = client_for(walk.commune_officer), walk.fresh().version
    assert client.post(at(walk, "submit"), {"seen": seen}).json().keys() == {"paper_submission"}

    answer = client.post(at(walk, "submit"), {"seen": seen, "paper_submission": pdf("to-trinh.pdf")})

    assert answer.status_code == 200, answer.json()
    assert Document.objects.get(dossier=walk.dossier, kind="submission").file.name == "to-trinh.pdf"


def test_a_number_is_read_with_a_point_in_every_language_and_the_decision_changes_the_registry():
    walk = Walk()
    walk.to("deciding")
    walk.paper("decision", walk.clerk, moment("2026-11-25"))
    fields = listed(walk.clerk, walk, "decide")["fields"]
    body = {field["name"]: field["initial"] for field in fields}
    assert isinstance(body["area_ha"], float)
    choices = next(field for field in fields if field["name"] == "cluster_type")["choices"]
    assert [one["value"] for one in choices] == ClusterType.values
    body |= {
        name: "Theo quyết định" for name, value in body.items() if name.startswith("item_") and not value
    }
    body |= {
        "number": "4102/QĐ-UBND",
        "issued_on": "2026-11-25",
        "signer": "Chủ tịch UBND tỉnh",
        "area_ha": "50.000",
    }

    answer = act(walk.clerk, walk, "decide", body, headers={"Accept-Language": "vi"})

    assert answer.status_code == 200, answer.json()
    assert Decision.objects.get(number="4102/QĐ-UBND").sets_area_ha == 50


def test_a_refusal_by_the_effect_stands_at_its_field_and_the_paper_stays():
    walk = Walk()
    walk.to("deciding")
    client = client_for(walk.clerk)
    fields = {field["name"]: field for field in listed(walk.clerk, walk, "decide")["fields"]}
    body = {name: field["initial"] or "Theo quyết định" for name, field in fields.items() if name != "note"}
    body |= {"effective_on": "", "issued_on": "2026-11-30", "paper_decision": pdf("quyet-dinh.pdf")}

    answer = client.post(at(walk, "decide"), body)

    assert (answer.status_code, list(answer.json())) == (400, ["issued_on"])
    assert Document.objects.filter(dossier=walk.dossier, kind="decision").count() == 1
    assert answer["ETag"] == f'"{walk.fresh().version}"' != f'"{body["seen"]}"'


@pytest.mark.parametrize("state", Walk.ORDER)
def test_the_actions_are_listed_with_fields_for_those_whose_they_are(state):
    walk = Walk()
    walk.to(state)
    for name, parts in PARTS.items():
        for row in client_for(getattr(walk, name)).get(at(walk) + "actions/").json():
            assert bool(row["fields"]) == (row["part"] in parts)


def test_before_the_opening_no_field_names_the_only_applicant():
    walk = Walk()
    walk.to("open")
    name = str(walk.application.organisation)
    row = listed(walk.clerk, walk, "decide")
    assert row["fields"]
    assert name not in str(row)
    walk.open_all(at=moment("2026-11-26", "08:00"))
    assert all(field["initial"] is None for field in listed(walk.clerk, walk, "decide")["fields"])


def test_a_post_from_elsewhere_is_refused(received):
    client = client_for(received.commune_officer, enforce_csrf_checks=True)
    body = {"seen": received.fresh().version, **NOTICE}
    answer = client.post(at(received, "publish_notice"), body, content_type="application/json")
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]
    assert received.fresh().state == "received"
