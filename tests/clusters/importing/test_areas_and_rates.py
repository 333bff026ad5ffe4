"""Brackets behind areas, rates in sheets and second inspections: what is certain is taken, the rest asked or said."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.roles import Role
from clusters.importing.correcting import correct_import
from clusters.importing.running import begin_check, begin_commit
from clusters.models import Cluster, ImportBatch, Observation
from tests.clusters.importing.made import checked, outcomes, problems, saved, sheet
from tests.factories.accounts import person
from tests.factories.clusters import ClusterFactory, SecondaryProjectFactory, figures_of

pytestmark = pytest.mark.django_db
CLUSTERS = ["Tên cụm công nghiệp", "Diện tích (ha)", "Giai đoạn"]
STAGE = "đã thành lập"


@pytest.fixture
def user():
    return person(Role.DEPARTMENT_OFFICER)


def areas(batch: ImportBatch) -> list[tuple[str | None, str | None]]:
    """Return area and industrial land of every row, without trailing zeros."""
    rows = [row.attrs for row in batch.rows.order_by("number")]
    return [tuple(_short(one.get(name)) for name in ("area_ha", "industrial_land_ha")) for one in rows]


def _short(number: str | None) -> str | None:
    return None if number is None else f"{Decimal(number).normalize():f}"


def asked(batch: ImportBatch) -> list[tuple[str, list[str]]]:
    return [(one["kind"], one["answers"]) for row in batch.rows.order_by("number") for one in row.questions]


def answered(batch: ImportBatch, **choices: str) -> ImportBatch:
    return begin_check(batch=correct_import(batch=batch, cells={}, choices=choices))


def test_a_number_in_brackets_is_asked_and_every_answer_is_taken(user):
    rows = [[f"CCN Số {n}", "75 (50)", STAGE] for n in range(3)]
    batch = checked(sheet(CLUSTERS, *rows, ["CCN Số 9", "50 (75)", STAGE]), "clusters", user)
    assert outcomes(batch) == [(number, "asked") for number in (2, 3, 4, 5)]
    assert asked(batch) == [("brackets", ["industrial", "aside", "second"])] * 3 + [
        # More cannot be the industrial land of less.
        ("brackets", ["aside", "second"])
    ]
    with pytest.raises(ValidationError):
        begin_commit(batch=batch, reason="Nhập", user=user)
    batch = answered(
        batch, **{"2.0:brackets": "industrial", "3.0:brackets": "aside", "4.0:brackets": "second"}
    )
    assert outcomes(batch) == [(2, "new"), (3, "new"), (4, "new"), (5, "asked")]
    batch = answered(batch, **{"5.0:brackets": "second"})
    assert areas(batch) == [("75", "50"), ("75", None), ("50", None), ("75", None)]
    assert begin_commit(batch=batch, reason="Nhập", user=user).state == "committed"
    assert Cluster.objects.get(name="CCN Số 0").industrial_land_ha == 50


def test_one_answer_holds_for_all_rows_that_it_fits_and_a_row_may_differ(client_of):
    officer = client_of(Role.DEPARTMENT_OFFICER)
    rows = [[f"CCN Số {n}", "75 (50)", STAGE] for n in range(3)]
    batch = checked(sheet(CLUSTERS, *rows, ["CCN Số 9", "50 (75)", STAGE]), "clusters", officer.user)
    page = officer.get(reverse("registry:import", args=[batch.key]))
    (shared,) = page.context["shared"]
    assert (shared.name, shared.count) == ("choice_*:brackets", 4)
    data = {"choice_*:brackets": "industrial", "choice_3.0:brackets": "aside", "query": "show="}
    assert officer.post(reverse("registry:import_correct", args=[batch.key]), data).status_code == 302
    batch.refresh_from_db()
    assert outcomes(batch) == [(2, "new"), (3, "new"), (4, "new"), (5, "asked")]
    assert areas(batch)[:3] == [("75", "50"), ("75", None), ("75", "50")]


def test_words_in_brackets_ask_whether_the_area_is_the_whole(user):
    rows = [["CCN Một", "50 (giai đoạn 1)", STAGE], ["CCN Hai", "50 ha (giai đoạn 1)", STAGE]]
    batch = checked(sheet(CLUSTERS, *rows), "clusters", user)
    assert asked(batch) == [("part", ["whole", "open"])] * 2
    batch = answered(batch, **{"2.0:part": "whole", "3.0:part": "open"})
    assert areas(batch) == [("50", None), (None, None)]


def test_an_answer_that_was_not_offered_is_refused(user):
    batch = checked(sheet(CLUSTERS, ["CCN Một", "50 (75)", STAGE]), "clusters", user)
    for key, value in {"2.0:brackets": "industrial", "*:brackets": "whole", "2.0:other": "aside"}.items():
        with pytest.raises(ValidationError):
            correct_import(batch=batch, cells={}, choices={key: value})


def test_brackets_that_the_header_names_and_figures_with_words_are_not_asked(user):
    header = ["Tên cụm công nghiệp", "Diện tích (đất CN)", "Giai đoạn"]
    rows = [["CCN Một", "75 ha (50)", STAGE], ["CCN Hai", "12 ha (đã GPMB 4,7; đang GPMB 7,3)", STAGE]]
    batch = checked(sheet(header, *rows), "clusters", user)
    assert outcomes(batch) == [(2, "new"), (3, "new")] and not any(asked(batch))
    assert areas(batch) == [("75", "50"), ("12", None)]
    assert [(cell, severity) for cell, severity, _said in problems(batch)] == [
        ("B2", "note"),
        ("B3", "doubt"),
    ]


def test_the_column_of_the_industrial_land_is_believed_and_a_different_bracket_said(user):
    header = [*CLUSTERS, "Diện tích đất công nghiệp"]
    rows = [["CCN Một", "75 (50)", STAGE, 50], ["CCN Hai", "75 (50)", STAGE, 48]]
    batch = checked(sheet(header, *rows), "clusters", user)
    assert areas(batch) == [("75", "50"), ("75", "48")] and not any(asked(batch))
    assert [(cell, severity) for cell, severity, _said in problems(batch)] == [("B3", "doubt")]


def test_a_stated_rate_is_compared_and_never_stored(user):
    for name, leased in (("Một", 20), ("Hai", 20), ("Ba", None)):
        cluster = ClusterFactory(name=name, industrial_land_ha=Decimal(40))
        if leased:
            SecondaryProjectFactory(cluster=cluster, land_ha=Decimal(leased))
            assert figures_of(cluster).occupancy_legal == 50
    rows = [["Một", "50%"], ["Hai", ">95% (13 dự án)"], ["Ba", "50"]]
    batch = checked(sheet(["Tên cụm công nghiệp", "Tỷ lệ lấp đầy"], *rows), "clusters", user)
    assert outcomes(batch) == [(number, "unchanged") for number in (2, 3, 4)]
    assert [(cell, severity) for cell, severity, _said in problems(batch)] == [
        ("B3", "note"),
        ("B3", "doubt"),
        ("B4", "note"),
    ]
    assert "95 %; số tính được là 50 %" in problems(batch)[1][2]
    assert not Observation.objects.exists()


def test_a_stated_rate_imported_as_observation_is_held_against_the_computed_one(user):
    cluster = ClusterFactory(name="Một", industrial_land_ha=Decimal(40))
    SecondaryProjectFactory(cluster=cluster, land_ha=Decimal(20))
    figures_of(cluster)
    batch = saved(sheet(["CCN", "Tỷ lệ lấp đầy"], ["Một", "75%"]), "observations", user)
    assert [severity for _cell, severity, _said in problems(batch)] == ["doubt"]
    assert figures_of(cluster).occupancy_legal == 50


INSPECTIONS = [
    "CCN",
    "Dự án được kiểm tra",
    "Ngày kiểm tra",
    "Cơ quan kiểm tra",
    "Nội dung",
    "Dấu hiệu vi phạm",
]


def inspection(day: dt.date, subject: str, signs: str = "", project: str = "Nhà máy giấy") -> list[object]:
    return ["Bình Minh", project, day, "Sở Công Thương", subject, signs]


def test_a_second_inspection_of_an_occupant_in_a_year_is_said_with_the_first(user):
    cluster = ClusterFactory(name="Bình Minh")
    for name in ("Nhà máy giấy", "Nhà máy may"):
        SecondaryProjectFactory(cluster=cluster, name=name)
    saved(sheet(INSPECTIONS, inspection(dt.date(2026, 3, 2), "Môi trường")), "inspections", user)
    rows = [
        inspection(dt.date(2026, 5, 4), "Phòng cháy"),
        inspection(dt.date(2026, 6, 1), "Lao động", "Đơn thư tố giác"),
        inspection(dt.date(2025, 6, 1), "Lao động"),
        inspection(dt.date(2025, 9, 1), "Môi trường"),
        inspection(dt.date(2025, 9, 1), "Môi trường", project="Nhà máy may"),
        inspection(dt.date(2026, 3, 2), "Môi trường"),
    ]
    batch = checked(sheet(INSPECTIONS, *rows), "inspections", user)
    assert [outcome for _row, outcome in outcomes(batch)] == ["new"] * 5 + ["unchanged"]
    said = {cell: message for cell, severity, message in problems(batch) if severity == "doubt"}
    # Against the registry; not with signs of violation; against another row; not of another occupant.
    assert said.keys() == {"C2", "C5"}
    assert "V41" in said["C2"] and "cơ sở dữ liệu (02/03/2026)" in said["C2"]
    assert "dòng 4 (01/06/2025)" in said["C5"]
