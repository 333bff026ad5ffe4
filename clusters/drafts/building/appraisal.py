"""Models of the department's opinion request and appraisal report."""

from clusters.drafts.building.phrases import CLUSTER, about_cluster, roman, score_columns, score_lines
from core.office.decree30 import ALIGN, Column, Paper

# Article 11 of Decree 32/2024, point by point: heading and the list it is filled from.
_ARTICLE_11 = (
    ("a) Căn cứ pháp lý, sự phù hợp với quy hoạch", "basis_fit"),
    ("b) Điều kiện, nhu cầu sử dụng đất, điều kiện cho thuê đất, chuyển mục đích sử dụng đất", "conditions"),
    (
        "c) Tên gọi, diện tích, địa điểm, mục tiêu, ngành nghề hoạt động, phương án đầu tư hạ tầng kỹ thuật",
        "content",
    ),
    (
        "d) Tư cách pháp lý, năng lực, kinh nghiệm của chủ đầu tư; tổng mức vốn, cơ cấu, khả năng huy động vốn; tính "
        "khả thi về bảo vệ môi trường, phòng cháy, chữa cháy, nhà ở cho người lao động",
        "investor",
    ),
    ("đ) Chi phí vận hành, mô hình quản lý", "management"),
    ("e) Khả năng thu hút, di dời; hiệu quả kinh tế - xã hội, môi trường", "effects"),
    ("g) Ưu đãi, hỗ trợ đầu tư", "incentives"),
)


def opinion_request() -> bytes:
    """Build the letter that asks for opinions."""
    paper = Paper("Công văn lấy ý kiến")
    paper.head(about=f"V/v lấy ý kiến về hồ sơ {CLUSTER}")
    paper.addressee("addressees")
    paper.text(
        "{{ body }} đang thẩm định hồ sơ "
        + CLUSTER
        + " theo {{ submission }}. Thông tin chủ yếu về cụm công nghiệp:"
    )
    about_cluster(paper)
    paper.text("- Nhà đầu tư đề nghị làm chủ đầu tư xây dựng hạ tầng kỹ thuật:", keep=True)
    paper.each("candidates", "+ {{ item }}")
    paper.text("{{ body }} đề nghị quý cơ quan, theo chức năng, nhiệm vụ, có ý kiến về các nội dung sau:")
    paper.each("questions", "- {{ item }}")
    paper.text(
        "Ý kiến bằng văn bản xin gửi về {{ body }} trong thời hạn {{ limit }}, chậm nhất **{{ due }}**, để tổng hợp."
        "{% if silence_basis %} Quá thời hạn nêu trên mà không có văn bản trả lời thì được coi là đồng ý "
        "({{ silence_basis }}).{% endif %}"
    )
    paper.control("if enclosed")
    paper.text("Tài liệu gửi kèm:", keep=True)
    paper.each("enclosed", "- {{ item }}")
    paper.control("endif")
    paper.text(
        "Thông tin trao đổi xin liên hệ: {{ contact }}. Rất mong nhận được sự phối hợp của quý cơ quan./."
    )
    paper.sign()
    return paper.save()


def report() -> bytes:
    """Build the appraisal report."""
    paper = Paper("Báo cáo thẩm định")
    paper.head()
    paper.title("BÁO CÁO", "Kết quả thẩm định hồ sơ", CLUSTER)
    paper.addressee("addressees")
    paper.bases()
    paper.text("{{ body }} báo cáo kết quả thẩm định như sau:")
    number = roman()
    paper.heading(f"{next(number)}. HỒ SƠ VÀ QUÁ TRÌNH THẨM ĐỊNH")
    paper.text("1. Hồ sơ trình thẩm định: {{ submission }}; nhận đủ hồ sơ {{ received }}.")
    paper.text("2. Pháp luật áp dụng: {{ regime }}.")
    paper.text("3. Thời hạn thẩm định: đến hết {{ due }}. Cách tính:", keep=True)
    paper.each("trace", "- {{ item }}")
    paper.text("4. Thành phần hồ sơ:", keep=True)
    paper.table(
        "papers",
        [
            Column("TT", "{{ row.no }}", 12, ALIGN.CENTER),
            Column("Tên tài liệu", "{{ row.name }}", 73),
            Column("Số bản", "{{ row.copies }}", 20, ALIGN.CENTER),
            Column("Kết quả kiểm tra", "{{ row.finding }}", 60),
        ],
    )
    paper.control("if supplements")
    paper.text("5. Yêu cầu bổ sung, hoàn thiện hồ sơ:", keep=True)
    paper.control("endif")
    paper.each(
        "supplements",
        "- Lần {{ item.no }}: yêu cầu ngày {{ item.asked }}, nhận lại ngày {{ item.answered }}. Nội dung: "
        "{{ item.content }}",
    )
    paper.heading(f"{next(number)}. Ý KIẾN CỦA CÁC CƠ QUAN, ĐƠN VỊ")
    paper.table(
        "opinions",
        [
            Column("TT", "{{ row.no }}", 12, ALIGN.CENTER),
            Column("Cơ quan", "{{ row.agency }}", 35),
            Column("Văn bản", "{{ row.paper }}", 33),
            Column("Nội dung ý kiến", "{{ row.content }}", 45),
            Column("Tiếp thu, giải trình", "{{ row.handling }}", 40),
        ],
    )
    paper.heading(f"{next(number)}. NỘI DUNG THẨM ĐỊNH")
    paper.text("**Tính hợp lệ của hồ sơ**", keep=True)
    paper.each("legality")
    for heading, name in _ARTICLE_11:
        paper.text(f"**{heading}**", keep=True)
        paper.each(name)
    paper.text("Thông tin chủ yếu về cụm công nghiệp sau thẩm định:", keep=True)
    about_cluster(paper)
    paper.heading(f"{next(number)}. KIỂM TRA CÁC ĐIỀU KIỆN")
    paper.grid(
        [
            Column("Mã", "", 13, ALIGN.CENTER),
            Column("Điều kiện và căn cứ", "", 56),
            Column("Yêu cầu", "", 28, ALIGN.CENTER),
            Column("Kết quả tính", "", 30, ALIGN.CENTER),
            Column("Đánh giá", "", 38),
        ],
        [
            "for row in rules",
            (
                "{{ row.code }}",
                "{{ row.sentence }} __({{ row.basis }})__",
                "{{ row.required }}",
                "{{ row.measured }}",
                "**{{ row.outcome }}**{% if row.note %}. {{ row.note }}{% endif %}",
            ),
            "endfor",
        ],
        size=11,
    )
    paper.heading(f"{next(number)}. KẾT QUẢ LỰA CHỌN CHỦ ĐẦU TƯ")
    paper.text("Theo {{ minutes }}; mức đạt từ {{ pass_mark }} điểm:", keep=True)
    paper.grid(score_columns(), score_lines())
    paper.heading(f"{next(number)}. KẾT LUẬN VÀ KIẾN NGHỊ")
    paper.each("conclusion")
    paper.text("{{ body }} kiến nghị:", keep=True)
    paper.each("proposals", "- {{ item }}")
    paper.text("{{ body }} báo cáo, kính trình xem xét, quyết định./.")
    paper.sign()
    return paper.save()
