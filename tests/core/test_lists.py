"""The list behind every list: filtered, sorted, paged, in the reader's own columns."""

import django_filters
import django_tables2 as tables
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from core.lists import MAX_ROWS, FilteredListView
from core.models import ListPreference
from core.search import SearchFilter
from core.templatetags.tables import with_its_icon
from places.models import Commune
from tests.assertions import assert_num_queries, element


class CommuneFilters(django_filters.FilterSet):
    """Filters over communes, as a room would write them."""

    q = SearchFilter(column="search")
    kind = django_filters.ChoiceFilter(label="Kind", choices=[("xa", "commune"), ("phuong", "ward")])
    area = django_filters.NumberFilter(label="Area", field_name="area_km2", lookup_expr="gte")

    class Meta:
        model = Commune
        fields = ("q", "kind", "area")


class CommuneTable(tables.Table):
    """A table over communes, as a room would write it."""

    name = tables.Column(order_by="sort_key", accessor="name_vi")
    code = tables.Column()
    kind = tables.Column(orderable=False)

    class Meta:
        empty_text = "Nothing"


class Rows:
    """Stands for ``Commune.objects`` with a ``visible_to``."""

    objects = None

    @staticmethod
    def visible_to(user):
        return Commune.objects.in_force()


class CommuneList(FilteredListView):
    """Communes in force."""

    list_name = "communes"
    filterset_class = CommuneFilters
    table_class = CommuneTable
    template_name = "components/list.html"

    class model:  # noqa: N801 - stands for a model class
        objects = Rows


@pytest.fixture
def ask(rf: RequestFactory):
    """Ask the list as a person and return the response with its context beside it."""
    session = SessionStore()

    def ask(query: str = "", user=None, method: str = "get", **extra):
        if method == "get":
            request = rf.get(f"/communes/?{query}", **extra)
        else:
            request = rf.post(f"/communes/?{query}", extra.pop("data"), **extra)
        request.user = user or AnonymousUser()
        request.session = session
        response = CommuneList.as_view()(request)
        view = CommuneList()
        view.setup(request)
        return response, view

    return ask


@pytest.fixture
def person(db):
    return get_user_model().objects.create_user("a@example.vn", full_name="An")


pytestmark = pytest.mark.django_db


def codes(view):
    return [row.record.code for row in view.table.paginated_rows]


def test_a_page_shows_the_asked_number_of_rows(ask):
    _, view = ask("per_page=50&page=2")
    assert len(codes(view)) == 50
    assert view.table.page.number == 2


def test_pages_never_overlap(ask):
    seen = [code for page in (1, 2, 3) for code in codes(ask(f"per_page=50&page={page}&sort=-name")[1])]
    assert len(seen) == len(set(seen)) == 150


def test_a_page_beyond_the_last_is_the_last(ask):
    _, view = ask("kind=phuong&page=9999")
    assert view.table.page.number == view.table.paginator.num_pages
    assert ask(f"kind=phuong&page={'9' * 30}")[1].table.page.number == view.table.paginator.num_pages


@pytest.mark.parametrize("number", ["abc", "²", "1.5", ""])
def test_what_is_no_number_of_a_page_is_the_first(ask, number):
    assert ask(f"page={number}")[1].table.page.number == 1


def test_all_on_one_page_ends_at_the_stated_cap(ask):
    response, view = ask("per_page=all")
    assert len(codes(view)) == MAX_ROWS
    assert "2.000" in response.content.decode()
    assert view.get_context_data()["is_cut"]


def test_an_unknown_page_size_is_the_usual_one(ask):
    assert len(codes(ask("per_page=1000000")[1])) == 20


def test_only_the_columns_meant_for_it_sort(ask):
    forward, backward = codes(ask("sort=code")[1]), codes(ask("sort=-code")[1])
    assert forward == sorted(forward)
    assert backward == sorted(backward, reverse=True)
    assert forward != backward
    for refused in ("kind", "province__name_vi", "id;drop"):
        assert codes(ask(f"sort={refused}")[1]) == codes(ask()[1])


def test_the_search_ignores_marks_and_case(ask):
    names = {row.record.name_vi for row in ask("q=YEN+bai")[1].table.rows}
    assert "Yên Bái" in names


def test_a_value_that_cannot_be_read_is_named_and_filters_nothing(ask):
    response, view = ask("area=abc")
    assert view.table.paginator.count == Commune.objects.in_force().count()
    assert "Area" in response.content.decode()
    assert "error-summary" in response.content.decode()


def test_filters_in_force_are_shown_with_the_way_out(ask):
    _, view = ask("kind=phuong&q=yen&sort=name")
    conditions = view.get_context_data()["conditions"]
    assert [condition.value for condition in conditions] == ["yen", "ward"]
    assert conditions[1].url_without == "/communes/?q=yen&sort=name"


def test_chosen_columns_and_page_size_are_remembered(ask, person):
    response, _ = ask("q=yen&page=2", person, "post", data={"columns": ["code", "evil"], "page_size": "50"})
    assert (response.status_code, response.url) == (302, "/communes/?q=yen")
    kept = ListPreference.objects.get()
    assert (kept.columns, kept.page_size) == (["code"], "50")
    _, view = ask("", person)
    assert view.table.columns.names() == ["name", "code"]
    assert len(codes(view)) == 50


def test_without_an_account_the_choice_lasts_as_long_as_the_session(ask):
    ask("", None, "post", data={"columns": ["kind"], "page_size": "10"})
    _, view = ask()
    assert view.table.columns.names() == ["name", "kind"]
    assert len(codes(view)) == 10
    assert not ListPreference.objects.exists()


def test_htmx_gets_the_list_alone(ask):
    response, _ = ask("q=yen", headers={"HX-Request": "true", "HX-Target": "list"})
    assert response.content.decode().lstrip().startswith("<section")
    assert "HX-Target" in response["Vary"]


def test_the_order_survives_a_change_of_the_filter(ask):
    response, _ = ask("sort=-code&per_page=10")
    lines = element(response.content.decode(), "list")
    assert '<input form="filters" name="sort" type="hidden" value="-code">' in lines
    assert '<input form="filters" name="per_page" type="hidden" value="10">' in lines


@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 2), ("page=3", 2), ("per_page=50", 2), ("per_page=all", 2), ("q=phu&sort=-name", 3), ("q=0x", 2)],
)
def test_a_list_costs_the_same_queries_whatever_it_shows(ask, person, rf, query, queries):
    assert person.active_memberships == []  # every page reads them once for its menu
    request = rf.get(f"/communes/?{query}")
    request.user, request.session = person, SessionStore()
    with assert_num_queries(queries):
        CommuneList.as_view()(request)


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        # What text finds is counted as it comes, other rows beside.
        ("q=yen", 'COUNT("places_commune"."id") OVER ()'),
        ("sort=-name", "(SELECT COUNT(*) FROM ("),
        ("q=phu&sort=-name&page=2", 'COUNT("places_commune"."id") OVER ()'),
    ],
)
def test_a_narrowed_list_looks_for_keys_and_fetches_the_rows_of_its_page_alone(ask, query, counted):
    _, view = ask(query)
    with CaptureQueriesContext(connection) as asked:
        shown = codes(view)
    [limited] = [one["sql"] for one in asked if " LIMIT " in one["sql"]]
    assert limited.startswith(f'SELECT "places_commune"."id" AS "pk", {counted}')
    assert "full_name_vi" not in limited
    assert len(view.table.data) == view.whole_table().data.data.count()
    first = 20 * (view.table.page.number - 1)
    assert shown == [row.code for row in view.whole_table().data.data[first : first + 20]]


def test_who_chooses_no_column_sees_those_of_the_list(ask, person):
    ask("", person, "post", data=QueryDict())
    assert ListPreference.objects.get().page_size == "20"
    assert ask("", person)[1].table.columns.names() == ["name", "code", "kind"]


@pytest.mark.parametrize(
    ("heading", "drawn"),
    [
        ("Tên", '<span class="text-nowrap">Tên ^</span>'),
        ("Giai đoạn", 'Giai <span class="text-nowrap">đoạn ^</span>'),
        ("Vốn (triệu đồng)", 'Vốn <span class="text-nowrap">(triệu đồng) ^</span>'),
        ("(ha)", '<span class="text-nowrap">(ha) ^</span>'),
        ("A < B", 'A &lt; <span class="text-nowrap">B ^</span>'),
        ("", '<span class="text-nowrap"> ^</span>'),
    ],
)
def test_the_icon_of_a_heading_stays_with_its_last_word_and_a_unit_in_one_line(heading, drawn):
    assert with_its_icon(heading, "^") == drawn
