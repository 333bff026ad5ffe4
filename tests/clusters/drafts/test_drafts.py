"""The drafts of the cluster procedure: every paper complete, as a form for the pen, and against hostile facts."""

import dataclasses
import io
from dataclasses import fields, is_dataclass, replace
from functools import cache

import docx
import pytest
from django.core.management import call_command

from clusters.drafts import DRAFTS, building, declared_placeholders, model_path, render_draft
from core.office.checking import check_model
from core.office.docx import placeholders
from core.office.facts import Head
from tests.clusters.drafts.filled import FULL
from tests.core.office.made import lines, model

KINDS = sorted(DRAFTS)
HOSTILE = ['{{ 7*7 }} {% for x in y %} #import "x" <w:p> &lt; ]]> --', "Ủy ban " * 300]
SAID = {
    "notice": [
        "THÔNG BÁO",
        "/TB-UBND",
        "vào ngày 15 tháng 10 năm 2026",
        "- Số lượng: 01 bộ và hồ sơ điện tử.",
        "05 ngày làm việc kể từ ngày thông báo: từ ngày 19 tháng 10 năm 2026",
        "đến 17 giờ 00 phút, ngày 23 tháng 10 năm 2026",
    ],
    "submission": [
        "TỜ TRÌNH",
        "- Ủy ban nhân dân tỉnh Lào Cai;",
        "- Sở Công Thương tỉnh Lào Cai.",
        "5300654321",
        "16:58 23/10/2026",
    ],
    "opinion_letter": [
        "V/v lấy ý kiến về hồ sơ mở rộng cụm công nghiệp Phú Nghĩa 2",
        "- Công an tỉnh.",
        "chậm nhất ngày 19 tháng 11 năm 2026",
        "thì được coi là đồng ý (Quyết định số 16/2026/QĐ-UBND",
    ],
    "opening_minutes": [
        "BIÊN BẢN",
        "Thời gian mở hồ sơ: 08 giờ 30 phút, ngày 26 tháng 10 năm 2026",
        "niêm phong còn nguyên vẹn",
        "không tiếp nhận: 01.",
        "NGƯỜI CHỦ TRÌ",
    ],
    "council_invitation": ["GIẤY MỜI", "/GM-UBND", "- Chấm điểm các hồ sơ.", "Chủ trì: ông Hoàng Quốc Khánh"],
    "council_decision": [
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
        "Lý A Sử",
        "tổng cộng 100 điểm",
        "phải đạt từ 50 điểm trở lên",
        "Phạm Văn Đức",
    ],
    "score_sheet": ["PHIẾU CHẤM ĐIỂM", "13,5", "1.2", "Cần rút ngắn giai đoạn 2", "Tổng cộng", "84"],
    "minutes": ["BIÊN BẢN", "Lần 1: họp", "84,75", "26,50", "Vắng (đi công tác)", "THƯ KÝ", "11 giờ 15 phút"],
    "appraisal_report": [
        "BÁO CÁO",
        "Kính gửi: Ủy ban nhân dân tỉnh Lào Cai",
        "a) Căn cứ pháp lý, sự phù hợp với quy hoạch",
        "đ) Chi phí vận hành, mô hình quản lý",
        "g) Ưu đãi, hỗ trợ đầu tư",
        "≤ 75 ha",
        "92,4 %",
        "Đạt. Tính theo tỷ lệ lấp đầy pháp lý",
        "Tạm dừng từ 09/11 đến 13/11/2026 (bổ sung lần 1).",
    ],
    "decision": [
        "QUYẾT ĐỊNH:",
        "Điều 1. Mở rộng cụm công nghiệp Phú Nghĩa 2",
        "425,75 tỷ đồng (Bằng chữ: Bốn trăm hai mươi lăm tỷ bảy trăm năm mươi triệu đồng)",
        "- Bộ Công Thương (để báo cáo);",
        "TM. ỦY BAN NHÂN DÂN",
    ],
    "result_notice": [
        "61,50 điểm trên tổng số 100 điểm",
        "không được lựa chọn",
        "4012/QĐ-UBND ngày 04 tháng 12 năm 2026",
    ],
    "request": [
        "Kính gửi: Ủy ban nhân dân tỉnh Lào Cai",
        "III. CAM KẾT",
        "5. Người đại diện theo pháp luật: Đỗ Mạnh Cường; chức vụ: Tổng Giám đốc",
        "NGƯỜI ĐẠI DIỆN THEO PHÁP LUẬT",
    ],
}


def text_of(content: bytes) -> str:
    return " ".join(" ".join(lines(content)).split())


def hostile(value, text: str):
    """Return facts in which every text is replaced."""
    if is_dataclass(value):
        changed = {part.name: hostile(getattr(value, part.name), text) for part in fields(value)}
        return replace(value, **changed)
    if isinstance(value, str):
        return text
    return [hostile(item, text) for item in value] if isinstance(value, list | tuple) else value


@cache
def full_draft(kind: str) -> bytes:
    """Return the draft with all its facts; the same facts give the same bytes, so it is filled once."""
    return render_draft(kind, FULL[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_what_it_has_to(kind):
    text = text_of(full_draft(kind))
    for said in ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Phú Nghĩa 2", *SAID[kind]]:
        assert said in text, said
    assert "…………" not in text or kind == "appraisal_report"


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_the_facts_stands_in_the_draft(kind):
    facts, text = FULL[kind], text_of(full_draft(kind))
    for part in fields(facts):
        value = getattr(facts, part.name)
        if isinstance(value, str) and part.name not in {"act", "body"}:
            assert value in text, part.name


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_without_facts_is_a_form_for_the_pen(kind):
    text = text_of(render_draft(kind, DRAFTS[kind].facts()))
    assert "…………" in text
    for mark in ("{{", "{%", "None", "****"):
        assert mark not in text


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_typed_comes_out_as_it_is(kind, text):
    shown = text_of(render_draft(kind, hostile(FULL[kind], text)))
    # The last sign of a list item gives way to ";" or ".".
    assert shown.count(text.strip().rstrip(".;, ")) >= 8


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_is_left_blank_for_the_clerk(kind):
    numbered = [line for line in lines(full_draft(kind)) if line.startswith("Số:")]
    assert len(numbered) == (0 if kind in {"score_sheet", "request"} else 1)
    assert all(line.removeprefix("Số:").split("/")[0].isspace() for line in numbered)


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_is_fit_by_the_check_that_departments_pass(kind):
    assert check_model(io.BytesIO(model_path(kind).read_bytes()), declared_placeholders(kind)) == []
    assert placeholders(model_path(kind)) <= set(declared_placeholders(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_in_the_project_is_the_one_that_is_built(kind):
    assert model_path(kind).read_bytes() == building.MODELS[kind](), "run manage.py build_model_documents"


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_draft_is_laid_out_by_decree_30(kind):
    document = docx.Document(io.BytesIO(full_draft(kind)))
    (section,) = document.sections
    assert [round(section.page_width.mm), round(section.page_height.mm)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_every_kind_of_paper_has_a_model_a_maker_and_facts():
    assert set(building.MODELS) == set(DRAFTS) == set(FULL)
    for kind, draft in DRAFTS.items():
        assert draft.kind == kind
        assert str(draft.title)
        assert str(draft.basis)
        assert dataclasses.is_dataclass(draft.facts)


def test_every_placeholder_has_a_label_in_both_languages():
    from django.utils import translation

    for kind in KINDS:
        for label in declared_placeholders(kind).values():
            with translation.override("en"):
                english = str(label)
            with translation.override("vi"):
                assert str(label) != english or english == "fax", english


def test_the_items_of_decree_303_stand_only_where_the_law_asks_for_them():
    assert "11. Diện tích đất công nghiệp tối thiểu" in text_of(render_draft("decision", FULL["decision"]))
    older = replace(FULL["decision"], has_types=False)
    text = text_of(render_draft("decision", older))
    assert "9. Tiến độ thực hiện" in text
    assert "10. Loại hình" not in text
    assert "11. Diện tích" not in text


def test_a_new_cluster_is_established_and_an_old_one_expanded():
    facts = FULL["decision"]
    new = replace(facts, act="thành lập", cluster=replace(facts.cluster, before_ha=None, added_ha=None))
    text = text_of(render_draft("decision", new))
    assert "Điều 1. Thành lập cụm công nghiệp Phú Nghĩa 2" in text
    assert "2. Diện tích: 74,5 ha." in text


def test_without_a_rule_nobody_is_told_that_silence_is_agreement():
    assert "coi là đồng ý" not in text_of(
        render_draft("opinion_letter", replace(FULL["opinion_letter"], silence_basis=""))
    )


def test_the_chosen_candidate_reads_that_it_was_chosen():
    text = text_of(render_draft("result_notice", replace(FULL["result_notice"], is_chosen=True)))
    assert "được giao làm chủ đầu tư theo Quyết định số 4012/QĐ-UBND" in text
    assert "không được lựa chọn" not in text


def test_an_issuer_of_two_lines_stays_on_two_lines():
    head = Head(issuer="ỦY BAN NHÂN DÂN\nXÃ BẢO THẮNG", symbol="TB-UBND")
    shown = lines(render_draft("notice", replace(FULL["notice"], head=head)))
    assert "ỦY BAN NHÂN DÂN\nXÃ BẢO THẮNG" in shown


def test_facts_of_another_paper_are_refused():
    with pytest.raises(TypeError, match="EstablishmentDecision"):
        render_draft("decision", FULL["minutes"])


def test_a_department_may_use_its_own_model():
    own = model("Cụm {{ cluster.name }}")
    assert lines(render_draft("decision", FULL["decision"], model=own))[0] == "Cụm Phú Nghĩa 2"


def test_the_models_can_be_built_anew(monkeypatch, tmp_path):
    monkeypatch.setattr("clusters.drafts.registry.MODELS", tmp_path / "a")
    monkeypatch.setattr("dossiers.papers.letters.MODELS", tmp_path / "b")
    call_command("build_model_documents", verbosity=0, stdout=io.StringIO())
    assert {path.stem for path in tmp_path.rglob("*.docx")} == {
        *DRAFTS,
        "supplement_letter",
        "refusal_letter",
        "apology_letter",
    }
