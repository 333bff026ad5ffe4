"""Models of the commune's notice, opening record and submission."""

from clusters.drafts.building.phrases import CLUSTER, about_cluster, roman
from core.office.decree30 import ALIGN, Column, Paper


def notice() -> bytes:
    """Build the notice that dossiers are received."""
    paper = Paper("Thông báo tiếp nhận hồ sơ")
    paper.head()
    paper.title(
        "THÔNG BÁO",
        "Về việc tiếp nhận hồ sơ đề nghị làm chủ đầu tư xây dựng",
        f"hạ tầng kỹ thuật khi {CLUSTER}",
    )
    paper.bases()
    paper.text(
        "{{ body }} nhận được văn bản đầu tiên đề nghị làm chủ đầu tư xây dựng hạ tầng kỹ thuật khi "
        + CLUSTER
        + " vào "
        "{{ first_request }}. {{ body }} thông báo việc tiếp nhận hồ sơ như sau:"
    )
    paper.heading("1. Thông tin về cụm công nghiệp")
    about_cluster(paper)
    paper.heading("2. Đối tượng, điều kiện tham gia")
    paper.each("conditions", "- {{ item }}")
    paper.heading("3. Thành phần, số lượng hồ sơ")
    paper.each("documents", "- {{ item }}")
    paper.text("- Số lượng: {{ sets }} bộ{% if e_file %} và hồ sơ điện tử{% endif %}.")
    paper.heading("4. Thời hạn tiếp nhận hồ sơ")
    paper.text(
        "Thời hạn tiếp nhận là {{ window }} kể từ ngày thông báo: từ {{ opens }} đến {{ closes }}. Hồ sơ nộp sau "
        "thời điểm này không được tiếp nhận."
    )
    paper.heading("5. Nơi tiếp nhận và liên hệ")
    paper.text("- Nộp trực tiếp hoặc qua dịch vụ bưu chính: {{ address }}.")
    paper.text("- Nộp trực tuyến: {{ online }}.")
    paper.text("- Liên hệ: {{ contact }}.")
    paper.text("{{ body }} thông báo để các doanh nghiệp, hợp tác xã, tổ chức quan tâm biết và thực hiện./.")
    paper.sign()
    return paper.save()


def submission() -> bytes:
    """Build the submission."""
    paper = Paper("Tờ trình")
    paper.head()
    paper.title("TỜ TRÌNH", f"Về việc đề nghị {CLUSTER}")
    paper.addressee("addressees")
    paper.bases()
    paper.text("{{ body }} kính trình xem xét việc " + CLUSTER + " với các nội dung chủ yếu sau đây:")
    number = roman()
    paper.heading(f"{next(number)}. SỰ CẦN THIẾT")
    paper.each("need")
    paper.heading(f"{next(number)}. THÔNG TIN VỀ CỤM CÔNG NGHIỆP")
    about_cluster(paper)
    paper.control("if lead_note")
    paper.text("- Đơn vị chủ trì: {{ lead_note }}.")
    paper.control("endif")
    paper.text("- Hiện trạng sử dụng đất và sự phù hợp với quy hoạch, kế hoạch sử dụng đất:", keep=True)
    paper.each("land", "{{ item }}")
    paper.heading(f"{next(number)}. QUÁ TRÌNH TIẾP NHẬN HỒ SƠ")
    paper.text(
        "{{ body }} nhận được văn bản đầu tiên đề nghị làm chủ đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp "
        "{{ cluster.name }} vào {{ first_request }} và đã ban hành {{ notice }}, đăng tải tại {{ published_at }}. Việc "
        "tiếp nhận hồ sơ kết thúc lúc {{ closed }}. Các hồ sơ đã tiếp nhận:"
    )
    paper.table(
        "candidates",
        [
            Column("TT", "{{ row.no }}", 12, ALIGN.CENTER),
            Column("Doanh nghiệp, hợp tác xã, tổ chức", "{{ row.name }}", 60),
            Column("Mã số thuế", "{{ row.tax_code }}", 28, ALIGN.CENTER),
            Column("Mã hồ sơ", "{{ row.code }}", 35, ALIGN.CENTER),
            Column("Thời điểm nhận", "{{ row.received }}", 30, ALIGN.CENTER),
        ],
    )
    paper.heading(f"{next(number)}. Ý KIẾN CỦA ỦY BAN NHÂN DÂN")
    paper.each("opinion")
    paper.heading(f"{next(number)}. KIẾN NGHỊ")
    paper.each("proposals", "- {{ item }}")
    paper.control("if enclosed")
    paper.text("Hồ sơ kèm theo gồm:", keep=True)
    paper.each("enclosed", "- {{ item }}")
    paper.control("endif")
    paper.text("{{ body }} kính trình xem xét, quyết định./.")
    paper.sign()
    return paper.save()


def opening_record() -> bytes:
    """Build the record of the opening of the dossiers."""
    paper = Paper("Biên bản mở hồ sơ")
    paper.head()
    paper.title(
        "BIÊN BẢN",
        "Mở hồ sơ đề nghị làm chủ đầu tư xây dựng",
        f"hạ tầng kỹ thuật khi {CLUSTER}",
    )
    paper.text("1. Thời gian mở hồ sơ: {{ opened }}.")
    paper.text("2. Địa điểm: {{ venue }}.")
    paper.text("3. Thành phần tham dự:", keep=True)
    paper.each("present", "- {{ item }}")
    paper.text(
        "4. Căn cứ {{ notice }} của {{ body }}, việc tiếp nhận hồ sơ kết thúc lúc {{ closed }}. Đến thời điểm kết "
        "thúc, đã tiếp nhận các hồ sơ sau:",
        keep=True,
    )
    paper.table(
        "candidates",
        [
            Column("TT", "{{ row.no }}", 12, ALIGN.CENTER),
            Column("Doanh nghiệp, hợp tác xã, tổ chức", "{{ row.name }}", 53),
            Column("Mã hồ sơ", "{{ row.code }}", 35, ALIGN.CENTER),
            Column("Thời điểm nhận", "{{ row.received }}", 28, ALIGN.CENTER),
            Column("Tình trạng niêm phong, ghi chú", "{{ row.note }}", 37),
        ],
    )
    paper.text("5. Số hồ sơ nộp sau thời điểm kết thúc, không tiếp nhận: {{ late }}.")
    paper.control("if remarks")
    paper.text("6. Ý kiến của người tham dự:", keep=True)
    paper.each("remarks")
    paper.control("endif")
    paper.text(
        "Biên bản đã được đọc lại cho những người tham dự cùng nghe, nhất trí thông qua và được lập thành văn bản lưu "
        "hồ sơ theo quy định./."
    )
    paper.sign(("NGƯỜI LẬP BIÊN BẢN", "recorder"), ("NGƯỜI CHỦ TRÌ", "chair"), personal="(Ký, ghi rõ họ tên)")
    return paper.save()
