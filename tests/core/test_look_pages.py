"""Pages that belong to no room: sign-in, second factor, and requests that went wrong."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import translation

from accounts.models import User
from accounts.roles import Role
from core import errors
from tests.meta.samples import addresses

PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("nguoi@example.vn", PASSWORD, full_name="Nguyễn Văn Mẫu")


class ClusterForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the decision.")
    checked = forms.BooleanField(label="Checked", required=False)


def test_every_mistake_is_listed_first_and_leads_to_its_field() -> None:
    html = str(ClusterForm({}))

    assert html.index("error-summary") < html.index('name="name"')
    assert '<a href="#id_name">Name: ' in html
    assert 'aria-invalid="true"' in html


def test_a_field_has_label_star_help_and_no_colon() -> None:
    html = str(ClusterForm())

    assert '<label for="id_name">Name <span class="required-mark" aria-hidden="true">*</span></label>' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert '<label for="id_checked">Checked</label>' in html


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "url_name", ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"]
)
def test_the_sign_in_pages_speak_the_language_of_the_person(
    client: Client, db: None, url_name: str, language: str
) -> None:
    client.cookies["django_language"] = language

    html = client.get(reverse(url_name)).content.decode()

    assert f'<html lang="{language}">' in html
    assert ("Cổng thông tin cụm công nghiệp" if language == "vi" else "Industrial cluster portal") in html


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "url_name",
    ["mfa_index", "account_email", "account_change_password", "account_logout", "mfa_list_webauthn"],
)
def test_the_pages_of_ones_own_account_open(
    client: Client, person: User, url_name: str, language: str
) -> None:
    client.cookies["django_language"] = language
    client.force_login(person)

    response = client.get(reverse(url_name), follow=True)

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("url_name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_a_second_factor_is_set_up_after_confirming_the_password(
    client: Client, person: User, url_name: str
) -> None:
    client.force_login(person)
    asked = client.get(reverse(url_name), follow=True)

    answer = client.post(
        asked.request["PATH_INFO"], {"password": PASSWORD, "next": reverse(url_name)}, follow=True
    )

    html = answer.content.decode()
    assert 'name="code"' in html or 'data-webauthn="add"' in html


def test_the_page_of_a_new_security_key_speaks_vietnamese_and_knows_why_keys_fail(
    client: Client, person: User
) -> None:
    client.force_login(person)
    add = reverse("mfa_add_webauthn")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": add})

    html = client.get(add).content.decode()

    assert "Tên của khóa" in html
    assert "http://localhost" in html and "không phản hồi" in html


def test_the_language_switch_keeps_the_page(client: Client, db: None) -> None:
    html = client.get(reverse("account_login"), {"next": "/a/?b=1"}).content.decode()

    assert '<input type="hidden" name="next" value="/accounts/login/?next=%2Fa%2F%3Fb%3D1">' in html


def test_a_page_on_paper_says_when_and_from_where(client: Client, db: None, settings: Any) -> None:
    settings.SITE_URL = "https://portal.example"

    html = client.get(reverse("account_login"), {"next": "/a/"}).content.decode()

    assert "từ https://portal.example/accounts/login/?next=%2Fa%2F" in html


def test_a_request_under_a_foreign_name_is_refused_and_no_error_of_ours(client: Client, db: None) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_missing_page_says_so_in_vietnamese(client: Client, db: None) -> None:
    response = client.get("/khong-co-trang-nay/")

    assert response.status_code == 404
    assert "Không tìm thấy trang" in response.content.decode()


def test_a_refusal_names_what_is_missing(rf: RequestFactory, person: User) -> None:
    request = rf.get("/")
    request.user = person

    response = errors.permission_denied(request, PermissionDenied("Function X is missing."))

    assert response.status_code == 403
    assert "Function X is missing." in response.content.decode()


def test_a_failure_is_explained_without_database_or_session(rf: RequestFactory) -> None:
    with translation.override("en"):
        response = errors.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


@pytest.mark.parametrize(("language", "other"), [("vi", "en"), ("en", "vi")])
def test_a_failure_speaks_both_languages_for_it_cannot_switch(
    rf: RequestFactory, language: str, other: str
) -> None:
    with translation.override(language):
        html = errors.server_error(rf.get("/")).content.decode()

    assert f'<html lang="{language}">' in html and f'<div class="text-secondary" lang="{other}">' in html
    assert "Lỗi đã được ghi nhận" in html and "The error was recorded" in html


def test_a_form_without_valid_protection_is_explained(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"login": "a", "password": "b"}
    )

    assert response.status_code == 403
    assert "Biểu mẫu đã quá hạn" in response.content.decode()


def test_a_request_that_cannot_be_read_is_explained(rf: RequestFactory, person: User) -> None:
    request = rf.get("/")
    request.user = person

    assert errors.bad_request(request, ValueError()).status_code == 400


def test_the_menu_of_the_working_area_leads_nowhere_that_refuses(client_of: Callable[..., Client]) -> None:
    """Open every entry as the first person who has it, while the portal is still empty.

    ``tests/meta/test_addresses.py`` asks every address as every role: where its table lets the others in, once is
    enough.
    """
    entries = addresses()
    opened: set[str] = set()
    faults = []
    for role in Role:
        client = client_of(role)
        page = client.get(reverse("law:calendar")).content.decode()
        menu = page[page.index('id="office-nav"') :]
        links = re.findall(r'href="(/[^"#]*)"', menu[: menu.index("</nav>")])
        assert links, role
        for link in links:
            entry = entries[resolve(link).view_name]
            # The table may ask the address in another way than the menu does.
            is_known = entry.lets_in(role) and (entry.method, entry.query, entry.ok) == ("get", "", {200})
            if is_known and link in opened:
                continue
            if client.get(link, follow=True).status_code != 200:
                faults.append(f"{link} refuses {role}")
            opened.add(link)
    assert faults == []
