"""PDF by typst: deterministic, without network, and what a person typed is never markup."""

import io
from decimal import Decimal

import pypdf
import pytest
from django.conf import settings

from core.office.pdf import FONTS, render_pdf
from core.office.qr import qr_png, qr_svg

HOSTILE = [
    '#import "@preview/cetz:0.1.0"',
    '#read("/etc/passwd")',
    "#panic()",
    "= Tiêu đề",
    "*đậm* _nghiêng_ $x^2$ `mã`",
    "- mục // chú thích /* */",
    '"); #text[x',
    "\\u{41} ~ -- ...",
    "Ủy ban nhân dân xã Đắk Lắk ỡ ặ Ỷ",
]


@pytest.fixture
def template(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    path = tmp_path / "one.typ"
    path.write_text(
        '#let data = json(bytes(sys.inputs.data))\n#set text(font: "Tinos")\n#data.text\n\n#for x in data.list [[#x]]',
        encoding="utf-8",
    )
    return path


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_comes_out_as_it_is(template, text):
    assert text_of(render_pdf(template, {"text": text, "list": [text]})) == f"{text}\n[{text}]"


def test_what_no_font_draws_is_left_out(template):
    content = render_pdf(template, {"text": "a\x00\x1b\ud800\x85b", "list": [None, Decimal("1.5"), 2, True]})
    assert text_of(content).startswith("a?b")


def test_the_same_data_give_the_same_bytes(template):
    data = {"text": "một", "list": ["b", "a"]}
    assert render_pdf(template, data) == render_pdf(template, dict(reversed(data.items())))


def test_the_fonts_are_in_the_file_and_come_from_the_project(template):
    content = render_pdf(template, {"text": "Tiếng Việt", "list": []})
    fonts = pypdf.PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"]
    assert all("Tinos" in font.get_object()["/BaseFont"] for font in fonts.values())
    assert sorted(path.name for path in FONTS.glob("*.ttf")) == [
        "Tinos-Bold.ttf",
        "Tinos-BoldItalic.ttf",
        "Tinos-Italic.ttf",
        "Tinos-Regular.ttf",
    ]


def test_no_template_fetches_a_package_or_reads_a_file():
    templates = [path for room in settings.ROOMS for path in (settings.BASE_DIR / room).rglob("*.typ")]
    assert templates
    for path in templates:
        source = path.read_text(encoding="utf-8")
        assert "@preview" not in source
        assert "read(" not in source
        assert "eval(" not in source


def test_a_qr_code_can_stand_in_a_page_under_the_strict_policy():
    svg = qr_svg("https://ccn.example/theo-doi/?code=H38&x=1")
    assert svg.startswith("<svg")
    assert not any(mark in svg for mark in ("<script", "style=", "<?xml", "class="))
    assert svg == qr_svg("https://ccn.example/theo-doi/?code=H38&x=1")
    assert svg != qr_svg("https://ccn.example/theo-doi/?code=H39&x=1")


def test_a_qr_code_is_also_a_picture():
    assert qr_png("H38.17-261019-0003").startswith(b"\x89PNG\r\n\x1a\n")


def test_a_text_too_long_for_a_qr_code_is_refused():
    with pytest.raises(ValueError, match=r"."):
        qr_svg("x" * 5000)
