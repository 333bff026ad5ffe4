"""The tables officers really have, each with its exact outcome as read with one's own eyes."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from core.numbers import LAND, MONEY
from core.workbooks.headers import Reason, Table, find_tables
from core.workbooks.mapping import Field, guess_columns, vocabulary
from core.workbooks.reading import read_workbook
from core.workbooks.references import Reference, parse_reference
from core.workbooks.values import Parsed, evidence, parse_number, parse_percent

MESSY = Path(__file__).resolve().parents[2] / "data" / "messy"
FIELDS = [
    Field("name", "Tên cụm công nghiệp", ("Tên", "CCN", "Cụm công nghiệp"), required=True),
    Field("place", "Địa điểm", ("Vị trí", "Địa chỉ")),
    Field(
        "area",
        "Diện tích",
        ("Diện tích quy hoạch", "Diện tích thành lập", "Đã được thành lập"),
        kind="number",
        units=LAND,
    ),
    Field("industrial", "Diện tích đất công nghiệp", ("Đất công nghiệp",), kind="number", units=LAND),
    Field("occupancy", "Tỷ lệ lấp đầy", ("Lấp đầy",), kind="percent"),
    Field("decision", "Quyết định thành lập", ("QĐ thành lập", "QĐ liên quan"), kind="reference"),
    Field("investor", "Chủ đầu tư", ("Chủ đầu tư hạ tầng",)),
    Field("capital", "Tổng mức đầu tư", ("TMĐT",), kind="number", units=MONEY),
]
SHORT = {"ccn": "cum cong nghiep", "qd": "quyet dinh"}


def numbers(words: str) -> list[Decimal]:
    return [Decimal(word) for word in words.split()]


def tables_of(name: str) -> list[Table]:
    workbook = read_workbook(MESSY / name)
    assert workbook.notes == []
    return [table for sheet in workbook.sheets for table in find_tables(sheet, vocabulary(FIELDS))]


def titles(table: Table) -> list[str]:
    return [column.title for column in table.header]


def skipped(table: Table) -> list[tuple[int, Reason]]:
    return [(row.number, row.reason) for row in table.skipped]


def column(table: Table, title: str) -> list:
    return table.column_values(titles(table).index(title))


def mapped(table: Table) -> dict[str, str]:
    guess = guess_columns(FIELDS, table, SHORT)
    return {key: table.header[match.position].title for key, match in guess.matches.items()}


def test_da_nang_gives_six_clusters_and_no_doubt_about_their_areas():
    (table,) = tables_of("messy_danang_wikipedia.csv")
    assert titles(table) == ["STT", "Tên", "Diện tích", "Địa chỉ", "Website"]
    assert [row.number for row in table.rows] == [2, 3, 4, 5, 6, 7]
    assert table.skipped == []
    areas = [parse_number(value, LAND) for value in column(table, "Diện tích")]
    assert areas == [Parsed(Decimal(text)) for text in ("29.56", "46.2", "29.1", "24.7", "14.5", "11.8")]
    assert column(table, "Địa chỉ")[3] == "Xã Hoà Nhơn, huyện Hoà Vang"
    assert table.address(table.rows[0], 2) == "C2"
    assert mapped(table) == {"name": "Tên", "place": "Địa chỉ", "area": "Diện tích"}


def test_hai_duong_gives_five_clusters_in_two_districts_under_a_two_line_header():
    (table,) = tables_of("messy_haiduong_sct_2018.xlsx")
    assert table.title.startswith("DANH MỤC CÁC CỤM CÔNG NGHIỆP TRÊN ĐỊA BÀN TỈNH HẢI DƯƠNG")
    assert table.header_rows == (2, 3)
    assert titles(table) == [
        "STT",
        "Tên cụm công nghiệp",
        "Địa điểm",
        "Diện tích đất (ha) / Đã được thành lập",
        "Diện tích đất (ha) / Chưa được thành lập",
        "Diện tích đất (ha) / Đất công nghiệp",
        "Xây dựng hạ tầng CCN / Vốn xây dựng hạ tầng (tỷ đồng)",
        "Xây dựng hạ tầng CCN / Chủ đầu tư",
        "Ngành nghề thu hút đầu tư",
        "Tỷ lệ lấp đầy(%)",
        "Ghi chú",
    ]
    assert [column.address for column in table.header][2:5] == ["C3", "D4", "E4"]
    assert [(row.number, row.cells[1], row.section) for row in table.rows] == [
        (7, "Việt hòa", "I THÀNH PHỐ HẢI DƯƠNG"),
        (8, "Cẩm Thượng", "I THÀNH PHỐ HẢI DƯƠNG"),
        (9, "Tây Ngô Quyền", "I THÀNH PHỐ HẢI DƯƠNG"),
        (10, "Ba Hàng", "I THÀNH PHỐ HẢI DƯƠNG"),
        (13, "Cao An", "II HUYỆN CẨM GIÀNG"),
    ]
    assert skipped(table) == [
        (1, Reason.TITLE),
        (5, Reason.COLUMN_NUMBERS),
        (6, Reason.SECTION),
        (11, Reason.TOTAL),
        (12, Reason.SECTION),
    ]
    industries = column(table, "Ngành nghề thu hút đầu tư")
    assert industries[0] == industries[3] and industries[4] is None
    assert table.filled_down == ["I8", "I9", "I10"]
    areas = [
        parse_number(value, LAND).value for value in column(table, "Diện tích đất (ha) / Đã được thành lập")
    ]
    assert areas == numbers("44.87 51.90 19.51 46.04 46.31")
    shares = [parse_percent(value) for value in column(table, "Tỷ lệ lấp đầy(%)")]
    assert shares == [Parsed(Decimal(text)) for text in ("100.00", "100.00", "100.00", "62.05", "62.96")]
    assert mapped(table) == {
        "name": "Tên cụm công nghiệp",
        "place": "Địa điểm",
        "area": "Diện tích đất (ha) / Đã được thành lập",
        "industrial": "Diện tích đất (ha) / Đất công nghiệp",
        "investor": "Xây dựng hạ tầng CCN / Chủ đầu tư",
        "occupancy": "Tỷ lệ lấp đầy(%)",
    }


def test_the_departments_own_template_gives_one_row_whose_decisions_have_no_date():
    (table,) = tables_of("messy_import_template_sct.xlsx")
    assert titles(table) == [
        "Tên cụm công nghiệp",
        "Diện tích thành lập",
        "Quyết định thành lập",
        "Diện tích mở rộng",
        "Quyết định mở rộng",
        "Diện tích QH chi tiết",
        "Quyết định phê duyệt QHCT",
        "Diện tích đất công nghiệp",
        "Diện tích đất cho thuê",
        "Tỉ lệ lấp đấy (%)",
        "Ghi chú",
    ]
    assert [row.number for row in table.rows] == [2] and table.skipped == []
    (row,) = table.rows
    assert row.cells[0] == "Tên cụm công nghiệp" and row.cells[1] == Decimal(461)
    assert parse_reference(row.cells[2]).error
    extension = parse_reference(row.cells[4])
    assert extension.value == Reference("4257/QĐ-UBND") and extension.doubt
    assert parse_percent(row.cells[9]) == Parsed(Decimal(98))
    assert mapped(table) == {
        "name": "Tên cụm công nghiệp",
        "area": "Diện tích thành lập",
        "industrial": "Diện tích đất công nghiệp",
        "occupancy": "Tỉ lệ lấp đấy (%)",
        "decision": "Quyết định thành lập",
    }


def test_lao_cai_holds_three_tables_one_below_the_other():
    overview, communes, companies = tables_of("messy_laocai_bc_2026-06-18.csv")
    assert titles(overview) == ["Nhóm", "Số CCN", "Diện tích", "Ghi chú"]
    assert [row.number for row in overview.rows] == [3, 4, 5]
    assert skipped(overview) == [(1, Reason.TITLE)]
    assert [parse_number(value, LAND).value for value in column(overview, "Diện tích")] == [
        Decimal("903.78"),
        Decimal("2029.4"),
        Decimal(62),
    ]
    assert titles(communes) == [
        "TT",
        "CCN",
        "Vị trí",
        "Diện tích (đất CN)",
        "QĐ liên quan",
        "Lấp đầy",
        "Ghi chú",
    ]
    assert communes.title == "II. 16 CCN DO UBND CẤP XÃ, PHƯỜNG QUẢN LÝ"
    assert [row.number for row in communes.rows] == list(range(8, 24))
    assert skipped(communes) == [(6, Reason.TITLE)]
    assert titles(companies) == [
        "TT",
        "CCN",
        "Vị trí",
        "Diện tích (đất CN)",
        "Chủ đầu tư hạ tầng",
        "QĐ thành lập",
        "TMĐT",
        "Tiến độ GPMB (đến 01/6/2026)",
    ]
    assert [row.number for row in companies.rows] == list(range(26, 33))
    assert skipped(companies) == [(24, Reason.TITLE), (33, Reason.FOOTNOTE), (34, Reason.FOOTNOTE)]


def test_of_the_clusters_under_communes_in_lao_cai_every_area_is_read_and_every_rest_is_told():
    _overview, table, _companies = tables_of("messy_laocai_bc_2026-06-18.csv")
    values = column(table, "Diện tích (đất CN)")
    areas = [parse_number(value, LAND, evidence(values)) for value in values]
    assert [area.value for area in areas] == numbers(
        "16 50 20 20 53.05 58.76 39.97 55 35 34 19.5 3.5 7.5 31.01 5.17 12"
    )
    assert all(area.doubt and not area.error for area in areas)
    shares = [parse_percent(value) for value in column(table, "Lấp đầy")]
    assert [share.value for share in shares] == [
        *numbers("100 95 23.29 49.3 87.75 37.88 40.24 88.05 45.55 48.35 100 100"),
        None,
        Decimal("30.59"),
        Decimal(35),
        Decimal("78.87"),
    ]
    assert [number for number, share in enumerate(shares, 1) if share.error] == [13]
    papers = [parse_reference(value) for value in column(table, "QĐ liên quan")]
    assert papers[1].value == Reference("1656/QĐ-UBND", dt.date(2009, 10, 30)) and papers[1].doubt
    assert papers[5] == Parsed(Reference("735/QĐ-UBND", dt.date(2009, 5, 26)))
    assert [number for number, paper in enumerate(papers, 1) if paper.doubt] == [1, 2, 3, 5, 15, 16]
    assert not any(paper.error for paper in papers)


def test_of_the_clusters_under_companies_in_lao_cai_capital_and_decisions_are_read():
    _overview, _communes, table = tables_of("messy_laocai_bc_2026-06-18.csv")
    capital = [parse_number(value, MONEY) for value in column(table, "TMĐT")]
    billion = Decimal(10) ** 9
    assert capital == [
        Parsed(None if text is None else Decimal(text) * billion)
        for text in ("485", None, "817.3", "563.85", "550.36", "500", "500")
    ]
    papers = [parse_reference(value) for value in column(table, "QĐ thành lập")]
    assert papers[0] == Parsed(Reference("298/QĐ-UBND", dt.date(2025, 2, 20)))
    assert [number for number, paper in enumerate(papers, 1) if paper.doubt] == [3, 4]
    assert mapped(table) == {
        "name": "CCN",
        "place": "Vị trí",
        "area": "Diện tích (đất CN)",
        "investor": "Chủ đầu tư hạ tầng",
        "decision": "QĐ thành lập",
        "capital": "TMĐT",
    }


@pytest.mark.parametrize(
    "path", sorted([*MESSY.glob("*.csv"), *MESSY.glob("*.xlsx")]), ids=lambda path: path.stem
)
def test_every_row_of_a_messy_file_is_data_header_skipped_or_blank(path: Path):
    for sheet in read_workbook(path).sheets:
        tables = find_tables(sheet)
        known = {row + 1 for table in tables for row in table.header_rows}
        known |= {row.number for table in tables for row in (*table.rows, *table.skipped)}
        filled = {number for number, row in enumerate(sheet.rows, 1) if any(cell is not None for cell in row)}
        assert known == filled
