"""Models of the decision (Model 02 of Circular 14/2024) and of the notice of its result."""

from clusters.drafts.building.phrases import AREA, CLUSTER, article
from core.office.decree30 import ALIGN, Paper

_OPENING = "{% if cluster.added_ha %}Mở rộng{% else %}Thành lập{% endif %} cụm công nghiệp {{ cluster.name }}"


def decision() -> bytes:
    """Build the decision to establish or expand."""
    paper = Paper("Quyết định thành lập, mở rộng cụm công nghiệp")
    paper.head()
    paper.title("QUYẾT ĐỊNH", f"Về việc {CLUSTER}")
    paper.text("{{ authority }}", bold=True, align=ALIGN.CENTER, indent=False, after=8)
    paper.bases()
    paper.text("QUYẾT ĐỊNH:", bold=True, align=ALIGN.CENTER, indent=False, before=6, keep=True)
    _content(paper)
    article(paper, 2, "Ưu đãi, hỗ trợ đầu tư và điều kiện áp dụng", keep=True)
    paper.control("if incentives")
    paper.each("incentives", "- {{ item }}")
    paper.control("else")
    paper.text("Thực hiện theo quy định hiện hành của pháp luật.")
    paper.control("endif")
    article(paper, 3, "Trách nhiệm của chủ đầu tư và các cơ quan liên quan", keep=True)
    paper.text("1. Trách nhiệm của chủ đầu tư xây dựng hạ tầng kỹ thuật:", keep=True)
    paper.each("investor_duties", "- {{ item }}")
    paper.text("2. Trách nhiệm của các cơ quan, đơn vị:", keep=True)
    paper.each("agency_duties", "- {{ item }}")
    article(paper, 4, "Điều khoản thi hành", keep=True)
    paper.text("1. Quyết định này có hiệu lực thi hành {{ effect }}.")
    paper.each("other")
    paper.text(
        "2. {{ executors }}, {{ investor }} và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định "
        "này./."
    )
    paper.sign()
    return paper.save()


def _content(paper: Paper) -> None:
    """Write Article 1 with the content of Article 12.1; the items of Decree 303/2026 come last, so numbers hold."""
    article(paper, 1, f"{_OPENING} với các nội dung chủ yếu sau:", keep=True)
    paper.text("1. Tên gọi: Cụm công nghiệp {{ cluster.name }}.")
    paper.text(f"2. Diện tích: {AREA}.")
    paper.text("3. Địa điểm: {{ cluster.place }}.")
    paper.text("4. Ngành nghề hoạt động chủ yếu: {{ cluster.lines }}.")
    paper.text(
        "5. Chủ đầu tư xây dựng hạ tầng kỹ thuật: {{ investor }}{% if investor_paper %} ({{ investor_paper }})"
        "{% endif %}."
    )
    paper.text("6. Quy mô đầu tư xây dựng hạ tầng kỹ thuật:", keep=True)
    paper.each("scale", "- {{ item }}")
    paper.text("7. Tổng mức vốn đầu tư (dự kiến): {{ total_capital }} (Bằng chữ: {{ total_capital_words }}).")
    paper.text("8. Cơ cấu nguồn vốn:", keep=True)
    paper.each("capital", "- {{ item }}")
    paper.text("9. Tiến độ thực hiện:", keep=True)
    paper.each("progress", "- {{ item }}")
    paper.control("if has_types")
    paper.text("10. Loại hình cụm công nghiệp và đối tượng thu hút: {{ cluster.kind }}; {{ target_firms }}.")
    paper.text(
        "11. Diện tích đất công nghiệp tối thiểu dành cho doanh nghiệp công nghệ cao thuộc khu vực kinh tế tư nhân: "
        "{{ high_tech_ha }} ha; doanh nghiệp nhỏ và vừa: {{ small_firms_ha }} ha; doanh nghiệp khởi nghiệp sáng tạo: "
        "{{ start_ups_ha }} ha."
    )
    paper.control("endif")
    paper.control("if deviation")
    paper.text("Điều chỉnh so với quy hoạch được duyệt: {{ deviation }}")
    paper.control("endif")


def result_notice() -> bytes:
    """Build the notice of the result to one candidate."""
    paper = Paper("Thông báo kết quả lựa chọn chủ đầu tư")
    paper.head()
    paper.title(
        "THÔNG BÁO",
        "Kết quả lựa chọn chủ đầu tư xây dựng hạ tầng kỹ thuật",
        f"khi {CLUSTER}",
    )
    paper.addressee("addressees")
    paper.bases()
    paper.text(
        "{{ body }} thông báo kết quả đối với hồ sơ mã số {{ code }} của {{ candidate }} đề nghị làm chủ đầu tư "
        "xây dựng hạ tầng kỹ thuật cụm công nghiệp {{ cluster.name }} ({{ cluster.place }}) như sau:"
    )
    paper.text("1. Kết quả đánh giá: {{ points }} điểm trên tổng số {{ maximum }} điểm, xếp hạng {{ rank }}.")
    paper.control("if is_chosen")
    paper.text(
        "2. {{ candidate }} **được giao** làm chủ đầu tư theo Quyết định số {{ decision }} {{ decided }}."
    )
    paper.control("else")
    paper.text(
        "2. {{ candidate }} **không được lựa chọn** làm chủ đầu tư.{% if chosen %} Chủ đầu tư được lựa chọn: "
        "{{ chosen }}, theo Quyết định số {{ decision }} {{ decided }}.{% endif %}"
    )
    paper.control("endif")
    paper.control("if reasons")
    paper.text("3. Lý do:", keep=True)
    paper.each("reasons", "- {{ item }}")
    paper.control("endif")
    paper.control("if next_steps")
    paper.text("Các việc cần thực hiện tiếp theo:", keep=True)
    paper.each("next_steps", "- {{ item }}")
    paper.control("endif")
    paper.control("if complaint")
    paper.text("Quyền khiếu nại: {{ complaint }}")
    paper.control("endif")
    paper.text("Thông tin chi tiết xin liên hệ: {{ contact }}.")
    paper.text("{{ body }} thông báo để {{ candidate }} biết và thực hiện./.")
    paper.sign()
    return paper.save()
