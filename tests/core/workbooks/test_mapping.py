"""Columns find their fields by title and by what stands below it."""

from decimal import Decimal

import pytest

from core.numbers import LAND
from core.workbooks.headers import find_tables
from core.workbooks.mapping import Field, guess_columns, rank_specs, title_likeness, vocabulary
from core.workbooks.values import Parsed
from tests.core.workbooks.made import sheet_of

CLUSTER = [
    Field("name", "Tên cụm công nghiệp", ("Tên CCN",), required=True),
    Field("area", "Diện tích", ("Diện tích quy hoạch",), kind="number", required=True, units=LAND),
    Field("occupancy", "Tỷ lệ lấp đầy", kind="percent"),
    Field("founded", "Ngày thành lập", kind="date"),
]
INVESTOR = [
    Field("name", "Tên doanh nghiệp", ("Tên nhà đầu tư",), required=True),
    Field("tax_code", "Mã số thuế", ("MST",), required=True),
]


def table_of(*rows):
    (table,) = find_tables(sheet_of(*rows))
    return table


@pytest.mark.parametrize(
    ("title", "spelling", "least"),
    [
        ("Tỉ lệ lấp đầy (%)", "Tỷ lệ lấp đầy", 1),
        ("TÊN CỤM CÔNG NGHIỆP", "Tên cụm công nghiệp", 1),
        ("Diện tích đất (ha) / Đất công nghiệp", "Đất công nghiệp", 0.97),
        ("Diện tích đất (ha) / Đất công nghiệp", "Diện tích đất công nghiệp", 0.9),
        ("Tên cụm công nghiệp *", "Tên cụm công nghiệp", 1),
    ],
)
def test_titles_that_mean_the_same_are_alike(title, spelling, least):
    assert title_likeness(title, spelling) >= least


def test_titles_that_mean_something_else_are_not_alike():
    assert title_likeness("Ghi chú", "Tên cụm công nghiệp") == 0
    assert title_likeness("Diện tích", "Số dự án") == 0


def test_abbreviations_are_spelt_out():
    assert title_likeness("Tên CCN", "Tên cụm công nghiệp", (("ccn", "cum cong nghiep"),)) == 1


def test_every_field_gets_one_column_and_the_rest_is_listed():
    table = table_of(
        ["STT", "Tên CCN", "Diện tích (ha)", "Diện tích quy hoạch", "Tỉ lệ lấp đầy", "Vốn"],
        [1, "Âu Lâu", "50 ha", 60, "95%", 3],
    )
    guess = guess_columns(CLUSTER, table)
    assert guess.positions == {"name": 1, "area": 2, "occupancy": 4}
    assert all(match.sure for match in guess.matches.values())
    assert [column.title for column in guess.unmatched] == ["STT", "Diện tích quy hoạch", "Vốn"]
    assert guess.missing == []


def test_cells_that_do_not_fit_make_a_match_unsure():
    table = table_of(["Tên CCN", "Diện tích", "Xã"], ["Âu Lâu", "phường", "x"], ["Báo Đáp", "xã", "y"])
    guess = guess_columns(CLUSTER, table)
    assert guess.matches["name"].sure and not guess.matches["area"].sure


def test_required_fields_without_a_column_are_missing():
    guess = guess_columns(CLUSTER, table_of(["Tên CCN", "Ghi chú"], ["Âu Lâu", "x"]))
    assert [wanted.key for wanted in guess.missing] == ["area"]


def test_the_list_of_fields_that_fits_comes_first():
    clusters = table_of(["Tên CCN", "Diện tích", "Xã"], ["Âu Lâu", 50, "x"])
    investors = table_of(["Tên doanh nghiệp", "MST", "Địa chỉ"], ["Công ty A", "5300123456", "x"])
    ranked = rank_specs({"cluster": CLUSTER, "investor": INVESTOR}, [investors, clusters])
    assert len(ranked) == 4
    assert {(key, table is clusters) for key, table, _guess in ranked[:2]} == {
        ("cluster", True),
        ("investor", False),
    }


def test_a_field_parses_by_its_kind():
    assert CLUSTER[0].parse("  Âu  Lâu") == Parsed("Âu Lâu")
    assert CLUSTER[1].parse("50 ha") == Parsed(Decimal(50))
    assert CLUSTER[2].parse("50%") == Parsed(Decimal(50))
    assert CLUSTER[3].parse("x1").error
    assert Field("kind", "Loại", kind="choice", options={"a": ("Một",)}).parse("mot") == Parsed("a")


def test_the_vocabulary_holds_every_title_folded():
    assert {"ten ccn", "dien tich", "ty le lap day"} <= vocabulary(CLUSTER)
