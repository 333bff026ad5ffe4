"""Judging a model document that a department uploads."""

import io
import zipfile

import pytest

from core.office.checking import check_model
from core.office.packages import MAX_SIZE, ModelRefused
from tests.core.office.made import model, part_of, with_part

ALLOWED = {
    "cluster.name": "name of the cluster",
    "cluster.area_ha": "area",
    "members[]": "members of the council",
    "members[].name": "name of the person",
    "bases[]": "legal bases",
    "note": "note",
}
DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"


def check(content: bytes):
    return check_model(io.BytesIO(content), ALLOWED)


def refusal(content: bytes) -> ModelRefused:
    with pytest.raises(ModelRefused) as caught:
        check(content)
    assert len(caught.value.messages) == 1
    assert "%(" not in caught.value.messages[0]
    return caught.value


def test_a_model_with_known_placeholders_needs_no_mending():
    content = model(
        "{{ cluster.name }}, {% if note %}{{ note }}{% endif %}{% if members %}có{% endif %}",
        "{%p for basis in bases %}",
        "{{ basis }}",
        "{%p endfor %}",
        rows=[["Tên"], ["{%tr for m in members %}"], ["{{ m.name }}"], ["{%tr endfor %}"]],
    )
    assert check(content) == []


def test_a_document_without_placeholders_is_a_model_too():
    assert check(model("Chỉ có chữ")) == []


def test_each_unknown_placeholder_is_named_with_its_place_and_the_nearest_known_one():
    content = model(
        "Đầu",
        "",
        "{{ cluster.nane }}",
        header="{{ noet }}",
        rows=[["Tên"], ["{%tr for m in members %}"], ["{{ m.nam }}"], ["{%tr endfor %}"]],
    )
    problems = {problem.written: problem for problem in check(content)}
    assert {written: problem.nearest for written, problem in problems.items()} == {
        "cluster.nane": "cluster.name",
        "noet": "note",
        "m.nam": "members[].name",
    }
    assert problems["cluster.nane"].place == "Đoạn 2"
    assert problems["m.nam"].place == "Bảng 1, dòng 3"
    assert problems["noet"].place == "Đầu trang, Đoạn 1"
    assert "name of the cluster" in str(problems["cluster.nane"])


def test_a_placeholder_like_none_that_is_known_gets_no_advice():
    (problem,) = check(model("{{ zzz }}"))
    assert problem.nearest == ""


def test_a_list_used_as_a_text_is_told():
    (problem,) = check(model("{{ bases }}"))
    assert problem.nearest == "bases[]"


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("{{ note.__class__ }}", "note.__class__"),
        ("{% for x in range(9) %}{% endfor %}", "for"),
        ("{{ note|safe }}", "filter"),
        ("{% set x = 1 %}", "assign"),
        ("{% for a in members %}{% for b in bases %}{% endfor %}{% endfor %}", "bases"),
    ],
)
def test_what_is_more_than_a_placeholder_is_a_problem(tag, written):
    (problem,) = check(model(tag))
    assert problem.written == written


@pytest.mark.parametrize("tag", ["{{r note }}", "{{p note }}", "{{tr note }}"])
def test_a_placeholder_for_raw_content_is_a_problem(tag):
    assert check(model(tag))[0].place == "Đoạn 1"


def test_a_tag_that_is_not_closed_is_a_problem():
    assert check(model("{% for x in bases %}"))
    assert check(model("{% if note %}"))


def test_a_loop_torn_over_a_table_is_refused():
    torn = model("x", rows=[["{%tr for x in bases %}", "a"], ["{{ x }}", "{%p endfor %}"]])
    assert refusal(torn).code == "structure"


@pytest.mark.parametrize(
    ("name", "part", "code"),
    [
        ("word/vbaProject.bin", b"x", "active"),
        ("word/embeddings/oleObject1.bin", b"x", "active"),
        ("word/activeX/activeX1.xml", b"<a/>", "active"),
        ("word/afchunk.mht", b"x", "active"),
        ("../evil.xml", b"<a/>", "kind"),
        (RELATIONS, b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>', "active"),
        ("word/settings.xml", b"\xff\xfe<\x00a\x00/\x00>\x00", "kind"),
    ],
)
def test_active_and_hidden_content_is_refused(name, part, code):
    assert refusal(with_part(model("x"), name, part)).code == code


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "subDocument"])
def test_content_from_elsewhere_is_refused(kind):
    relation = (
        f'<Relationship Id="rX" Type="http://x/{kind}" Target="http://192.0.2.1/x" TargetMode="External"/>'
    )
    relations = part_of(model("x"), RELATIONS).replace(
        b"</Relationships>", relation.encode() + b"</Relationships>"
    )
    assert refusal(with_part(model("x"), RELATIONS, relations)).code == "links"


def test_a_hyperlink_in_the_text_is_harmless():
    relation = (
        b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        b' Target="mailto:a@example.org" TargetMode="External"/></Relationships>'
    )
    relations = part_of(model("x"), RELATIONS).replace(b"</Relationships>", relation)
    assert check(with_part(model("x"), RELATIONS, relations)) == []


@pytest.mark.parametrize("field", ["INCLUDETEXT c:/x", "DDEAUTO cmd", ' includepicture "http://x"'])
def test_a_field_that_fetches_or_runs_something_is_refused(field):
    field = field.replace('"', "&quot;")
    code = f'<w:p><w:r><w:instrText xml:space="preserve">{field}</w:instrText></w:r></w:p><w:sectPr'.encode()
    xml = part_of(model("x"), DOCUMENT).replace(b"<w:sectPr", code, 1)
    assert refusal(with_part(model("x"), DOCUMENT, xml)).code == "links"


def test_a_page_number_is_no_danger():
    code = b"<w:p><w:r><w:instrText> PAGE </w:instrText></w:r></w:p><w:sectPr"
    xml = part_of(model("x"), DOCUMENT).replace(b"<w:sectPr", code, 1)
    assert check(with_part(model("x"), DOCUMENT, xml)) == []


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert refusal(with_part(model("x"), "word/media/image1.png", b"\0" * 40_000_000)).code == "bomb"
    assert refusal(with_part(model("x"), "word/extra.xml", b" " * 4_000_000)).code == "bomb"


def test_thousands_of_braces_are_refused():
    assert refusal(model("{" * 6000)).code == "long"


def test_a_large_file_is_refused():
    assert refusal(b"PK" + b"\0" * MAX_SIZE).code == "size"


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 90]
)
def test_what_is_no_word_document_is_refused(content):
    assert refusal(content).code == "kind"


def test_a_workbook_renamed_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        archive.writestr("xl/workbook.xml", "<a/>")
    assert refusal(out.getvalue()).code == "kind"


def test_damaged_xml_is_refused():
    assert refusal(with_part(model("x"), DOCUMENT, b"<w:document")).code == "kind"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("_rels/.rels", b"Target=", b"Tarxet="),
        ("[Content_Types].xml", b"core-properties+xml", b"xore-properties+xml"),
        ("[Content_Types].xml", b"document.main+xml", b"document.mxin+xml"),
        ("docProps/core.xml", b"<", b"x"),
        ("word/styles.xml", b"<w:style ", b"<w:style"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(name, old, new):
    part = part_of(model("{{ note }}"), name).replace(old, new)
    assert refusal(with_part(model("{{ note }}"), name, part)).code == "kind"


def test_placeholders_in_the_properties_are_a_problem():
    core = part_of(model("x"), "docProps/core.xml").replace(b"<dc:title>", b"<dc:title>{{ note }}")
    core = core.replace(b"<dc:title/>", b"<dc:title>{{ note }}</dc:title>")
    assert check(with_part(model("x"), "docProps/core.xml", core))
