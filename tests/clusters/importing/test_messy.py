"""The tables officers really have, each with its exact outcome as read with one's own eyes."""

from decimal import Decimal

import pytest

from accounts.roles import Role
from clusters.importing.reading import tables_in, workbook_of
from clusters.importing.running import begin_check, begin_commit
from clusters.importing.specs import SPECS
from clusters.importing.starting import set_columns, start_import
from clusters.models import Cluster, ImportBatch
from tests.clusters.importing.made import MESSY, checked, outcomes, problems, upload_of
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db
LAO_CAI, DA_NANG, HAI_PHONG = "15", "48", "31"


def officer(province: str):
    return person(Role.DEPARTMENT_OFFICER, province_code=province)


def severities(batch: ImportBatch) -> list[tuple[str, str]]:
    return [(cell, severity) for cell, severity, _message in problems(batch)]


def places(batch: ImportBatch) -> list[str]:
    """Return the commune of today that each row got, blank where it was left open."""
    from places.models import Commune

    names = dict(Commune.objects.order_by().values_list("pk", "full_name_vi"))
    return [names.get(row.attrs.get("commune_id"), "") for row in batch.rows.order_by("number")]


def save(batch: ImportBatch) -> ImportBatch:
    saved = begin_commit(batch=batch, reason="Nhập danh mục cũ", user=batch.created_by)
    assert saved.state == "committed", saved.fault
    return saved


def test_da_nang_gives_six_new_clusters_in_communes_of_today_and_no_doubt():
    batch = checked(upload_of(MESSY / "messy_danang_wikipedia.csv"), "", officer(DA_NANG))
    assert batch.kind == "clusters"
    assert batch.mapping == {"name": 1, "place": 3, "area_ha": 2}
    assert outcomes(batch) == [(number, "new") for number in range(2, 8)]
    assert problems(batch) == []
    save(batch)
    areas = Cluster.objects.filter(province__code=DA_NANG).order_by("code").values_list("area_ha", flat=True)
    assert list(areas) == [Decimal(text) for text in ("29.56", "46.2", "29.1", "24.7", "14.5", "11.8")]


def test_da_nangs_file_is_refused_row_by_row_in_lao_cai():
    batch = checked(upload_of(MESSY / "messy_danang_wikipedia.csv"), "clusters", officer(LAO_CAI))
    wrong = [number for number, outcome in outcomes(batch) if outcome == "wrong"]
    assert wrong == [2, 3, 4, 5, 6, 7]
    assert all("Thành phố Đà Nẵng, ngoài phạm vi" in message for _cell, _severity, message in problems(batch))


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
        "notes": 10,
    }
    assert outcomes(batch) == [(7, "new"), (8, "new"), (9, "new"), (10, "new"), (13, "new")]
    assert severities(batch) == [("H10", "note")]
    assert all(places(batch))
    save(batch)
    made = Cluster.objects.get(name="Ba Hàng")
    assert made.area_ha == Decimal("46.04") and made.investor.name == "Cty TNHH vận tải thương mại Thành Đạt"
    assert Cluster.objects.get(name="Việt hòa").investor is None


def test_the_departments_own_template_gives_one_row_that_is_no_cluster():
    batch = checked(upload_of(MESSY / "messy_import_template_sct.xlsx"), "", officer(LAO_CAI))
    assert batch.mapping == {"name": 0, "area_ha": 1, "decision": 2, "industrial_land_ha": 7, "notes": 10}
    assert outcomes(batch) == [(2, "wrong")]
    assert severities(batch) == [("C2", "error")]


def test_lao_cais_clusters_under_communes_give_sixteen_rows_with_every_rest_told():
    batch = checked(upload_of(MESSY / "messy_laocai_bc_2026-06-18.csv"), "", officer(LAO_CAI))
    assert batch.mapping == {"name": 1, "place": 2, "area_ha": 3, "decision": 4, "notes": 6}
    assert outcomes(batch) == [(number, "new") for number in range(8, 24)]
    areas = [(f"D{number}", "doubt") for number in range(8, 24)]
    papers = [(f"E{number}", "doubt") for number in (8, 9, 10, 12, 22, 23)]
    assert sorted(severities(batch)) == sorted(areas + papers)
    assert places(batch) == [
        *("Phường Yên Bái", "Phường Âu Lâu", "Xã Trấn Yên", "Xã Hưng Khánh", "Xã Yên Bình", "Xã Văn Chấn"),
        *("Xã Lục Yên", "Xã Đông Cuông", "Xã Mậu A", "Xã Đông Cuông", "Phường Lào Cai", "Phường Lào Cai"),
        *("Phường Lào Cai", "Xã Bảo Yên", "Xã Văn Bàn", "Xã Xuân Ái"),
    ]
    save(batch)
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
    areas = [(f"D{number}", "doubt") for number in range(26, 32)]
    papers = [("F28", "doubt"), ("F29", "doubt")]
    investors = [(f"E{number}", "note") for number in range(26, 33)]
    assert sorted(severities(batch)) == sorted(areas + papers + investors)


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
        from tests.factories.clusters import ClusterFactory

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
