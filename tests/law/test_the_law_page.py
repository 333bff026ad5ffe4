"""The public page of the law."""

import pytest
from django.urls import reverse
from django.utils import translation

from law.rules import all_rules

pytestmark = pytest.mark.django_db


def test_everybody_sees_the_regimes_side_by_side_with_article_and_mark(client):
    page = client.get(reverse("law")).content.decode()
    for text in (
        "Nghị định 32/2024",
        "15 ngày",
        "khoản 1 Điều 10 Nghị định 32/2024/NĐ-CP",
        "chưa kiểm chứng: chỉ có một nguồn",
        "không tìm thấy trong nguồn nào",
        "ít nhất 60 %",
        "bản tóm tắt của công chức",
        "thay đổi",
        "lãnh đạo Sở Công Thương, lãnh đạo Sở Tài chính",
    ):
        assert text in page
    for rule in all_rules():
        assert f'id="rule-{rule.code}"' in page
    assert "2.026" not in page


def test_one_regime_is_shown_beside_the_one_before(client):
    response = client.get(reverse("law"), {"regime": "R5"})
    assert [regime.code for regime in response.context["regimes"]] == ["R4", "R5"]
    assert [regime.code for regime in client.get(reverse("law"), {"regime": "R0"}).context["regimes"]] == [
        "R0"
    ]
    assert len(client.get(reverse("law"), {"regime": "nonsense"}).context["regimes"]) == 7


def test_the_page_is_english_for_english_readers(client):
    with translation.override("en"):
        page = client.get(reverse("law"), headers={"accept-language": "en"}).content.decode()
    assert "20 working days" in page
    assert "Art. 10.3 Decree 32/2024/NĐ-CP" in page
    assert "Every deadline, limit and document list" in page
