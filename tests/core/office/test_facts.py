"""Facts of a paper: how they are written, and that the declaration says the same."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.office import facts as f


@dataclass(frozen=True, kw_only=True)
class Row:
    name: str = f.text("tên")
    area: Decimal | None = f.number("diện tích")


@dataclass(frozen=True, kw_only=True)
class Facts:
    head: f.Head = f.group("đầu", f.Head)
    title: str = f.text("tiêu đề")
    agency: str = f.block("cơ quan")
    capital: Decimal | None = f.money("vốn")
    sets: int | None = f.count("số bộ")
    signed: dt.date | None = f.long_day("ngày ký")
    is_new: bool = f.flag("mới")
    receivers: Sequence[str] = f.points("nơi nhận")
    to: Sequence[str] = f.addressees("kính gửi")
    rows: Sequence[Row] = f.rows("bảng", Row)


def test_values_are_written_as_declared():
    filled = f.context(
        Facts(
            head=f.Head(place="Lào Cai"),
            title="  Một \n dòng ",
            agency="SỞ\n CÔNG THƯƠNG\n",
            capital=Decimal("1500000000"),
            sets=2,
            signed=dt.date(2026, 3, 4),
            is_new=True,
            receivers=["Như trên;", " ", "Lưu: VT"],
            to=["Sở Xây dựng", "Sở Tài chính"],
            rows=[Row(name="Một", area=Decimal("1.50"))],
        )
    )
    assert filled["head"]["place"] == "Lào Cai"
    assert filled["title"] == "Một dòng"
    assert filled["agency"] == "SỞ\nCÔNG THƯƠNG"
    assert filled["capital"] == "1,5 tỷ đồng"
    assert filled["capital_words"] == "Một tỷ năm trăm triệu đồng"
    assert filled["sets"] == "02"
    assert filled["signed"] == "ngày 04 tháng 3 năm 2026"
    assert filled["is_new"] is True
    assert filled["receivers"] == ["Như trên;", "Lưu: VT."]
    assert not filled["to_only"]
    assert filled["rows"] == [{"no": "1", "name": "Một", "area": "1,5"}]


def test_what_is_missing_is_a_gap_for_the_pen_and_false_in_a_condition():
    filled = f.context(Facts())
    assert filled["title"] == filled["capital"] == filled["capital_words"] == f.GAP
    assert filled["signed"] == "ngày …… tháng …… năm ………"
    assert not any(filled[name] for name in ("title", "capital", "signed", "receivers", "is_new"))
    assert f.context(Facts(title="   "))["title"] is f.GAP


def test_zero_is_no_gap():
    assert f.context(Row(area=Decimal(0)))["area"] == "0"


def test_one_addressee_is_named_on_the_line():
    assert f.context(Facts(to=["Sở Xây dựng"]))["to_only"] == "Sở Xây dựng"


def test_the_declaration_names_every_placeholder_and_marks_lists():
    assert f.declared(Facts) == {
        "head.superior": f.declared(f.Head)["superior"],
        "head.issuer": f.declared(f.Head)["issuer"],
        "head.number": f.declared(f.Head)["number"],
        "head.symbol": f.declared(f.Head)["symbol"],
        "head.place": f.declared(f.Head)["place"],
        "head.day": f.declared(f.Head)["day"],
        "title": "tiêu đề",
        "agency": "cơ quan",
        "capital": "vốn",
        "capital_words": f.declared(Facts)["capital_words"],
        "sets": "số bộ",
        "signed": "ngày ký",
        "is_new": "mới",
        "receivers[]": "nơi nhận",
        "to[]": "kính gửi",
        "to_only": f.declared(Facts)["to_only"],
        "rows[]": "bảng",
        "rows[].no": f.declared(Facts)["rows[].no"],
        "rows[].name": "tên",
        "rows[].area": "diện tích",
    }
