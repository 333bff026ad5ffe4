"""How the portal's own model documents of the letters are made; ``MODELS`` maps a kind to its maker."""

from collections.abc import Callable

from core.office.decree30 import ALIGN, Column, Paper
from dossiers.papers.letters import model_path
from dossiers.papers.wording import LETTERS

__all__ = ["MODELS", "model_path"]


def supplement() -> bytes:
    """Build the supplement letter."""
    paper = _opened("supplement_letter", "Mã hồ sơ: {{ code }} (lần {{ round }})")
    _applicant(paper)
    paper.text("{{ body }} đã kiểm tra hồ sơ và đề nghị bổ sung, hoàn thiện các nội dung sau:", keep=True)
    paper.table(
        "points",
        [
            Column("TT", "{{ row.no }}", 12, ALIGN.CENTER),
            Column("Tài liệu, nội dung", "{{ row.item }}", 45),
            Column("Chưa đạt", "{{ row.fault }}", 54),
            Column("Cách khắc phục", "{{ row.remedy }}", 54),
        ],
    )
    paper.text(
        "Hồ sơ bổ sung đề nghị gửi chậm nhất **{{ due }}**.{% if clock_note %} {{ clock_note }}{% endif %}"
    )
    paper.text(
        "Trong quá trình hoàn thiện hồ sơ, nếu có vướng mắc đề nghị liên hệ: {{ contact }} để được hướng dẫn./."
    )
    paper.sign()
    return paper.save()


def refusal() -> bytes:
    """Build the refusal."""
    paper = _opened("refusal_letter", "Mã hồ sơ: {{ code }}")
    _applicant(paper)
    paper.text("Thời gian nhận hồ sơ: {{ received }}", indent=False)
    paper.text(
        "Qua xem xét, {{ body }} thông báo không tiếp nhận, giải quyết hồ sơ này với các lý do sau:",
        keep=True,
    )
    paper.each("reasons", "- {{ item }}")
    paper.control("if legal_basis")
    paper.text("Căn cứ: {{ legal_basis }}.")
    paper.control("endif")
    paper.control("if returned")
    paper.text("Tài liệu trả lại:", keep=True)
    paper.each("returned", "- {{ item }}")
    paper.control("endif")
    paper.control("if complaint")
    paper.text("Quyền khiếu nại: {{ complaint }}.")
    paper.control("endif")
    paper.text(
        "Thông tin chi tiết xin liên hệ: {{ contact }}. {{ body }} thông báo để {{ applicant }} biết, thực hiện./."
    )
    paper.sign()
    return paper.save()


def apology() -> bytes:
    """Build the apology for lateness with the new day."""
    paper = _opened("apology_letter", "Mã hồ sơ: {{ code }}")
    paper.text("Kính gửi: {{ applicant }}", align=ALIGN.CENTER, indent=False, after=10)
    paper.text(
        "{{ body }} tiếp nhận hồ sơ của {{ applicant }} thực hiện thủ tục “{{ procedure }}” lúc {{ received }}; "
        "ngày hẹn trả kết quả là **{{ promised }}**."
    )
    paper.text("Đến nay hồ sơ chưa được giải quyết xong. Lý do:", keep=True)
    paper.each("reasons", "- {{ item }}")
    paper.text(
        "{{ body }} xin lỗi {{ applicant }} vì sự chậm trễ này và hẹn lại ngày trả kết quả: **{{ new_day }}**."
    )
    paper.text(
        "Thông tin chi tiết xin liên hệ: {{ contact }}. Rất mong nhận được sự thông cảm của {{ applicant }}./."
    )
    paper.sign()
    return paper.save()


def _opened(kind: str, about: str) -> Paper:
    title = LETTERS[kind]
    paper = Paper(title.capitalize())
    paper.head()
    paper.title(title, rule=False)
    paper.text(about, align=ALIGN.CENTER, indent=False, after=8)
    return paper


def _applicant(paper: Paper) -> None:
    for line in (
        "Tổ chức, cá nhân nộp hồ sơ: {{ applicant }}",
        "Địa chỉ: {{ address }}",
        "Số điện thoại: {{ telephone }}; thư điện tử: {{ email }}",
        "Thủ tục: {{ procedure }}",
    ):
        paper.text(line, indent=False, align=ALIGN.LEFT)


MODELS: dict[str, Callable[[], bytes]] = {
    "supplement_letter": supplement,
    "refusal_letter": refusal,
    "apology_letter": apology,
}
