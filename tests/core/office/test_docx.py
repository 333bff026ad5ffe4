"""Filling a model document: facts stay text, and the template language has no way out."""

import io

import docx
import pytest

from core.office.docx import placeholders, render_docx
from core.office.facts import Gap
from core.office.packages import ModelRefused
from tests.core.office.made import lines, model, part_of, with_part

HOSTILE = [
    "{{ 7*7 }}",
    "{% for a in b %}",
    "{# không phải chú thích #}",
    "{_{ x }_}",
    "<w:p><w:r/></w:p>",
    "]]><!-- & -->",
    '#import "@preview/x:1.0.0"',
    "&#123;&lt;",
    "'\"“”",
    "Ủy ban nhân dân xã Đắk Lắk ỡ ặ Ỷ",
    "x" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_a_text_comes_out_as_it_is(text):
    filled = render_docx(model("Trước {{ name }} sau", header="{{ name }}"), {"name": text})
    assert lines(filled) == [f"Trước {text} sau", text]


def test_what_xml_cannot_hold_is_left_out_and_makes_no_paragraphs():
    filled = render_docx(model("{{ name }}"), {"name": "a\x00\x07\x0c\x1b\ud800b\ufffe"})
    assert lines(filled)[0] == "ab"


def test_a_line_break_stays_a_line_break():
    assert lines(render_docx(model("{{ name }}"), {"name": "một\nhai"}))[0] == "một\nhai"


def test_lists_fill_paragraphs_and_table_rows():
    content = model(
        "{%p for member in members %}",
        "{{ member.no }}. {{ member.name }}",
        "{%p for part in member.parts %}",
        "{{ part }}",
        "{%p endfor %}",
        "{%p endfor %}",
        rows=[
            ["TT", "Tên"],
            ["{%tr for m in members %}", ""],
            ["{{ m.no }}", "{{ m.name }}"],
            ["{%tr endfor %}", ""],
        ],
    )
    members = [{"no": "1", "name": "An", "parts": ["x"]}, {"no": "2", "name": "Bình", "parts": []}]
    filled = lines(render_docx(content, {"members": members}))
    assert [line for line in filled if line] == ["1. An", "x", "2. Bình", "TT", "Tên", "1", "An", "2", "Bình"]


def test_conditions_ask_whether_something_is_there():
    content = model("{% if a and not b %}{{ a }}{% else %}không{% endif %}", "{% if c %}có{% endif %}")
    assert lines(render_docx(content, {"a": "A", "b": Gap("…"), "c": ["x"]}))[:2] == ["A", "có"]
    assert lines(render_docx(content, {"a": Gap("…"), "b": "", "c": []}))[:2] == ["không", ""]


def test_names_of_methods_are_only_names():
    assert (
        lines(render_docx(model("{{ row.items }} {{ row.keys }}"), {"row": {"items": "1", "keys": "2"}}))[0]
        == "1 2"
    )


def test_a_cell_that_loses_its_text_keeps_a_paragraph_and_a_table_without_rows_goes():
    content = model("x", rows=[["{%tr for x in items %}"], ["{{ x }}"], ["{%tr endfor %}"]])
    assert b"<w:tbl>" not in part_of(render_docx(content, {"items": []}), "word/document.xml")
    emptied = docx.Document(io.BytesIO(model("x", rows=[["{%p if a %}"]])))
    for text in ("x", "{%p endif %}"):
        emptied.tables[0].cell(0, 0).add_paragraph(text)
    out = io.BytesIO()
    emptied.save(out)
    document = docx.Document(io.BytesIO(render_docx(out.getvalue(), {"a": ""})))
    assert [len(cell.paragraphs) for cell in document.tables[0]._cells] == [1]


def test_the_same_facts_give_the_same_bytes():
    content = model("{{ name }}")
    assert render_docx(content, {"name": "An"}) == render_docx(content, {"name": "An"})


def test_placeholders_are_named_with_their_lists():
    content = model(
        "{{ title }} {{ head.place }} {% if note %}x{% endif %}{% if members %}y{% endif %}",
        "{%p for m in members %}",
        "{{ m.name }}",
        "{%p for part in m.parts %}",
        "{{ part }}",
        "{%p endfor %}",
        "{%p endfor %}",
        header="{{ code }}",
    )
    assert placeholders(content) == {
        "title",
        "head.place",
        "note",
        "members[]",
        "members[].name",
        "members[].parts[]",
        "code",
    }


def test_a_model_that_uses_more_has_no_placeholders_to_name():
    with pytest.raises(ModelRefused):
        placeholders(model("{{ name|upper }}"))


@pytest.mark.parametrize(
    "tag",
    [
        "{{ name.__class__ }}",
        "{{ name.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ _secret }}",
        "{{ name['__class__'] }}",
        "{{ name|upper }}",
        "{{ name() }}",
        "{{ 7 * 7 }}",
        "{{ range(10) }}",
        "{{ 'a' ~ 'b' }}",
        "{{ a if b else c }}",
        "{% set x = 1 %}",
        "{% for x in range(1000000) %}{% endfor %}",
        "{% for x in 'abc' %}{% endfor %}",
        "{% for x in a %}{% for y in b %}{% endfor %}{% endfor %}",
        "{% for x in a recursive %}{% endfor %}",
        "{% for x in a if x %}{% endfor %}",
        "{% for x, y in a %}{% endfor %}",
        "{% if a == b %}{% endif %}",
        "{% if a is defined %}{% endif %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% filter upper %}{% endfilter %}",
        "{% for x in a %}",
        "{{ a b }}",
        "{{ }}",
    ],
)
def test_everything_but_names_loops_and_conditions_is_refused(tag):
    with pytest.raises(ModelRefused) as refusal:
        render_docx(model(tag), {"name": "x", "a": ["1"], "b": ["2"], "c": ""})
    assert refusal.value.code == "markup"


def test_a_tag_torn_over_formatting_is_still_seen():
    content = model("{{ name.__class__ }}")
    xml = part_of(content, "word/document.xml").replace(b".__class__", b"</w:t></w:r><w:r><w:t>.__class__")
    with pytest.raises(ModelRefused):
        render_docx(with_part(content, "word/document.xml", xml), {"name": "x"})


def test_a_name_the_paper_does_not_have_is_refused():
    with pytest.raises(ModelRefused, match="unknown_name") as refusal:
        render_docx(model("{{ unknown_name }}"), {})
    assert refusal.value.code == "unknown"


def test_a_loop_torn_over_a_table_is_refused():
    content = model("{{ a }}", rows=[["{%tr for x in items %}", "a"], ["{{ x }}", "{%p endfor %}"]])
    with pytest.raises(ModelRefused) as refusal:
        render_docx(content, {"a": "1", "items": ["1", "2"]})
    assert refusal.value.code == "structure"
