"""Model 01 of Circular 14/2024: the request to become infrastructure investor."""

from clusters.drafts.building.phrases import CLUSTER
from core.office.decree30 import ALIGN, Paper


def request() -> bytes:
    """Build the request."""
    paper = Paper("Văn bản đề nghị làm chủ đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp")
    paper.state_head()
    paper.text("{{ place }}, {{ day }}", italic=True, align=ALIGN.RIGHT, indent=False, before=8)
    paper.title(
        "VĂN BẢN ĐỀ NGHỊ",
        "Làm chủ đầu tư xây dựng hạ tầng kỹ thuật",
        "cụm công nghiệp {{ cluster.name }}",
    )
    paper.text(
        "Kính gửi: Ủy ban nhân dân {{ committee }}", align=ALIGN.CENTER, indent=False, before=6, after=10
    )
    paper.text(
        "{{ name }} đề nghị được làm chủ đầu tư xây dựng hạ tầng kỹ thuật khi "
        f"{CLUSTER} với các nội dung sau:"
    )
    paper.heading("I. THÔNG TIN VỀ ĐƠN VỊ ĐỀ NGHỊ")
    for line in (
        "1. Tên đơn vị: {{ name }}",
        "2. Địa chỉ trụ sở chính: {{ head_office }}",
        "3. Điện thoại: {{ telephone }}; Fax: {{ fax }}; E-mail: {{ email }}",
        "4. Giấy tờ pháp lý (số, ngày cấp, cơ quan cấp): {{ legal_paper }}. Ngành nghề kinh doanh chính: "
        "{{ business_lines }}",
        "5. Người đại diện theo pháp luật: {{ representative }}; chức vụ: {{ representative_title }}",
        "6. Thông tin khác: {{ about_investor }}",
    ):
        # An address of mail does not break: justified, the words before it would be torn apart.
        paper.text(line, align=ALIGN.LEFT)
    paper.heading("II. THÔNG TIN VỀ DỰ ÁN")
    for line in (
        "1. Tên dự án: {{ project }}",
        "2. Địa chỉ: {{ project_address }}",
        "3. Tổng mức đầu tư dự kiến: {{ total_capital }} (Bằng chữ: {{ total_capital_words }})",
        "4. Tiến độ thực hiện: {{ schedule }}",
        "5. Thông tin khác: {{ about_project }}",
    ):
        paper.text(line)
    paper.heading("III. CAM KẾT")
    paper.text("{{ name }} cam kết:", keep=True)
    paper.text("1. Không vi phạm các quy định của pháp luật.")
    paper.text("2. Chịu trách nhiệm trước pháp luật về tính trung thực, chính xác của nội dung hồ sơ.")
    paper.text("3. Chịu mọi chi phí, rủi ro nếu không được chấp thuận.")
    paper.heading("IV. TÀI LIỆU KÈM THEO")
    paper.each("enclosed", "- {{ item }}")
    paper.text("{{ name }} kính đề nghị Ủy ban nhân dân {{ committee }} xem xét, quyết định./.")
    paper.sign(personal="(Ký, ghi rõ họ tên, chức vụ và đóng dấu)")
    return paper.save()
