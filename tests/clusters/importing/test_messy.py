"""The tables officers really have, each with its exact outcome as read with one's own eyes."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from accounts.roles import Role
from clusters.boundaries.checks import check_boundary
from clusters.boundaries.readings import reading_of
from clusters.importing.reading import tables_in, workbook_of
from clusters.importing.running import begin_check, begin_commit
from clusters.importing.specs import SPECS
from clusters.importing.starting import set_columns, start_import
from clusters.models import Cluster, ImportBatch
from places.models import Commune
from tests.clusters.importing.made import MESSY, checked, outcomes, problems, upload_of
from tests.factories.accounts import person
from tests.factories.clusters import ClusterFactory

pytestmark = pytest.mark.django_db
LAO_CAI, DA_NANG, HAI_PHONG = "15", "48", "31"


def officer(province: str):
    return person(Role.DEPARTMENT_OFFICER, province_code=province)


def text(number: Decimal | str | None) -> str:
    return "" if number is None else f"{Decimal(number).normalize():f}"


def severities(batch: ImportBatch) -> list[tuple[str, str]]:
    return [(cell, severity) for cell, severity, _message in problems(batch)]


def places(batch: ImportBatch) -> list[str]:
    """Return the commune of today that each row got, blank where it was left open."""
    names = dict(Commune.objects.order_by().values_list("pk", "full_name_vi"))
    return [names.get(row.attrs.get("commune_id"), "") for row in batch.rows.order_by("number")]


def save(batch: ImportBatch) -> ImportBatch:
    saved = begin_commit(batch=batch, reason="Nhập danh mục cũ", user=batch.created_by)
    assert saved.state == "committed", saved.fault
    return saved


def test_da_nang_gives_six_new_clusters_of_which_two_state_no_stage():
    batch = checked(upload_of(MESSY / "messy_danang_wikipedia.csv"), "", officer(DA_NANG))
    assert batch.kind == "clusters"
    assert batch.mapping == {"name": 1, "place": 3, "area_ha": 2}
    assert outcomes(batch) == [(number, "new") for number in range(2, 8)]
    assert severities(batch) == [("B2", "doubt"), ("B3", "doubt"), *((f"B{n}", "note") for n in range(4, 8))]
    assert not any(batch.rows.values_list("questions", flat=True))
    save(batch)
    names = Cluster.objects.filter(province__code=DA_NANG).order_by("code").values_list("name", "stage")
    assert list(names) == [
        (f"Cụm công nghiệp {name}", "planned")
        for name in ("Thanh Vinh", "Phước Lý", "Cẩm Lệ", "Hoà Nhơn", "Hoà Hiệp Bắc", "Hoà Khánh Nam")
    ]
    areas = Cluster.objects.filter(province__code=DA_NANG).order_by("code").values_list("area_ha", flat=True)
    assert list(areas) == [Decimal(text) for text in ("29.56", "46.2", "29.1", "24.7", "14.5", "11.8")]


def test_da_nangs_file_is_refused_row_by_row_in_lao_cai():
    batch = checked(upload_of(MESSY / "messy_danang_wikipedia.csv"), "clusters", officer(LAO_CAI))
    wrong = [number for number, outcome in outcomes(batch) if outcome == "wrong"]
    assert wrong == [2, 3, 4, 5, 6, 7]
    errors = [message for _cell, severity, message in problems(batch) if severity == "error"]
    assert len(errors) == 6 and all("Thành phố Đà Nẵng, ngoài phạm vi" in message for message in errors)


def test_hai_duong_gives_five_new_clusters_now_in_hai_phong_and_one_new_investor():
    batch = checked(upload_of(MESSY / "messy_haiduong_sct_2018.xlsx"), "", officer(HAI_PHONG))
    assert batch.kind == "clusters" and batch.header_rows == [2, 3]
    assert batch.mapping == {
        "name": 1,
        "place": 2,
        "area_ha": 3,
        "industrial_land_ha": 5,
        "investor": 7,
        "main_lines": 8,
        "occupancy": 9,
        "notes": 10,
    }
    assert outcomes(batch) == [(7, "new"), (8, "new"), (9, "new"), (10, "new"), (13, "new")]
    # The header says "đã được thành lập"; the rates are compared with nothing yet and not stored.
    stages = [(f"D{number}", "note") for number in (7, 8, 9, 10, 13)]
    rates = [(f"J{number}", "note") for number in (7, 8, 9, 10, 13)]
    assert sorted(severities(batch)) == sorted([*stages, *rates, ("H10", "note")])
    assert all(places(batch))
    save(batch)
    assert set(Cluster.objects.filter(province__code=HAI_PHONG).values_list("stage", flat=True)) == {
        "established"
    }
    made = Cluster.objects.get(name="Ba Hàng")
    assert made.area_ha == Decimal("46.04") and made.investor.name == "Cty TNHH vận tải thương mại Thành Đạt"
    assert Cluster.objects.get(name="Việt hòa").investor is None


def test_the_departments_own_template_gives_one_row_that_is_no_cluster():
    batch = checked(upload_of(MESSY / "messy_import_template_sct.xlsx"), "", officer(LAO_CAI))
    assert batch.mapping == {
        "name": 0,
        "area_ha": 1,
        "decision": 2,
        "industrial_land_ha": 7,
        "occupancy": 9,
        "notes": 10,
    }
    assert outcomes(batch) == [(2, "wrong")]
    assert severities(batch) == [("C2", "error")]


def test_lao_cais_clusters_under_communes_give_sixteen_rows_with_every_rest_told():
    batch = checked(upload_of(MESSY / "messy_laocai_bc_2026-06-18.csv"), "", officer(LAO_CAI))
    assert batch.mapping == {"name": 1, "place": 2, "area_ha": 3, "decision": 4, "occupancy": 5, "notes": 6}
    assert outcomes(batch) == [(number, "new") for number in range(8, 24)]
    rows = range(8, 24)
    told = [(f"D{number}", "note") for number in rows if number != 23]
    # Every rate has the count of its projects behind it, ">95%" is a bound, and "đã lấp đầy" is no number.
    told += [(f"F{number}", "note") for number in rows if number != 20] * 2 + [("F20", "doubt")]
    extensions = [(f"D{number}", "doubt") for number in (9, 10, 12, 17, 22)]
    cleared = [("D23", "doubt")]
    papers = [(f"E{number}", "doubt") for number in (8, 9, 10, 12, 17, 22, 23)]
    # Of Đông An only the decision on the detailed plan is named.
    unfounded = [("B17", "doubt")]
    assert sorted(severities(batch)) == sorted(told + extensions + cleared + papers + unfounded)
    assert places(batch) == [
        *("Phường Yên Bái", "Phường Âu Lâu", "Xã Trấn Yên", "Xã Hưng Khánh", "Xã Yên Bình", "Xã Văn Chấn"),
        *("Xã Lục Yên", "Xã Đông Cuông", "Xã Mậu A", "Xã Đông Cuông", "Phường Lào Cai", "Phường Lào Cai"),
        *("Phường Lào Cai", "Xã Bảo Yên", "Xã Văn Bàn", "Xã Xuân Ái"),
    ]
    save(batch)
    land = Cluster.objects.filter(province__code=LAO_CAI).order_by("code")
    assert [text(area) for area in land.values_list("industrial_land_ha", flat=True)] == [
        *(
            "11.99",
            "31.2",
            "14",
            "14",
            "37.14",
            "41.13",
            "27.98",
            "38.5",
            "24.5",
            "23.04",
            "8.8",
            "1.845",
            "4.2",
        ),
        *("20.27", "3", ""),
    ]
    assert Cluster.objects.get(name="Đông An").stage == "planned"
    assert Cluster.objects.get(name="Bắc Duyên Hải").established_on == dt.date(2012, 5, 11)
    first = Cluster.objects.get(name="Đầm Hồng")
    assert [commune.full_name_vi for commune in first.other_communes.order_by("pk")] == ["Phường Văn Phú"]


def test_lao_cais_clusters_under_companies_are_read_once_their_table_is_chosen():
    user = officer(LAO_CAI)
    batch = start_import(
        upload=upload_of(MESSY / "messy_laocai_bc_2026-06-18.csv"), kind="clusters", user=user
    )
    tables = tables_in(workbook_of(batch), SPECS["clusters"].all_fields())
    assert [len(table.rows) for table in tables] == [3, 16, 7]
    batch = begin_check(
        batch=set_columns(
            batch=batch,
            sheet=batch.sheet,
            header_rows=list(tables[2].header_rows),
            mapping={"name": 1, "place": 2, "area_ha": 3, "investor": 4, "decision": 5},
            defaults=batch.defaults,
            user=user,
        )
    )
    assert outcomes(batch) == [(number, "new") for number in range(26, 33)]
    areas = [(f"D{number}", "note") for number in range(26, 32)]
    # Bảo Minh names the approval of the investment, which establishes nothing.
    papers = [("F28", "doubt"), ("F29", "doubt"), ("F32", "doubt"), ("B32", "doubt")]
    investors = [(f"E{number}", "note") for number in range(26, 33)]
    assert sorted(severities(batch)) == sorted(areas + papers + investors)
    land = [text(row.attrs.get("industrial_land_ha")) for row in batch.rows.order_by("number")]
    assert land == ["52", "53.5", "52.5", "52.5", "52.5", "52", ""]


def test_lao_cais_companies_become_infrastructure_projects_of_the_clusters():
    user = officer(LAO_CAI)
    path = MESSY / "messy_laocai_bc_2026-06-18.csv"
    for name in (
        "Thống Nhất 1",
        "Minh Quân",
        "Phú Thịnh 1",
        "Phú Thịnh 2",
        "Phú Thịnh 3",
        "Y Can",
        "Bảo Minh",
    ):
        ClusterFactory(name=name)
    batch = start_import(upload=upload_of(path), kind="infrastructure", user=user)
    rows = tables_in(workbook_of(batch), SPECS["infrastructure"].all_fields())[2].header_rows
    mapping = {"cluster": 1, "investor": 4, "total_investment": 6}
    batch = begin_check(
        batch=set_columns(
            batch=batch,
            sheet=batch.sheet,
            header_rows=list(rows),
            mapping=mapping,
            defaults=batch.defaults,
            user=user,
        )
    )
    assert batch.counts == {"new": 7, "note": 7}
    money = [row.attrs.get("total_investment") for row in batch.rows.order_by("number")]
    assert money == [
        None if text is None else str(int(Decimal(text) * 10**9))
        for text in ("485", None, "817.3", "563.85", "550.36", "500", "500")
    ]


def test_the_boundary_of_the_wrong_meridian_is_no_workbook_and_two_polygons_one_zone_too_far_east():
    path = MESSY / "messy_laocai_wrong_meridian.json"
    with pytest.raises(ValidationError, match=path.name) as refused:
        start_import(upload=upload_of(path), kind="", user=officer(LAO_CAI))
    assert refused.value.code == "kind" and not ImportBatch.objects.exists()
    found = {}
    for name, commune in (("Mông Sơn", "04750"), ("Hợp Minh", "04543")):
        points = json.loads(path.read_text("utf-8"))[name]["latlng"]
        reading = reading_of([[(longitude, latitude) for latitude, longitude in points][:-1]])
        cluster = ClusterFactory(name=name, commune=Commune.objects.in_force().get(code=commune))
        check = check_boundary(cluster, reading)
        found[name] = sorted((one.code, one.level) for one in check.findings)
        (fit,) = next(one for one in check.findings if one.code == "place").fits
        assert (fit.reading.converted_with, fit.reading.meridian) == (105.0, 104.75)
    fine = [("adjacent", "ok"), ("area", "ok"), ("place", "warning"), ("valid", "ok")]
    # The points of Mông Sơn stand in an order in which the sides cross.
    crossed = [
        ("adjacent", "ok"),
        ("area", "ok"),
        ("crossing", "error"),
        ("place", "warning"),
        ("sliver", "warning"),
    ]
    assert found == {"Hợp Minh": fine, "Mông Sơn": crossed}


def test_every_messy_file_has_its_outcome_stated_here():
    stated = Path(__file__).read_text("utf-8")
    assert all(path.name in stated for path in MESSY.iterdir() if path.suffix != ".md")
