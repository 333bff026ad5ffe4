"""Facts of every draft, complete, as a commune and a department of Lào Cai would have them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from clusters.drafts import facts as of
from core.office.facts import Head, Signature

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_DEPARTMENT = "Sở Công Thương tỉnh Lào Cai"
_COMMUNE = "Ủy ban nhân dân xã Bảo Thắng"
_INVESTOR = "Công ty Cổ phần Đầu tư Hạ tầng Hồng Hà"
_RIVAL = "Hợp tác xã Công nghiệp Tằng Loỏng"
_CONTACT = "bà Nguyễn Thị Ngọc Ánh, điện thoại 0214 384 0000, thư điện tử anhntn@laocai.gov.vn"


def at(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> dt.datetime:
    """Return a moment in Vietnam."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=_ZONE)


def head(symbol: str, issuer: str = "SỞ CÔNG THƯƠNG", superior: str = "UBND TỈNH LÀO CAI") -> Head:
    """Return a head with the day left for the clerk."""
    return Head(superior=superior, issuer=issuer, symbol=symbol, place="Lào Cai", day=dt.date(2026, 11, 5))


CHAIR = Signature(
    lines=["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    name="Hoàng Quốc Khánh",
)
DIRECTOR = Signature(lines=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], name="Trần Thị Thúy Hằng")
BASES = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    "Căn cứ Nghị định số 32/2024/NĐ-CP ngày 15 tháng 3 năm 2024 của Chính phủ về quản lý, phát triển cụm công nghiệp; "
    "được sửa đổi, bổ sung bởi Nghị định số 303/2026/NĐ-CP ngày 01 tháng 8 năm 2026",
    "Căn cứ Thông tư số 14/2024/TT-BCT ngày 15 tháng 8 năm 2024 của Bộ trưởng Bộ Công Thương",
]
CLUSTER = of.ClusterFacts(
    name="Cụm công nghiệp Phú Nghĩa 2",
    place="thôn Phú Nghĩa, xã Bảo Thắng, tỉnh Lào Cai",
    area_ha=Decimal("74.5"),
    before_ha=Decimal("49.25"),
    added_ha=Decimal("25.25"),
    lines="chế biến nông, lâm sản; cơ khí; công nghiệp hỗ trợ; sản xuất vật liệu xây dựng",
    kind="cụm công nghiệp hỗ trợ",
    plan="Danh mục cụm công nghiệp ban hành kèm theo Quyết định số 316/QĐ-TTg ngày 20 tháng 3 năm 2023",
)
SIDES = {
    "act": "mở rộng",
    "cluster": CLUSTER,
    "bases": BASES,
}
CANDIDATES = [
    of.Candidate(
        name=_INVESTOR,
        tax_code="5300123456",
        code="H38.17-261019-0003",
        received=at(2026, 10, 19, 9, 5),
        note="hồ sơ giấy và hồ sơ điện tử",
    ),
    of.Candidate(
        name=_RIVAL, tax_code="5300654321", code="H38.17-261023-0001", received=at(2026, 10, 23, 16, 58)
    ),
]
MEMBERS = [
    of.CouncilMember(
        name="Hoàng Quốc Khánh",
        position="Phó Chủ tịch Ủy ban nhân dân tỉnh",
        role="Chủ tịch Hội đồng",
        present="Có mặt",
        statement="Không có",
    ),
    of.CouncilMember(
        name="Trần Thị Thúy Hằng",
        position="Phó Giám đốc Sở Công Thương",
        role="Phó Chủ tịch Hội đồng",
        present="Có mặt",
        statement="Không có",
    ),
    of.CouncilMember(
        name="Lý A Sử",
        position="Phó Giám đốc Sở Tài chính",
        role="Phó Chủ tịch Hội đồng",
        present="Vắng (đi công tác)",
        statement="Không có",
    ),
]
CRITERIA = [
    of.Criterion(
        name="Phương án đầu tư hạ tầng kỹ thuật",
        maximum=Decimal(15),
        points=Decimal("13.5"),
        parts=[
            of.SubCriterion(name="Quy mô, giải pháp hạ tầng", maximum=Decimal(8), points=Decimal("7.5")),
            of.SubCriterion(
                name="Tiến độ thực hiện",
                maximum=Decimal(7),
                points=Decimal(6),
                note="Cần rút ngắn giai đoạn 2",
            ),
        ],
    ),
    of.Criterion(
        name="Phương án quản lý, bảo vệ môi trường",
        maximum=Decimal(15),
        points=Decimal(12),
        parts=[of.SubCriterion(name="Xử lý nước thải", maximum=Decimal(15), points=Decimal(12))],
    ),
    of.Criterion(
        name="Năng lực, kinh nghiệm của chủ đầu tư",
        maximum=Decimal(30),
        points=Decimal("25.5"),
        parts=[of.SubCriterion(name="Dự án tương tự", maximum=Decimal(30), points=Decimal("25.5"))],
    ),
    of.Criterion(
        name="Phương án tài chính",
        maximum=Decimal(40),
        points=Decimal(33),
        parts=[of.SubCriterion(name="Vốn chủ sở hữu", maximum=Decimal(40), points=Decimal(33))],
    ),
]
SCORES = [
    of.CandidateScore(
        name=name,
        code=code,
        total=total,
        rank=rank,
        criteria=[
            of.CriterionScore(name=criterion.name, maximum=criterion.maximum, average=average)
            for criterion, average in zip(CRITERIA, averages, strict=True)
        ],
        members=[of.MemberScore(name=member.name, total=total) for member in MEMBERS[:2]],
    )
    for name, code, total, rank, averages in (
        (
            _INVESTOR,
            "H38.17-261019-0003",
            Decimal("84.75"),
            1,
            [Decimal("13.25"), Decimal(12), Decimal("26.5"), Decimal(33)],
        ),
        (
            _RIVAL,
            "H38.17-261023-0001",
            Decimal("61.5"),
            2,
            [Decimal(10), Decimal("9.5"), Decimal(18), Decimal(24)],
        ),
    )
]

FULL = {
    "notice": of.CommuneNotice(
        head=head("TB-UBND", "ỦY BAN NHÂN DÂN\nXÃ BẢO THẮNG", ""),
        body=_COMMUNE,
        first_request=dt.date(2026, 10, 15),
        conditions=[
            "Doanh nghiệp, hợp tác xã, tổ chức được thành lập, hoạt động theo quy định của pháp luật Việt Nam",
            "Có tư cách pháp lý, năng lực, kinh nghiệm để đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp",
        ],
        documents=[
            "Văn bản đề nghị làm chủ đầu tư (Mẫu số 01, Phụ lục II Thông tư số 14/2024/TT-BCT)",
            "Báo cáo đầu tư mở rộng cụm công nghiệp, kèm bản đồ vị trí, ranh giới",
            "Bản sao hợp lệ tài liệu chứng minh năng lực tài chính",
        ],
        sets=1,
        e_file=True,
        window="05 ngày làm việc",
        opens=dt.date(2026, 10, 19),
        closes=at(2026, 10, 23, 17),
        address="Trung tâm Phục vụ hành chính công xã Bảo Thắng, số 1 đường 19/5",
        online="https://ccn.laocai.gov.vn",
        contact=_CONTACT,
        receivers=["Sở Công Thương", "Cổng thông tin điện tử xã", "Lưu: VT, KT"],
        signature=Signature(lines=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], name="Vàng Seo Páo"),
        **SIDES,
    ),
    "submission": of.CommuneSubmission(
        head=head("TTr-UBND", "ỦY BAN NHÂN DÂN\nXÃ BẢO THẮNG", ""),
        body=_COMMUNE,
        addressees=["Ủy ban nhân dân tỉnh Lào Cai", _DEPARTMENT],
        lead_note="Ủy ban nhân dân xã Bảo Thắng (cụm công nghiệp nằm trên địa bàn 02 xã)",
        first_request=dt.date(2026, 10, 15),
        notice="Thông báo số 45/TB-UBND ngày 16 tháng 10 năm 2026",
        published_at="Cổng thông tin điện tử xã và Cổng cụm công nghiệp tỉnh",
        closed=at(2026, 10, 23, 17),
        candidates=CANDIDATES,
        need=[
            "Tỷ lệ lấp đầy của cụm công nghiệp hiện có đạt 92,4 %; 11 cơ sở có nhu cầu thuê thêm 18,6 ha.",
            "Việc mở rộng tạo quỹ đất di dời các cơ sở gây ô nhiễm trong khu dân cư.",
        ],
        land=[
            "25,25 ha đất, trong đó 21,3 ha đất trồng cây hằng năm; phù hợp kế hoạch sử dụng đất năm 2026."
        ],
        opinion=["Các hồ sơ đầy đủ thành phần, hợp lệ; thống nhất đề nghị mở rộng."],
        proposals=[
            "Sở Công Thương chủ trì thẩm định, trình Ủy ban nhân dân tỉnh",
            "Ủy ban nhân dân tỉnh quyết định mở rộng, giao chủ đầu tư",
        ],
        enclosed=["02 bộ hồ sơ của các nhà đầu tư", "Thông báo số 45/TB-UBND"],
        receivers=["Như trên", "TT. Đảng ủy, HĐND xã (để báo cáo)", "Lưu: VT, KT"],
        signature=Signature(lines=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], name="Vàng Seo Páo"),
        **SIDES,
    ),
    "opinion_letter": of.OpinionRequest(
        head=head("SCT-QLCN"),
        body="Sở Công Thương",
        addressees=["Sở Nông nghiệp và Môi trường", "Sở Xây dựng", "Sở Tài chính", "Công an tỉnh"],
        submission="Tờ trình số 88/TTr-UBND ngày 30 tháng 10 năm 2026 của Ủy ban nhân dân xã Bảo Thắng",
        candidates=[_INVESTOR, _RIVAL],
        questions=[
            "Sự phù hợp với quy hoạch, kế hoạch sử dụng đất",
            "Điều kiện chuyển mục đích sử dụng đất, cho thuê đất",
            "Tính khả thi của phương án bảo vệ môi trường, phòng cháy, chữa cháy",
        ],
        due=dt.date(2026, 11, 19),
        limit="10 ngày làm việc",
        silence_basis="Quyết định số 16/2026/QĐ-UBND của Ủy ban nhân dân tỉnh",
        contact=_CONTACT,
        enclosed=["Báo cáo đầu tư và bản đồ vị trí, ranh giới"],
        receivers=["Như trên", "Giám đốc Sở (để báo cáo)", "Lưu: VT, QLCN"],
        signature=DIRECTOR,
        **SIDES,
    ),
    "opening_minutes": of.OpeningRecord(
        head=head("BB-UBND", "ỦY BAN NHÂN DÂN\nXÃ BẢO THẮNG", ""),
        body=_COMMUNE,
        act="mở rộng",
        cluster=CLUSTER,
        notice="Thông báo số 45/TB-UBND ngày 16 tháng 10 năm 2026",
        closed=at(2026, 10, 23, 17),
        opened=at(2026, 10, 26, 8, 30),
        venue="Phòng họp Ủy ban nhân dân xã Bảo Thắng",
        present=["Ông Vàng Seo Páo, Chủ tịch Ủy ban nhân dân xã", "Đại diện 02 nhà đầu tư"],
        candidates=[CANDIDATES[0], replace(CANDIDATES[1], note="niêm phong còn nguyên vẹn")],
        late=1,
        remarks=["Các nhà đầu tư không có ý kiến khác."],
        recorder="Lò Thị Mẩy",
        chair="Vàng Seo Páo",
    ),
    "council_invitation": of.CouncilInvitation(
        head=head("GM-UBND", "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI", ""),
        body="Ủy ban nhân dân tỉnh Lào Cai",
        addressees=["Bà Trần Thị Thúy Hằng, Phó Chủ tịch Hội đồng", "Ông Lý A Sử, Phó Chủ tịch Hội đồng"],
        council="Quyết định số 3801/QĐ-UBND ngày 06 tháng 11 năm 2026",
        chair="ông Hoàng Quốc Khánh",
        begins=at(2026, 11, 16),
        venue="Phòng họp số 2, trụ sở Ủy ban nhân dân tỉnh",
        agenda=["Công bố tiêu chí thành phần", "Chấm điểm các hồ sơ"],
        enclosed=["Hồ sơ của 02 nhà đầu tư"],
        contact=_CONTACT,
        receivers=["Như trên", "Lưu: VT, CN"],
        signature=CHAIR,
        **SIDES,
    ),
    "council_decision": of.CouncilDecision(
        head=head("QĐ-UBND", "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI", ""),
        body="Ủy ban nhân dân tỉnh Lào Cai",
        authority="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
        members=MEMBERS,
        secretary=of.CouncilMember(
            name="Phạm Văn Đức", position="Trưởng phòng Quản lý công nghiệp, Sở Công Thương"
        ),
        criteria=CRITERIA,
        total=Decimal(100),
        pass_mark=Decimal(50),
        duties=["Ban hành tiêu chí thành phần", "Chấm điểm từng hồ sơ", "Lập biên bản gửi Sở Công Thương"],
        executors="Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Công Thương",
        receivers=["Như Điều 4", "TT. UBND tỉnh (để báo cáo)", "Lưu: VT, CN"],
        signature=CHAIR,
        **SIDES,
    ),
    "score_sheet": of.ScoreSheet(
        head=head("", "HỘI ĐỒNG ĐÁNH GIÁ\nLỰA CHỌN CHỦ ĐẦU TƯ", "UBND TỈNH LÀO CAI"),
        act="mở rộng",
        cluster=CLUSTER,
        member=MEMBERS[1],
        candidate=CANDIDATES[0],
        criteria=CRITERIA,
        maximum=Decimal(100),
        total=Decimal(84),
        remarks=["Phương án tài chính rõ ràng, cần bổ sung cam kết tín dụng cho giai đoạn 2."],
        lines=["THÀNH VIÊN HỘI ĐỒNG"],
    ),
    "minutes": of.MinutesOfCouncil(
        head=head("BB-HĐ", "HỘI ĐỒNG ĐÁNH GIÁ\nLỰA CHỌN CHỦ ĐẦU TƯ", "UBND TỈNH LÀO CAI"),
        act="mở rộng",
        cluster=CLUSTER,
        council="Quyết định số 3801/QĐ-UBND ngày 06 tháng 11 năm 2026",
        began=at(2026, 11, 16, 8),
        ended=at(2026, 11, 16, 11, 15),
        venue="Phòng họp số 2, trụ sở Ủy ban nhân dân tỉnh",
        members=MEMBERS,
        guests=["Đại diện Ủy ban nhân dân xã Bảo Thắng"],
        candidates=CANDIDATES,
        opinions=["Bà Trần Thị Thúy Hằng: đề nghị làm rõ khả năng huy động vốn vay."],
        scores=SCORES,
        maximum=Decimal(100),
        pass_mark=Decimal(50),
        earlier=["Lần 1: họp ngày 12 tháng 11 năm 2026; mở lại, lý do: nhà đầu tư được chọn đã rút hồ sơ."],
        tie="không có.",
        conclusion=[f"Hội đồng thống nhất đề nghị giao {_INVESTOR} làm chủ đầu tư."],
        chair="Hoàng Quốc Khánh",
        secretary="Phạm Văn Đức",
        receivers=["Sở Công Thương", "Lưu: HĐ"],
    ),
    "appraisal_report": of.AppraisalReport(
        head=head("BC-SCT"),
        body="Sở Công Thương",
        addressees=["Ủy ban nhân dân tỉnh Lào Cai"],
        submission="Tờ trình số 88/TTr-UBND ngày 30 tháng 10 năm 2026 của Ủy ban nhân dân xã Bảo Thắng",
        received=dt.date(2026, 11, 3),
        regime="Nghị định số 32/2024/NĐ-CP được sửa đổi bởi Nghị định số 303/2026/NĐ-CP (nhận sau ngày 15/9/2026)",
        due=dt.date(2026, 12, 8),
        trace=[
            "Nhận ngày 03/11/2026",
            "20 ngày làm việc",
            "Tạm dừng từ 09/11 đến 13/11/2026 (bổ sung lần 1)",
        ],
        papers=[
            of.DossierPaper(name="Văn bản đề nghị làm chủ đầu tư", copies=1, finding="Hợp lệ"),
            of.DossierPaper(name="Báo cáo đầu tư mở rộng", copies=1, finding="Đủ các nội dung theo quy định"),
        ],
        supplements=[
            of.Supplement(
                asked=dt.date(2026, 11, 9),
                answered=dt.date(2026, 11, 13),
                content="bổ sung bản đồ ranh giới hệ tọa độ VN-2000",
            )
        ],
        opinions=[
            of.GivenOpinion(
                agency="Sở Xây dựng",
                paper="số 1204/SXD-QH ngày 12/11/2026",
                content="Thống nhất; lưu ý đấu nối giao thông với đường tỉnh 161",
                handling="Đã đưa vào phương án hạ tầng",
            ),
            of.GivenOpinion(
                agency="Công an tỉnh", paper="", content="Không có văn bản trả lời", handling="Ghi nhận"
            ),
        ],
        legality=["Hồ sơ đầy đủ, hợp lệ."],
        basis_fit=["Phù hợp quy hoạch tỉnh và kế hoạch sử dụng đất."],
        conditions=["Nhu cầu thuê đất 18,6 ha, vượt quỹ đất công nghiệp còn lại 3,1 ha."],
        content=["Diện tích sau mở rộng 74,5 ha; hạ tầng đồng bộ."],
        investor=["Chủ đầu tư có vốn chủ sở hữu 85 tỷ đồng, đạt 20 %."],
        management=["Chi phí vận hành do chủ đầu tư thu theo quy chế."],
        effects=["Thu hút 25 dự án, tạo việc làm cho khoảng 3.200 lao động."],
        incentives=["Theo quy định hiện hành."],
        rules=[
            of.CheckedRule(
                code="V15",
                sentence="Diện tích sau mở rộng không vượt quá mức tối đa",
                basis="điểm a khoản 2 Điều 8 Nghị định 32/2024",
                required="≤ 75 ha",
                measured="74,5 ha",
                outcome="Đạt",
            ),
            of.CheckedRule(
                code="V16",
                sentence="Tỷ lệ lấp đầy hoặc nhu cầu thuê đất",
                basis="điểm c khoản 2 Điều 8 Nghị định 32/2024",
                required="≥ 50 %",
                measured="92,4 %",
                outcome="Đạt",
                note="Tính theo tỷ lệ lấp đầy pháp lý",
            ),
        ],
        pass_mark=Decimal(50),
        scores=SCORES,
        minutes="Biên bản số 01/BB-HĐ ngày 16 tháng 11 năm 2026",
        conclusion=["Hồ sơ đủ điều kiện trình Ủy ban nhân dân tỉnh quyết định."],
        proposals=["Mở rộng Cụm công nghiệp Phú Nghĩa 2", f"Giao {_INVESTOR} làm chủ đầu tư"],
        receivers=["Như trên", "UBND xã Bảo Thắng", "Lưu: VT, QLCN"],
        signature=DIRECTOR,
        **SIDES,
    ),
    "decision": of.EstablishmentDecision(
        head=head("QĐ-UBND", "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI", ""),
        body="Ủy ban nhân dân tỉnh Lào Cai",
        authority="ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
        investor=_INVESTOR,
        investor_paper="Giấy chứng nhận đăng ký doanh nghiệp số 5300123456 do Sở Tài chính tỉnh Lào Cai cấp",
        scale=["Đường giao thông nội bộ 3,2 km", "Trạm xử lý nước thải tập trung 1.500 m³/ngày đêm"],
        total_capital=Decimal("425750000000"),
        capital=["Vốn chủ sở hữu: 85,15 tỷ đồng (20 %)", "Vốn vay: 340,6 tỷ đồng (80 %)"],
        progress=["Chuẩn bị đầu tư: quý I/2027", "Xây dựng: quý II/2027 - quý IV/2028"],
        has_types=True,
        target_firms="doanh nghiệp sản xuất linh kiện, phụ tùng và chế biến sâu khoáng sản",
        high_tech_ha=Decimal("2.5"),
        small_firms_ha=Decimal("5.25"),
        start_ups_ha=Decimal("1"),
        deviation="diện tích tăng 2,3 ha so với Danh mục, phù hợp quy hoạch sử dụng đất.",
        incentives=["Miễn, giảm tiền thuê đất theo quy định của pháp luật về đất đai"],
        investor_duties=["Lập quy hoạch chi tiết, dự án đầu tư xây dựng hạ tầng kỹ thuật", "Báo cáo định kỳ"],
        agency_duties=["Sở Công Thương theo dõi, kiểm tra", "UBND xã Bảo Thắng phối hợp giải phóng mặt bằng"],
        effect="kể từ ngày ký",
        other=["Quyết định này thay thế Quyết định số 1210/QĐ-UBND ngày 04 tháng 5 năm 2018."],
        executors="Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Công Thương, Chủ tịch UBND xã Bảo Thắng",
        receivers=["Bộ Công Thương (để báo cáo)", "TT. Tỉnh ủy, HĐND tỉnh", "Như Điều 4", "Lưu: VT, CN"],
        signature=CHAIR,
        **{
            **SIDES,
            "bases": [
                *BASES,
                "Theo đề nghị của Giám đốc Sở Công Thương tại Báo cáo số 512/BC-SCT ngày 27 tháng 11 năm 2026",
            ],
        },
    ),
    "result_notice": of.ResultNotice(
        head=head("TB-SCT"),
        body="Sở Công Thương",
        addressees=[_RIVAL],
        candidate=_RIVAL,
        code="H38.17-261023-0001",
        is_chosen=False,
        points=Decimal("61.5"),
        maximum=Decimal(100),
        rank=2,
        chosen=_INVESTOR,
        decision="4012/QĐ-UBND",
        decided=dt.date(2026, 12, 4),
        reasons=["Tổng điểm thấp hơn nhà đầu tư xếp thứ nhất 23,25 điểm"],
        next_steps=["Nhận lại hồ sơ gốc tại Trung tâm Phục vụ hành chính công trước ngày 31/12/2026"],
        complaint="gửi Ủy ban nhân dân tỉnh trong thời hạn 90 ngày kể từ ngày nhận được thông báo.",
        contact=_CONTACT,
        receivers=["Như trên", "Lưu: VT, QLCN"],
        signature=DIRECTOR,
        **SIDES,
    ),
    "request": of.InvestorRequest(
        committee="tỉnh Lào Cai",
        place="Lào Cai",
        day=dt.date(2026, 10, 15),
        act="mở rộng",
        cluster=CLUSTER,
        name=_INVESTOR,
        head_office="số 215 đường Hoàng Liên, phường Lào Cai, tỉnh Lào Cai",
        telephone="0214 382 1234",
        fax="0214 382 1235",
        email="vanphong@hongha.example",
        legal_paper="Giấy chứng nhận đăng ký doanh nghiệp số 5300123456, ngày 12/3/2015, Sở Tài chính tỉnh Lào Cai",
        business_lines="Xây dựng công trình kỹ thuật; kinh doanh bất động sản công nghiệp",
        representative="Đỗ Mạnh Cường",
        representative_title="Tổng Giám đốc",
        about_investor="đang vận hành Cụm công nghiệp Bắc Duyên Hải",
        project="Đầu tư xây dựng hạ tầng kỹ thuật Cụm công nghiệp Phú Nghĩa 2 (mở rộng)",
        project_address="thôn Phú Nghĩa, xã Bảo Thắng, tỉnh Lào Cai",
        total_capital=Decimal("425750000000"),
        schedule="từ quý I/2027 đến quý IV/2028",
        about_project="phân kỳ 02 giai đoạn",
        enclosed=["Báo cáo đầu tư và bản đồ vị trí, ranh giới", "Tài liệu chứng minh năng lực tài chính"],
        receivers=["Như trên", "Sở Công Thương", "UBND xã Bảo Thắng", "Lưu: VT"],
        signature=Signature(lines=["NGƯỜI ĐẠI DIỆN THEO PHÁP LUẬT"], name="Đỗ Mạnh Cường"),
    ),
}
