"""Tracking by the receipt slip: the right two tell the state, and nobody guesses them."""

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.services.filing import withdraw_application
from dossiers.services.tracking import TRIES_OF_ADDRESS, TRIES_OF_CODE
from tests.dossiers.applicant.cases import with_supplement
from tests.factories.dossiers import moment, walked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(time_machine):
    time_machine.move_to(moment("2026-11-26"))


@pytest.fixture(scope="module", autouse=True)
def scene(build_scene):
    return build_scene(lambda: (walked("received"), walked("appraisal")), at=moment("2026-11-26"))


@pytest.fixture
def received(scene, db):
    """One applicant who has just filed."""
    return scene()[0]


@pytest.fixture
def examined(scene, db):
    """One applicant under appraisal."""
    return scene()[1]


def track(code, secret, address="192.0.2.1"):
    return Client(REMOTE_ADDR=address).post(reverse("dossiers:track"), {"code": code, "secret": secret})


def test_code_and_secret_show_state_days_and_next_step_however_they_are_typed(examined):
    dossier = examined.fresh()
    secret = examined.application.secret
    page = track(f" {examined.application.code.lower()} ", f"{secret[:4].lower()} {secret[4:]}")
    text = page.content.decode()
    assert dossier.get_state_display().lower() in text.lower()
    assert page.context["found"]["running"].deadline.due == dossier.due_on
    assert page["Cache-Control"].startswith("max-age=0")


def test_no_person_and_no_paper_is_shown(examined):
    text = track(examined.application.code, examined.application.secret).content.decode()
    data = examined.application.data
    for private in (
        data["representative"],
        data["phone"],
        data["email"],
        str(examined.investor),
        "report.pdf",
    ):
        assert private not in text
    assert str(examined.application.organisation) not in text
    assert examined.application.secret not in text


def test_a_waiting_supplement_is_told_of_without_its_content(examined):
    with_supplement(examined)
    text = track(examined.application.code, examined.application.secret).content.decode()
    assert "notice-warning" in text
    assert "chưa được kiểm toán" not in text


def test_an_unknown_code_is_answered_like_a_wrong_secret(received):

    def answer(code):
        page = track(code, "SAISAISA", address="192.0.2.9")
        return page.status_code, [str(one) for one in page.context["form"].non_field_errors()]

    assert answer(received.application.code) == answer("H15.99999-261105-0001")


def test_whoever_guesses_at_a_code_is_stopped_even_before_the_right_secret(received):
    for number in range(TRIES_OF_CODE):
        assert track(received.application.code, "SAISAISA", address=f"192.0.2.{number}").status_code == 200
    stopped = track(received.application.code, received.application.secret, address="192.0.2.200")
    assert stopped.status_code == 429
    assert stopped.context["found"] is None
    assert stopped.context["refused"]


def test_whoever_tries_many_codes_is_stopped_and_others_are_not(received):
    for number in range(TRIES_OF_ADDRESS):
        assert track(f"H15.00000-261105-{number:04d}", "SAISAISA").status_code == 200
    assert track(received.application.code, received.application.secret).status_code == 429
    assert track(received.application.code, received.application.secret, address="192.0.2.2").context["found"]


def test_right_answers_are_not_counted(received):
    for _number in range(TRIES_OF_CODE + 2):
        assert track(received.application.code, received.application.secret).context["found"]


def test_the_limit_ends_after_an_hour(received, time_machine):
    for _number in range(TRIES_OF_CODE):
        track(received.application.code, "SAISAISA")
    assert track(received.application.code, received.application.secret).status_code == 429
    time_machine.move_to(moment("2026-11-26", "10:01"))
    assert track(received.application.code, received.application.secret).context["found"]


def test_behind_the_portals_proxy_the_address_it_saw_counts(received, settings):
    settings.HTTPS = True
    url = reverse("dossiers:track")
    for number in range(TRIES_OF_ADDRESS):
        Client(REMOTE_ADDR="10.0.0.1").post(
            url,
            {"code": f"X{number}", "secret": "SAISAISA"},
            headers={"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.7"},
        )
    data = {"code": received.application.code, "secret": received.application.secret}
    same = Client(REMOTE_ADDR="10.0.0.1").post(
        url, data, headers={"X-Forwarded-For": "1.1.1.1, 198.51.100.7"}
    )
    other = Client(REMOTE_ADDR="10.0.0.1").post(url, data, headers={"X-Forwarded-For": "198.51.100.8"})
    assert (same.status_code, other.status_code) == (429, 200)


def test_a_withdrawn_application_says_so(received):
    application = received.application
    withdraw_application(application=application, user=received.investor, reason="Đổi ý.")
    found = track(application.code, application.secret).context["found"]
    assert found["is_withdrawn"]


def test_the_code_of_a_slip_is_taken_from_the_address_and_a_secret_never():
    page = Client().get(reverse("dossiers:track"), {"code": "H15.1", "secret": "ABCDEFGH"})
    text = page.content.decode()
    assert 'value="H15.1"' in text
    assert 'value="ABCDEFGH"' not in text
