"""Models of the council's decision, invitation, score sheet and minutes."""

from clusters.drafts.building.phrases import CLUSTER, COUNCIL, article, roman, score_columns, score_lines
from core.office.decree30 import ALIGN, Column, Paper


def council_decision() -> bytes:
    """Build the decision that sets up the council."""
    paper = Paper("Quyết định thành lập Hội đồng")
    paper.head()
    paper.title(
        "QUYẾT ĐỊNH",
        "Về việc thành lập Hội đồng đánh giá lựa chọn chủ đầu tư xây dựng",
        "hạ tầng kỹ thuật cụm công nghiệp {{ cluster.name }}",
    )
    paper.text("{{ authority }}", bold=True, align=ALIGN.CENTER, indent=False, after=8)
    paper.bases()
    paper.text("QUYẾT ĐỊNH:", bold=True, align=ALIGN.CENTER, indent=False, before=6, keep=True)
    article(
        paper,
        1,
        f"Thành lập {COUNCIL} khi {CLUSTER} (sau đây gọi tắt là Hội đồng), gồm các ông, bà có tên sau đây:",
    )
    paper.table(
        "members",
        [
            Column("TT", "{{ row.no }}", 12, ALIGN.CENTER),
            Column("Họ và tên", "{{ row.name }}", 48),
            Column("Chức vụ, đơn vị công tác", "{{ row.position }}", 65),
            Column("Nhiệm vụ trong Hội đồng", "{{ row.role }}", 40),
        ],
    )
    paper.text(
        "Thư ký Hội đồng (không phải là thành viên Hội đồng): {{ secretary.name }}, {{ secretary.position }}."
    )
    article(paper, 2, "Nhiệm vụ và nguyên tắc làm việc của Hội đồng", keep=True)
    paper.each("duties", "- {{ item }}")
    paper.text(
        "Hội đồng quy định tiêu chí thành phần và điểm tối đa của từng tiêu chí thành phần theo các tiêu chí sau, "
        "tổng cộng {{ total }} điểm; nhà đầu tư được giao làm chủ đầu tư phải đạt từ {{ pass_mark }} điểm trở lên và "
        "có số điểm cao nhất:",
        keep=True,
    )
    paper.table(
        "criteria",
        [
            Column("TT", "{{ row.no }}", 12, ALIGN.CENTER),
            Column("Tiêu chí", "{{ row.name }}", 123),
            Column("Điểm tối đa", "{{ row.maximum }}", 30, ALIGN.CENTER),
        ],
    )
    paper.text(
        "Thành viên có quyền, lợi ích liên quan đến nhà đầu tư tham gia phải báo cáo Chủ tịch Hội đồng và không tham "
        "gia chấm điểm. Hội đồng tự giải thể sau khi hoàn thành nhiệm vụ."
    )
    article(paper, 3, "Quyết định này có hiệu lực thi hành kể từ ngày ký.")
    article(
        paper,
        4,
        "{{ executors }} và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    )
    paper.sign()
    return paper.save()


def invitation() -> bytes:
    """Build the invitation to a meeting of the council."""
    paper = Paper("Giấy mời họp Hội đồng")
    paper.head()
    paper.title(
        "GIẤY MỜI",
        "Họp Hội đồng đánh giá lựa chọn chủ đầu tư xây dựng",
        f"hạ tầng kỹ thuật khi {CLUSTER}",
    )
    paper.addressee("addressees")
    paper.text("Thực hiện {{ council }}, {{ body }} trân trọng kính mời dự họp Hội đồng.")
    paper.text("1. Thời gian: {{ begins }}.")
    paper.text("2. Địa điểm: {{ venue }}.")
    paper.text("3. Chủ trì: {{ chair }}, Chủ tịch Hội đồng.")
    paper.text("4. Nội dung:", keep=True)
    paper.each("agenda", "- {{ item }}")
    paper.control("if enclosed")
    paper.text("5. Tài liệu gửi kèm:", keep=True)
    paper.each("enclosed", "- {{ item }}")
    paper.control("endif")
    paper.text(
        "Đề nghị các thành viên Hội đồng dự họp đúng thành phần, thời gian; trường hợp vắng mặt xin báo trước cho "
        "{{ contact }}./."
    )
    paper.sign()
    return paper.save()


def score_sheet() -> bytes:
    """Build the score sheet of one member for one candidate."""
    paper = Paper("Phiếu chấm điểm", body=13)
    paper.head(numbered=False)
    paper.title(
        "PHIẾU CHẤM ĐIỂM",
        "Lựa chọn chủ đầu tư xây dựng hạ tầng kỹ thuật",
        f"khi {CLUSTER}",
    )
    paper.text("1. Thành viên Hội đồng: **{{ member.name }}**", indent=False)
    paper.text("Chức vụ, đơn vị công tác: {{ member.position }}", indent=False, left=5)
    paper.text("Nhiệm vụ trong Hội đồng: {{ member.role }}", indent=False, left=5)
    paper.text("2. Nhà đầu tư: **{{ candidate.name }}** (mã hồ sơ: {{ candidate.code }})", indent=False)
    paper.text("3. Bản khai xung đột lợi ích: {{ member.statement }}", indent=False)
    paper.text("4. Kết quả chấm điểm:", indent=False, keep=True)
    columns = [
        Column("TT", "", 12, ALIGN.CENTER),
        Column("Tiêu chí, tiêu chí thành phần", "", 83),
        Column("Điểm tối đa", "", 20, ALIGN.CENTER),
        Column("Điểm chấm", "", 20, ALIGN.CENTER),
        Column("Ghi chú", "", 30),
    ]
    paper.grid(
        columns,
        [
            "for row in criteria",
            ("**{{ row.no }}**", "**{{ row.name }}**", "**{{ row.maximum }}**", "**{{ row.points }}**", ""),
            "for part in row.parts",
            (
                "{{ row.no }}.{{ part.no }}",
                "{{ part.name }}",
                "{{ part.maximum }}",
                "{{ part.points }}",
                "{% if part.note %}{{ part.note }}{% endif %}",
            ),
            "endfor",
            "endfor",
            ("", "**Tổng cộng**", "**{{ maximum }}**", "**{{ total }}**", ""),
        ],
    )
    paper.control("if remarks")
    paper.text("5. Nhận xét:", indent=False, keep=True)
    paper.each("remarks")
    paper.control("endif")
    paper.text("{{ head.place }}, {{ head.day }}", italic=True, align=ALIGN.RIGHT, indent=False)
    paper.sign(("lines", "member.name"), receivers="", personal="(Ký, ghi rõ họ tên)")
    return paper.save()


def minutes() -> bytes:
    """Build the minutes of the scoring meeting."""
    paper = Paper("Biên bản họp Hội đồng")
    paper.head()
    paper.title(
        "BIÊN BẢN",
        "Họp Hội đồng đánh giá lựa chọn chủ đầu tư xây dựng",
        f"hạ tầng kỹ thuật khi {CLUSTER}",
    )
    number = roman()
    paper.heading(f"{next(number)}. THỜI GIAN, ĐỊA ĐIỂM")
    paper.text("Bắt đầu: {{ began }}.")
    paper.text("Địa điểm: {{ venue }}.")
    paper.heading(f"{next(number)}. THÀNH PHẦN")
    paper.text("Hội đồng được thành lập theo {{ council }}. Chủ tọa: {{ chair }}. Thư ký: {{ secretary }}.")
    paper.table(
        "members",
        [
            Column("TT", "{{ row.no }}", 11, ALIGN.CENTER),
            Column("Họ và tên, chức vụ", "{{ row.name }}, {{ row.position }}", 62),
            Column("Nhiệm vụ", "{{ row.role }}", 30),
            Column("Có mặt", "{{ row.present }}", 24, ALIGN.CENTER),
            Column("Xung đột lợi ích", "{{ row.statement }}", 38),
        ],
    )
    paper.control("if guests")
    paper.text("Khách mời:", keep=True)
    paper.each("guests", "- {{ item }}")
    paper.control("endif")
    paper.heading(f"{next(number)}. NỘI DUNG")
    paper.text("1. Các hồ sơ được đánh giá:", keep=True)
    paper.each("candidates", "- {{ item.name }} (mã hồ sơ {{ item.code }}, nhận lúc {{ item.received }});")
    paper.text("2. Ý kiến tại cuộc họp:", keep=True)
    paper.each("opinions")
    paper.text(
        "3. Kết quả chấm điểm (điểm trung bình của các thành viên; tổng điểm tối đa {{ maximum }}, mức đạt từ "
        "{{ pass_mark }} điểm):",
        keep=True,
    )
    paper.grid(score_columns(), score_lines("{{ maximum }}"))
    paper.text("4. Tổng điểm của từng thành viên:", keep=True)
    paper.grid(
        [
            Column("TT", "", 12, ALIGN.CENTER),
            Column("Nhà đầu tư, thành viên Hội đồng", "", 113),
            Column("Tổng điểm", "", 40, ALIGN.CENTER),
        ],
        [
            "for row in scores",
            ("**{{ row.no }}**", "**{{ row.name }}**", "**{{ row.total }}**"),
            "for person in row.members",
            ("{{ row.no }}.{{ person.no }}", "{{ person.name }}", "{{ person.total }}"),
            "endfor",
            "endfor",
        ],
    )
    paper.control("if earlier")
    paper.text("Kết quả chấm điểm các lần trước (Sở Công Thương đã mở lại việc chấm điểm):", keep=True)
    paper.each("earlier", "- {{ item }}")
    paper.control("endif")
    paper.control("if tie")
    paper.text("5. Trường hợp bằng điểm: {{ tie }}")
    paper.control("endif")
    paper.heading(f"{next(number)}. KẾT LUẬN")
    paper.each("conclusion")
    paper.text(
        "Cuộc họp kết thúc lúc {{ ended }}. Biên bản đã được đọc lại cho các thành viên dự họp cùng nghe, nhất trí "
        "thông qua và được lập thành văn bản lưu hồ sơ theo quy định./."
    )
    paper.sign(("THƯ KÝ", "secretary"), ("CHỦ TỊCH HỘI ĐỒNG", "chair"), personal="(Ký, ghi rõ họ tên)")
    return paper.save()
