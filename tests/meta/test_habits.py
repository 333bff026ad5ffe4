"""The habits of the suite hold: each is broken here on purpose."""

import socket

import pytest
from django.template import Context, Template, engines
from django.test import Client

from core.models import ReferenceLoad
from places.models import Commune, Province
from tests.assertions import assert_num_queries, element
from tests.habits.network import NetworkRefusedError
from tests.habits.templates import UndefinedTemplateVariableError


@pytest.fixture
def ours(tmp_path, monkeypatch, settings):
    """Render source as if it stood in the project's template folder."""

    def render(source: str, **context) -> str:
        template = engines["django"].from_string(source).template
        template.origin.name = str(settings.BASE_DIR / "templates" / "example.html")
        return template.render(Context(context))

    return render


@pytest.mark.django_db
def test_unordered_querysets_come_back_in_random_order():
    codes = Commune.objects.order_by("pk").values_list("pk", flat=True)
    orders = {tuple(codes.order_by()[:50]) for _ in range(3)}
    assert len(orders) > 1
    assert list(codes) == sorted(codes)


@pytest.mark.django_db
def test_counting_existence_and_distinct_still_work_unordered():
    provinces = Province.objects.order_by()
    assert provinces.count() == len(provinces)
    assert provinces.exists()
    assert set(provinces.values_list("kind", flat=True).distinct())
    assert len(provinces.filter(pk__in=provinces.values("pk"))) == len(provinces)
    assert len(provinces.union(provinces)) == len(provinces)


def test_an_undefined_variable_fails(ours):
    with pytest.raises(UndefinedTemplateVariableError, match="missing"):
        ours("{{ missing }}")
    with pytest.raises(UndefinedTemplateVariableError):
        ours("{{ user.nothing|upper }}", user={})
    with pytest.raises(UndefinedTemplateVariableError):
        ours("{% load i18n %}{% blocktranslate %}Hello {{ missing }}{% endblocktranslate %}")


def test_asking_whether_a_variable_is_there_is_allowed(ours):
    assert ours("{% if missing %}yes{% else %}no{% endif %}") == "no"
    assert ours('{{ missing|default:"none" }}') == "none"
    assert ours("{{ here|upper }}", here="a") == "A"


def test_templates_of_packages_are_rendered_as_in_production():
    assert Template("{{ missing }}").render(Context()) == ""


def test_another_machine_cannot_be_reached():
    with pytest.raises(NetworkRefusedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(NetworkRefusedError):
        socket.getaddrinfo("example.org", 443)


@pytest.mark.django_db
def test_reference_data_is_there():
    assert ReferenceLoad.objects.exists()
    assert Province.objects.in_force().count() == 34


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_reference_data_survives_tests_that_commit(turn):
    assert Province.objects.in_force().count() == 34
    assert not Province.objects.filter(code="99999").exists()
    Province.objects.create(code="99999", name_vi="Thử", full_name_vi="Tỉnh Thử", kind="tinh")


@pytest.mark.django_db
def test_a_wrong_query_count_prints_the_queries():
    with pytest.raises(AssertionError, match="places_province"), assert_num_queries(0):
        list(Province.objects.all()[:1])


def test_the_suite_speaks_vietnamese():
    from django.utils.translation import get_language

    assert get_language() == "vi"


def test_an_element_is_found_by_its_id():
    assert element('<p>no</p><div id="list"><b>1</b> <input name="a"></div>', "list") == [
        '<div id="list">',
        "<b >",
        "1",
        "</b>",
        '<input name="a">',
        "</div>",
    ]
    with pytest.raises(AssertionError, match="other"):
        element("<p></p>", "other")


def test_the_test_client_reports_errors_of_views():
    assert Client().raise_request_exception
