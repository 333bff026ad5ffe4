"""Facts of every slip and letter, complete."""

import datetime as dt
from zoneinfo import ZoneInfo

from core.office.facts import Head, Signature
from dossiers import papers as of

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_HEAD = {
    "superior": "UBND XÃ BẢO THẮNG",
    "issuer": "TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG",
    "place": "Bảo Thắng",
}
_DAY = dt.date(2026, 9, 5)
_APPLICANT = "Công ty Cổ phần Đầu tư Hạ tầng Hồng Hà"
_PROCEDURE = "Thành lập, mở rộng cụm công nghiệp"
_CONTACT = "bà Nguyễn Thị Ngọc Ánh, điện thoại 0214 384 0000"
TRACE = [
    "Nhận hồ sơ ngày 03/11/2026",
    "20 ngày làm việc, không tính ngày nhận",
    "Tạm dừng từ 09/11/2026 đến 13/11/2026: yêu cầu bổ sung lần 2",
    "Đến hạn ngày 08/12/2026",
]
URL = "https://ccn.laocai.gov.vn/theo-doi/?code=H38.17-261019-0003"


def at(month: int, day: int, hour: int = 8, minute: int = 0) -> dt.datetime:
    """Return a moment of 2026 in Vietnam."""
    return dt.datetime(2026, month, day, hour, minute, tzinfo=_ZONE)


RECEIPT = of.ReceiptSlip(
    head=Head(symbol="TNHS", day=_DAY, **_HEAD),
    code="H38.17-261019-0003",
    secret="7KQ4-MX2P",
    tracking_url=URL,
    tracking_page="https://ccn.laocai.gov.vn/theo-doi/",
    unit="Bộ phận Tiếp nhận và Trả kết quả xã Bảo Thắng",
    applicant=_APPLICANT,
    address="số 215 đường Hoàng Liên, phường Lào Cai, tỉnh Lào Cai",
    telephone="0214 382 1234",
    email="vanphong@hongha.example",
    procedure=_PROCEDURE,
    content="Đề nghị làm chủ đầu tư xây dựng hạ tầng kỹ thuật Cụm công nghiệp Phú Nghĩa 2 (mở rộng)",
    regime="Nghị định 32/2024/NĐ-CP được sửa đổi bởi Nghị định 303/2026/NĐ-CP",
    papers=[
        of.ReceivedPaper(name="Văn bản đề nghị làm chủ đầu tư (Mẫu 01)", kind="original", copies=1),
        of.ReceivedPaper(
            name="Báo cáo đầu tư mở rộng cụm công nghiệp và bản đồ vị trí, ranh giới",
            size=8_455_120,
            sha256="a3f1" * 16,
        ),
        of.ReceivedPaper(
            name="Báo cáo tài chính hai năm gần nhất", kind="copy", copies=2, size=912_345, sha256="09be" * 16
        ),
    ],
    sets=1,
    limit="37 ngày làm việc",
    received=at(10, 19, 9, 5),
    due=at(12, 8, 17),
    trace=TRACE,
    return_method="Trực tuyến và nhận bản giấy qua dịch vụ bưu chính công ích",
    filer="Đỗ Mạnh Cường",
    receiver="Lò Thị Mẩy",
)
MINIMAL_RECEIPT = of.ReceiptSlip(
    head=Head(),
    code="X",
    secret="Y",
    tracking_url="https://example.org/",
    tracking_page="example.org",
    applicant="",
    procedure="",
    received=at(1, 2),
)
CONTROL = of.ControlSheet(
    head=Head(symbol="KSHS", day=_DAY, **_HEAD),
    code="H38.17-261019-0003",
    tracking_url=URL,
    applicant=_APPLICANT,
    procedure=_PROCEDURE,
    regime="Nghị định 32/2024/NĐ-CP được sửa đổi bởi Nghị định 303/2026/NĐ-CP",
    received=at(10, 19, 9, 5),
    due=dt.date(2026, 12, 8),
    steps=[
        of.ControlledStep(
            name="Thông báo tiếp nhận hồ sơ",
            unit="UBND xã Bảo Thắng",
            person="Vàng Seo Páo",
            received=at(10, 15, 8),
            due=dt.date(2026, 10, 19),
            ended=at(10, 16, 10),
            result="early",
            days=1,
        ),
        of.ControlledStep(
            name="Lập tờ trình",
            unit="UBND xã Bảo Thắng",
            person="Vàng Seo Páo",
            received=at(10, 23, 17),
            due=dt.date(2026, 10, 30),
            ended=at(10, 30, 16, 30),
            result="on_time",
        ),
        of.ControlledStep(
            name="Kiểm tra hồ sơ",
            unit="Sở Công Thương",
            person="Trần Thị Thúy Hằng",
            received=at(10, 31, 8),
            due=dt.date(2026, 11, 4),
            ended=at(11, 6, 9),
            result="late",
            days=-2,
            note="Chờ bản gốc qua bưu chính",
        ),
        of.ControlledStep(
            name="Thẩm định", unit="Sở Công Thương", received=at(11, 6, 9), due=dt.date(2026, 12, 8)
        ),
        of.ControlledStep(name="Quyết định", unit="UBND tỉnh Lào Cai"),
    ],
    trace=TRACE,
    signature=Signature(lines=["NGƯỜI LẬP PHIẾU"], name="Lò Thị Mẩy"),
)
_LETTER = {
    "head": Head(
        superior="UBND TỈNH LÀO CAI", issuer="SỞ CÔNG THƯƠNG", symbol="SCT-QLCN", place="Lào Cai", day=_DAY
    ),
    "body": "Sở Công Thương",
    "code": "H38.17-261019-0003",
    "applicant": _APPLICANT,
    "address": RECEIPT.address,
    "telephone": RECEIPT.telephone,
    "email": RECEIPT.email,
    "procedure": _PROCEDURE,
    "received": at(10, 19, 9, 5),
    "contact": _CONTACT,
    "receivers": ["Như trên", "UBND xã Bảo Thắng", "Lưu: VT, QLCN"],
    "signature": Signature(lines=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], name="Trần Thị Thúy Hằng"),
}
LETTERS: dict[str, of.Letter] = {
    "supplement_letter": of.SupplementLetter(
        **_LETTER,
        round=2,
        points=[
            of.SupplementPoint(
                item="Bản đồ vị trí, ranh giới",
                fault="Chưa ghi kinh tuyến trục của hệ tọa độ VN-2000",
                remedy="Bổ sung tọa độ các điểm góc theo kinh tuyến trục 104°45′",
            ),
            of.SupplementPoint(
                item="Báo cáo tài chính năm 2025",
                fault="Bản sao không có chứng thực",
                remedy="Nộp bản sao chứng thực hoặc bản điện tử có chữ ký số",
            ),
        ],
        due=dt.date(2026, 11, 13),
        clock_note="Thời gian bổ sung, hoàn thiện hồ sơ không tính vào thời hạn thẩm định.",
    ),
    "refusal_letter": of.RefusalLetter(
        **_LETTER,
        reasons=["Hồ sơ nộp sau thời điểm kết thúc tiếp nhận (17 giờ 00 phút, ngày 23 tháng 10 năm 2026)"],
        legal_basis="khoản 1 Điều 10 Nghị định số 32/2024/NĐ-CP",
        returned=["01 bộ hồ sơ giấy"],
        complaint="gửi Giám đốc Sở Công Thương trong thời hạn 90 ngày",
    ),
    "apology_letter": of.ApologyLetter(
        **_LETTER,
        promised=dt.date(2026, 12, 8),
        new_day=dt.date(2026, 12, 15),
        reasons=["Chưa nhận đủ ý kiến của các cơ quan liên quan"],
    ),
}
