"""Tables are found below titles, under headers of one line or more, between groups, totals and signatures."""

import pytest

from core.workbooks.headers import Reason, find_tables, table_at
from core.workbooks.reading import read_workbook
from tests.core.workbooks.made import csv_file, sheet_of


def reasons(table) -> list[tuple[int, str]]:
    return [(row.number, row.reason.value) for row in table.skipped]


def test_office_headings_in_two_cells_are_no_header():
    sheet = sheet_of(
        ["UBND TỈNH LÀO CAI", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["SỞ CÔNG THƯƠNG", None, None, "Độc lập - Tự do - Hạnh phúc"],
        [],
        ["DANH SÁCH"],
        ["(Kèm theo Công văn số 12)"],
        ["STT", "Tên", "Xã", "Diện tích"],
        [1, "Âu Lâu", "Âu Lâu", 50],
        [],
        [None, None, None, "Lào Cai, ngày 3 tháng 4 năm 2026"],
        ["NGƯỜI LẬP BIỂU", None, None, "GIÁM ĐỐC"],
    )
    (table,) = find_tables(sheet)
    assert table.header_rows == (5,)
    assert [row.number for row in table.rows] == [7]
    assert reasons(table) == [
        (1, "title"),
        (2, "title"),
        (4, "title"),
        (5, "title"),
        (9, "footnote"),
        (10, "footnote"),
    ]


def test_a_two_line_header_without_merges_is_joined():
    text = "STT,Tên,Diện tích (ha),,,Ghi chú\n,,Tổng,Công nghiệp,Cho thuê,\n1,Âu Lâu,50,31,20,\n"
    (table,) = find_tables(read_workbook(csv_file(text), "a.csv").sheets[0])
    assert [column.title for column in table.header] == [
        "STT",
        "Tên",
        "Diện tích (ha) / Tổng",
        "Diện tích (ha) / Công nghiệp",
        "Diện tích (ha) / Cho thuê",
        "Ghi chú",
    ]
    assert [row.number for row in table.rows] == [3]


def test_a_three_line_header_is_joined():
    sheet = sheet_of(
        ["STT", "Tên", "Đất", None, None],
        [None, None, "Tổng", "Cho thuê", None],
        [None, None, None, "Năm nay", "Năm trước"],
        [1, "Âu Lâu", 50, 20, 10],
        merged=["A1:A3", "B1:B3", "C1:E1", "C2:C3", "D2:E2"],
    )
    (table,) = find_tables(sheet)
    assert [column.title for column in table.header][2:] == [
        "Đất / Tổng",
        "Đất / Cho thuê / Năm nay",
        "Đất / Cho thuê / Năm trước",
    ]
    assert [row.number for row in table.rows] == [4]


@pytest.mark.parametrize(
    "marks",
    [
        ["1", "2", "3", "4"],
        [1, 2, 3, 4],
        ["(1)", "(2)", "(3)", "(4)"],
        ["A", "B", "1", "2"],
        ["1", "2", "3", "4=3*2"],
    ],
)
def test_numbers_of_columns_are_left_aside(marks):
    (table,) = find_tables(sheet_of(["STT", "Tên", "Xã", "Diện tích"], marks, [1, "Âu Lâu", "x", 50]))
    assert reasons(table) == [(2, "column_numbers")] and [row.number for row in table.rows] == [3]


def test_groups_totals_and_headers_of_the_next_page_are_left_aside():
    header = ["STT", "Tên", "Xã", "Diện tích"]
    sheet = sheet_of(
        header,
        ["I", "HUYỆN A", None, 120],
        [1, "Âu Lâu", "x", 50],
        ["a)", "Nhóm một"],
        [2, "Cộng Hòa", "y", 70],
        [None, "Cộng", None, 120],
        header,
        ["HUYỆN B"],
        [3, "Tổng công ty Z", "z", 1],
        [None, "Tổng cộng", None, 121],
        ["Ghi chú: số liệu đến tháng 6."],
    )
    (table,) = find_tables(sheet)
    assert [(row.number, row.section) for row in table.rows] == [
        (3, "I HUYỆN A"),
        (5, "a) Nhóm một"),
        (9, "HUYỆN B"),
    ]
    assert reasons(table) == [
        (2, "section"),
        (4, "section"),
        (6, "total"),
        (7, "header_again"),
        (8, "section"),
        (10, "total"),
        (11, "footnote"),
    ]


def test_a_table_of_words_alone_is_found():
    (table,) = find_tables(
        sheet_of(["Tên", "Xã", "Ghi chú"], ["Âu Lâu", "Âu Lâu", "mới"], ["Báo Đáp", "Trấn Yên", "cũ"])
    )
    assert [row.number for row in table.rows] == [2, 3]


def test_a_short_last_row_of_an_unnumbered_table_stays_data():
    (table,) = find_tables(
        sheet_of(
            ["Tên", "Xã", "Diện tích", "Vốn", "Năm"], ["Âu Lâu", "x", 1, 2, 2019], ["Báo Đáp", "Trấn Yên"]
        )
    )
    assert [row.number for row in table.rows] == [2, 3]


def test_records_that_look_like_groups_or_totals_stay_data():
    plots = sheet_of(["Lô", "Diện tích", "Trạng thái"], ["A", 1, "trống"], ["B", "2"], ["C", 3, "trống"])
    assert [row.number for row in find_tables(plots)[0].rows] == [2, 3, 4]
    years = sheet_of(["Tên", "Năm nay", "Năm trước"], ["A", 1, 2], ["B", 3, 4])
    assert [row.number for row in find_tables(years)[0].rows] == [2, 3]
    names = sheet_of(["Tên dự án", "Vốn"], ["Tổng kho xăng dầu", 5], ["Cộng Hòa 2", 6], ["Tổng cộng", 11])
    assert [row.number for row in find_tables(names)[0].rows] == [2, 3]


def test_a_table_may_begin_in_any_column():
    sheet = sheet_of(
        [None, "STT", "Tên", "Xã"],
        [None, "A", "HUYỆN X", 3],
        [None, 1, "a", "x"],
        [None, "Nhóm hai"],
        [None, 2, "b", "y"],
    )
    (table,) = find_tables(sheet)
    assert [(row.number, row.section) for row in table.rows] == [(3, "A HUYỆN X"), (5, "Nhóm hai")]
    assert table.address(table.rows[0], 1) == "C3"


def test_a_header_alone_is_a_table_without_rows():
    (table,) = find_tables(sheet_of(["Tên cụm", "Diện tích", "Xã"]))
    assert table.rows == [] and len(table.header) == 3


def test_a_sheet_without_header_has_no_table_until_a_person_names_it():
    sheet = sheet_of([1, 2, 3], [4, 5, 6])
    assert find_tables(sheet) == []
    table = table_at(sheet, [0])
    assert [row.number for row in table.rows] == [2] and [column.title for column in table.header] == [
        "1",
        "2",
        "3",
    ]
    assert table_at(sheet, [0], last_row=1).rows == []
    with pytest.raises(ValueError, match="9"):
        table_at(sheet, [9])
    assert table_at(sheet_of(["a"], [], ["b"]), [1], last_row=2).rows == []


def test_a_column_without_title_is_kept_if_it_is_filled():
    (table,) = find_tables(sheet_of(["STT", "Tên", "Xã"], [1, "a", "b", 5], [2, "c", "d", 6]))
    assert [(column.title, column.address) for column in table.header] == [
        ("STT", "A1"),
        ("Tên", "B1"),
        ("Xã", "C1"),
        ("", "D1"),
    ]


def test_titles_that_the_caller_knows_make_a_header():
    rows = (["Tên cụm", "Diện tích", 2019, 2020], ["Âu Lâu", 5, 6, 7])
    assert find_tables(sheet_of(*rows)) == []
    (table,) = find_tables(sheet_of(*rows), {"ten cum", "dien tich"})
    assert [column.title for column in table.header] == ["Tên cụm", "Diện tích", "2019", "2020"]


def test_reasons_have_words():
    assert all(reason.label for reason in Reason)
