"""Any list as a file: the rows of the filter within reach, typed, harmless, streamed."""

import csv
import datetime as dt
import io
import json
import tracemalloc
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from python_calamine import CalamineWorkbook

from accounts.roles import Role
from clusters.choices import PlotStatus
from clusters.models import SecondaryProject
from clusters.views.records import lists
from core.lists import FilteredListView, sheets
from core.lists.columns import Column, Kind
from core.lists.export import Export
from core.lists.reading import BATCH, read
from tests.factories.accounts import province
from tests.factories.clusters import (
    ClusterFactory,
    DevelopmentPlanFactory,
    InfrastructureProjectFactory,
    InspectionFactory,
    InvestorFactory,
    ObservationFactory,
    ObstacleFactory,
    PaidCapitalFactory,
    PlannedClusterFactory,
    PlotFactory,
    SecondaryProjectFactory,
    ViolationFactory,
    industry,
)

pytestmark = pytest.mark.django_db

LISTS = (
    "cluster_list",
    "observation_list",
    "investor_list",
    "infrastructure_list",
    "plot_list",
    "project_list",
    "obstacle_list",
    "inspection_list",
    "plan_list",
)


def export(client, name, form, query=""):
    """Return the body of an export, as the browser gets it."""
    address = name if name.startswith("/") else reverse(f"registry:{name}")
    response = client.get(f"{address}?export={form}&{query}")
    assert response.status_code == 200, response.get("Location")
    assert response.streaming
    return b"".join(response.streaming_content)


def lines_of(body):
    """Return the cells of a CSV file."""
    assert body.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def sheets_of(body):
    """Return the cells of each sheet of a workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return [book.get_sheet_by_index(number).to_python() for number in range(len(book.sheet_names))]


@pytest.fixture
def officer(client_of):
    return client_of(Role.DEPARTMENT_OFFICER)


def test_a_file_holds_the_rows_of_the_filter_in_the_columns_shown(officer):
    officer.cookies["django_language"] = "en"
    cluster = ClusterFactory(name="Đông An")
    wanted = PlotFactory(cluster=cluster, area_ha=Decimal("2.5"))
    PlotFactory(cluster=cluster, leased=True)
    head, *rows = lines_of(export(officer, "plot_list", "csv", "status=free"))
    assert len(rows) == 1
    assert dict(zip(head, rows[0], strict=True)) == {
        "Plot": wanted.code,
        "Cluster": "Đông An",
        "Area (ha)": "2.5",
        "Status": "free",
        "Rent for the whole term (VND per m²)": "900000",
        "Available from": "",
        "As of": "2026-06-30",
    }


def test_the_columns_a_reader_chose_are_those_of_the_file(officer):
    PlotFactory()
    officer.post(reverse("registry:plot_list"), {"columns": ["status", "as_of"], "page_size": "20"})
    shown, *_rows = lines_of(export(officer, "plot_list", "csv"))
    assert len(shown) == 3
    every, *_rows = lines_of(export(officer, "plot_list", "csv", "export_columns=all"))
    assert len(every) == len(lists.PlotListView().column_names)


def test_the_order_of_the_list_is_the_order_of_the_file(officer):
    for area in ("3", "1", "2"):
        PlotFactory(cluster=ClusterFactory(), area_ha=Decimal(area))
    head, *rows = lines_of(export(officer, "plot_list", "csv", "sort=-area_ha"))
    assert [row[head.index("Diện tích (ha)")] for row in rows] == ["3", "2", "1"]


def lists_of(resolver):
    """Return every list that has an address."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from lists_of(pattern)
        elif issubclass(getattr(pattern.callback, "view_class", object), FilteredListView):
            yield pattern.callback.view_class


def test_no_list_has_a_column_that_cannot_be_handed_over(officer, rf):
    found = set(lists_of(get_resolver()))
    assert len(found) >= len(LISTS) + 1
    for view_class in found:
        request = rf.get("/", {"export": "csv", "export_columns": "all"})
        request.user = officer.user
        view = view_class()
        view.setup(request)
        assert [column.name for column in Export(view).columns] == view.column_names


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_list_hands_over_every_column(officer, name, language):
    cluster = ClusterFactory(investor=InvestorFactory(), operating=True)
    project = SecondaryProjectFactory(cluster=cluster, industry=industry())
    PaidCapitalFactory(project=InfrastructureProjectFactory(cluster=cluster))
    PlotFactory(cluster=cluster)
    ObservationFactory(cluster=cluster, user=officer.user)
    ObstacleFactory(cluster=cluster)
    ViolationFactory(inspection=InspectionFactory(cluster=cluster, project=project))
    PlannedClusterFactory(plan=DevelopmentPlanFactory())
    officer.cookies["django_language"] = language
    head, *rows = lines_of(export(officer, name, "csv", "export_columns=all"))
    assert rows
    assert all(len(row) == len(head) == len(set(head)) for row in rows)
    data, about = sheets_of(export(officer, name, "xlsx", "export_columns=all"))
    assert data[0] == head
    assert len(data) == len(rows) + 1
    assert len(about) >= 6


def test_nothing_out_of_reach_is_in_a_file(client_of):
    own, foreign = (
        ClusterFactory(name="Cụm của tỉnh"),
        ClusterFactory(name="Cụm tỉnh khác", province=province("01")),
    )
    for cluster in (own, foreign):
        PlotFactory(cluster=cluster)
        SecondaryProjectFactory(cluster=cluster)
    client = client_of(Role.DEPARTMENT_OFFICER)
    for name in ("cluster_list", "plot_list", "project_list"):
        body = export(client, name, "csv", "export_columns=all").decode()
        assert own.name in body
        assert foreign.name not in body
    assert foreign.name not in json.dumps(
        json.loads(export(client, "cluster_list", "geojson")), ensure_ascii=False
    )


def test_who_may_not_see_a_list_gets_no_file(client, client_of):
    address = f"{reverse('registry:plot_list')}?export=csv"
    assert client.get(address).status_code == 302
    assert client_of(Role.PORTAL_ADMINISTRATOR).get(address).status_code == 403


def test_the_public_gets_published_rows_only(client):
    ClusterFactory(name="Cụm đã công khai")
    ClusterFactory(name="Cụm chưa công khai", unpublished=True)
    body = export(client, reverse("directory"), "csv", "export_columns=all").decode()
    assert "Cụm đã công khai" in body
    assert "Cụm chưa công khai" not in body


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_formula_in_a_name_is_text_in_every_file(officer, start):
    name = f'{start}HYPERLINK("http://example.invalid";"Bấm")'
    SecondaryProjectFactory(cluster=ClusterFactory(), name=name)
    _head, row = lines_of(export(officer, "project_list", "csv"))
    assert row[0] == f"'{name}"
    data, _about = sheets_of(export(officer, "project_list", "xlsx"))
    assert data[1][0].lstrip() == name.lstrip()


def test_quotes_commas_and_line_ends_stay_inside_their_cell(officer):
    name = 'Xưởng "A", dãy 2\nlô 3'
    SecondaryProjectFactory(cluster=ClusterFactory(), name=name)
    _head, row = lines_of(export(officer, "project_list", "csv"))
    assert row[0] == name


def test_a_workbook_has_typed_cells_and_says_where_its_rows_come_from(officer):
    officer.cookies["django_language"] = "en"
    SecondaryProjectFactory(cluster=ClusterFactory(), land_ha=Decimal("3.12345"), is_foreign=True)
    data, about = sheets_of(export(officer, "project_list", "xlsx", "export_columns=all&foreign=yes"))
    row = dict(zip(data[0], data[1], strict=True))
    assert row["Land (ha)"] == 3.12345
    assert row["Registered capital (VND)"] == 150_000_000_000
    assert row["As of"] == dt.date(2026, 6, 30)
    facts = dict(about)
    assert facts["Rows"] == "1"
    assert facts["Filters in force"] == "Foreign-invested: yes"
    assert facts["Exported by"] == str(officer.user)


def test_a_file_speaks_the_language_of_its_reader(officer):
    PlotFactory()
    head, row = lines_of(export(officer, "plot_list", "csv"))
    assert "Diện tích (ha)" in head
    assert str(PlotStatus.FREE.label) in row
    officer.cookies["django_language"] = "en"
    head, row = lines_of(export(officer, "plot_list", "csv"))
    assert "Area (ha)" in head
    assert "free" in row


def test_a_personal_tax_code_is_masked_as_on_the_page(officer):
    InvestorFactory(name="Hộ ông A", tax_code="001085012345")
    body = export(officer, "investor_list", "csv", "export_columns=all").decode()
    assert "001085012345" not in body
    assert "345" in body


def test_geojson_has_boundary_position_or_nothing(officer):
    square = {"type": "Polygon", "coordinates": [[[104, 22], [104.1, 22], [104.1, 22.1], [104, 22]]]}
    plot = PlotFactory(boundary=square)
    point = ClusterFactory(longitude=104.5, latitude=22.25)
    collection = json.loads(export(officer, "plot_list", "geojson"))
    (feature,) = collection["features"]
    assert feature["geometry"] == square
    assert feature["id"] == plot.pk
    assert feature["properties"]["area_ha"] == 2.5
    assert collection["columns"]["area_ha"] == "Diện tích (ha)"
    places = {
        one["id"]: one["geometry"]
        for one in json.loads(export(officer, "cluster_list", "geojson"))["features"]
    }
    assert places[point.pk] == {"type": "Point", "coordinates": [104.5, 22.25]}
    assert places[plot.cluster_id] is None


def test_a_list_without_places_offers_no_geojson(officer):
    assert 'value="geojson"' not in officer.get(reverse("registry:project_list")).content.decode()
    answer = officer.get(reverse("registry:project_list") + "?export=geojson&stage=operating")
    assert answer.status_code == 302
    assert answer["Location"].endswith("?stage=operating")


def test_an_empty_list_is_a_file_with_a_header(officer, client_of):
    assert len(lines_of(export(officer, "plot_list", "csv"))) == 1
    assert json.loads(export(officer, "plot_list", "geojson"))["features"] == []
    assert len(sheets_of(export(officer, "plot_list", "xlsx"))[0]) == 1


def test_more_rows_than_a_sheet_holds_are_refused_with_a_sentence(officer, monkeypatch):
    PlotFactory.create_batch(3, cluster=ClusterFactory())
    monkeypatch.setattr("core.lists.export.MAX_SHEET_ROWS", 2)
    page = officer.get(reverse("registry:plot_list") + "?export=xlsx", follow=True).content.decode()
    assert "CSV" in page
    assert 'value="xlsx"' not in page


def many_projects(count):
    """Write projects without going through the service, as a loader would."""
    made = SecondaryProjectFactory(cluster=ClusterFactory())
    rows = SecondaryProject.objects.filter(pk=made.pk).values().get()
    del rows["id"], rows["search_vector"]
    SecondaryProject.objects.bulk_create(
        [SecondaryProject(**{**rows, "name": f"Dự án {number}"}) for number in range(count - 1)],
        batch_size=2_000,
    )


def peak_of(client):
    """Return the queries of an export, and the most memory that sending it took."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse("registry:project_list") + "?export=csv")
        tracemalloc.start()
        for _part in response.streaming_content:
            pass
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return len(queries), peak


def test_a_file_costs_the_same_queries_and_memory_whatever_its_length(officer, monkeypatch):
    batch = BATCH // 5  # what is kept does not grow, whatever its size; to write the rows takes long
    monkeypatch.setattr("core.lists.export.read", partial(read, batch=batch))
    many_projects(2 * batch)
    peak_of(officer)
    few, small = peak_of(officer)
    many_projects(4 * batch)
    assert few <= 10
    many, large = peak_of(officer)
    assert many == few
    assert large < small * 1.2


def test_a_workbook_is_written_while_its_rows_are_read():
    read = []

    def rows():
        for number in range(5_000):
            read.append(number)
            yield [f"Dự án {number}"]

    column = Column("name", "Dự án", "name", Kind.TEXT)
    parts = sheets.write_workbook("Dự án", [column], rows(), about=[])
    next(parts)
    assert len(read) < 2_000
    parts.close()


def test_reading_stops_when_the_reader_goes_away():
    rows = read(("SELECT generate_series(1, 20000)", ()))
    assert len(next(rows)) == BATCH
    rows.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors")
        assert cursor.fetchone() == (0,)
