"""An officer's year with workbooks, from a messy file to an export that comes back without a change.

A column is named, two cells are corrected, everything is saved; some projects are changed together; the import is taken
back but for those; one goes back to its first version; a boundary in the wrong zone is told; the list makes the round.
"""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.roles import Role
from clusters.choices import ProjectStage
from clusters.models import Cluster, SecondaryProject
from places.models import Commune
from places.vn2000 import from_wgs84
from tests.browser.conftest import overflow
from tests.factories.accounts import person
from tests.factories.clusters import ClusterFactory, SecondaryProjectFactory

# Titles above, a two-line header, a heading of a group, a total and a remark below; one column with a name of its own.
MESSY = """BÁO CÁO TÌNH HÌNH DỰ ÁN THỨ CẤP,,,,,
Tính đến 30/9/2026,,,,,
STT,Tên dự án,Chủ đầu tư,Diện tích đất (ha),Tình trạng,Người làm
1,Nhà máy ván ép,Công ty Gỗ Một,"3,5 ha",đang hoạt động,250
2,Nhà máy giấy,,"2,25",Đang hoạt động,180
3,Nhà máy gạch,Công ty Gạch,nhiều,đang xây dựng,45
4,Nhà máy may,Công ty May,"1,5",đang làm gì đó,600
,Tổng cộng,,"7,25",,1075
Ghi chú: số liệu do Ban quản lý cung cấp,,,,,
"""


def test_an_officer_imports_edits_undoes_restores_and_exports(
    transactional_db, new_page, axe, tmp_path: Path
):
    officer = person(Role.DEPARTMENT_OFFICER)
    commune = Commune.objects.in_force().get(code="04543")
    cluster = ClusterFactory(name="Bình Minh", commune=commune, area_ha=Decimal("39.2"))
    known = SecondaryProjectFactory(
        cluster=cluster, name="Nhà máy giấy", land_ha=Decimal("2.25"), workers=120, as_of=dt.date(2026, 6, 30)
    )
    page = new_page(user=officer, expect={422})

    page.goto(reverse("registry:import_list"))
    axe(page)
    page.set_input_files("input[name=file]", _messy_file(tmp_path))
    page.get_by_role("button", name="Đọc tệp").click()
    _name_the_columns(page, axe)
    _correct_two_cells(page, axe)
    _save(page)
    saved = page.url
    known.refresh_from_db()
    assert (SecondaryProject.objects.count(), known.workers) == (4, 180)

    _suspend_two_together(page, axe)
    assert _names_of(stage=ProjectStage.SUSPENDED) == {"Nhà máy giấy", "Nhà máy ván ép"}

    page.goto(saved)
    _undo(page, axe)
    known.refresh_from_db()
    assert _names_of() == {"Nhà máy giấy", "Nhà máy ván ép"}
    assert (known.workers, known.stage) == (180, ProjectStage.SUSPENDED)

    _restore_the_first_version(page, axe, known)
    known.refresh_from_db()
    assert (known.workers, known.stage) == (120, ProjectStage.OPERATING)

    _bring_a_boundary_in_the_wrong_zone(page, axe, cluster, tmp_path)
    file = _export_the_projects(page, tmp_path)
    _import_it_again_without_a_change(page, axe, file)
    assert SecondaryProject.objects.count() == 2


def _names_of(**facts: object) -> set[str]:
    return set(SecondaryProject.objects.filter(**facts).values_list("name", flat=True))


def _messy_file(folder: Path) -> Path:
    # The cluster stands in a column, as most officers have it.
    lines = MESSY.splitlines()
    lines[2] = f"{lines[2]},Cụm công nghiệp"
    lines[3:7] = [f"{line},CCN Bình Minh" for line in lines[3:7]]
    file = folder / "du-an-2026.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def _name_the_columns(page: Page, axe) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("dự án thứ cấp")
    axe(page)
    # “Người làm” is no title the portal knows.
    page.locator("#id_column_workers").select_option(label="F: Người làm")
    page.locator("#id_default_as_of").fill("30/09/2026")
    page.get_by_role("button", name="Kiểm tra từng dòng").click()


def _correct_two_cells(page: Page, axe) -> None:
    rows = page.locator(".import-rows tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(1)).to_contain_text("120")
    expect(rows.nth(1)).to_contain_text("180")
    axe(page)
    assert overflow(page) <= 0
    page.get_by_label("Ô D6").fill("4")
    page.get_by_label("Ô E7").fill("đã thuê đất")
    page.get_by_role("button", name="Nhận nội dung sửa và kiểm tra lại").click()
    expect(page.get_by_role("button", name="Lưu 4 dòng")).to_be_visible()


def _save(page: Page) -> None:
    page.get_by_label("Lý do").fill("Nhập báo cáo quý III năm 2026")
    page.get_by_role("button", name="Lưu 4 dòng").click()
    expect(page.get_by_text("Nhập báo cáo quý III năm 2026")).to_be_visible()


def _suspend_two_together(page: Page, axe) -> None:
    page.goto(reverse("registry:project_list"))
    for name in ("Nhà máy giấy", "Nhà máy ván ép"):
        page.get_by_role("checkbox", name=f"Chọn {name}").check()
    page.get_by_role("button", name="Sửa các dòng này…").click()
    page.get_by_label("Giai đoạn").select_option(label="tạm dừng")
    page.get_by_label("Tính đến ngày").fill("31/10/2026")
    page.locator("#id_source_title").fill("Báo cáo số 99/BC-SCT")
    page.get_by_label("Lý do thay đổi").fill("Hai nhà máy tạm dừng theo báo cáo tháng 10")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    changes = page.locator(".bulk-differences")
    expect(changes).to_have_count(2)
    for at in range(2):
        expect(changes.nth(at).locator("del").first).to_have_text("đang hoạt động")
        expect(changes.nth(at).locator("ins").first).to_have_text("tạm dừng")
    axe(page)
    page.get_by_role("button", name="Sửa 2 dòng").click()
    expect(page.get_by_text("Đã sửa 2 dòng.")).to_be_visible()


def _undo(page: Page, axe) -> None:
    page.get_by_role("link", name="Hoàn tác toàn bộ lần nhập").click()
    expect(page.get_by_text("Gỡ bỏ 2 bản ghi đã thêm.")).to_be_visible()
    expect(page.get_by_text("Giữ nguyên 2 bản ghi đã được sửa")).to_be_visible()
    _expect_both_kept(page)
    axe(page)
    page.get_by_label("Lý do").fill("Nhầm tệp")
    page.get_by_role("button", name="Hoàn tác lần nhập").click()
    expect(page.locator("h1")).to_contain_text("du-an-2026.csv")
    expect(page.get_by_text("đã hoàn tác", exact=False).first).to_be_visible()
    expect(page.get_by_role("heading", name="Giữ nguyên vì đã được sửa sau khi nhập")).to_be_visible()
    _expect_both_kept(page)


def _expect_both_kept(page: Page) -> None:
    kept = page.locator(".import-kept li")
    expect(kept).to_contain_text(["Nhà máy ván ép", "Nhà máy giấy"])


def _restore_the_first_version(page: Page, axe, project: SecondaryProject) -> None:
    page.goto(reverse("registry:versions", args=["secondaryproject", project.pk]))
    page.get_by_role("link", name="Khôi phục").last.click()
    preview = page.get_by_role("table", name="Nội dung sẽ thay đổi")
    expect(preview.get_by_role("row").filter(has_text="180")).to_contain_text("120")
    expect(preview.get_by_role("row").filter(has_text="tạm dừng")).to_contain_text("đang hoạt động")
    axe(page)
    page.get_by_label("Lý do").fill("Nhà máy giấy không tạm dừng")
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.get_by_role("cell", name="Nhà máy giấy không tạm dừng").first).to_be_visible()


def _bring_a_boundary_in_the_wrong_zone(page: Page, axe, cluster: Cluster, folder: Path) -> None:
    # Points of the province's own commune, written down in the zone of 105°00' instead of 104°45'.
    sample = Path(settings.BASE_DIR) / "tests" / "data" / "messy_laocai_wrong_meridian.json"
    points = json.loads(sample.read_text("utf-8"))["Hợp Minh"]["latlng"]
    projected = [from_wgs84(longitude, latitude, 105.0) for latitude, longitude in points]
    rows = [f"{at},{north:.3f},{east:.3f}" for at, (north, east) in enumerate(projected, start=1)]
    file = folder / "ranh-gioi.csv"
    file.write_text("\n".join(["Điểm,X,Y", *rows]), encoding="utf-8")

    page.goto(reverse("registry:boundary", args=[cluster.code]))
    page.set_input_files("input[name=file]", file)
    page.locator("#id_meridian").select_option("105")
    page.locator("form[enctype] button[type=submit]").click()
    told = page.locator(".boundary-findings .notice-warning").first
    expect(told).to_contain_text("104°45'")
    expect(told).to_contain_text("105°00'")
    expect(told).to_contain_text("Phú Thọ")
    axe(page)
    cluster.refresh_from_db()
    assert cluster.boundary is None


def _export_the_projects(page: Page, folder: Path) -> Path:
    page.goto(reverse("registry:project_list"))
    page.locator("summary", has_text="Xuất dữ liệu").click()
    page.get_by_role("radio", name="tất cả", exact=True).check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel (.xlsx)").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def _import_it_again_without_a_change(page: Page, axe, file: Path) -> None:
    page.goto(reverse("registry:import_list"))
    page.set_input_files("input[name=file]", file)
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_role("button", name="Kiểm tra từng dòng").click()
    # The row of tabs names every outcome that occurs: nothing new, changed, wrong or left out.
    tabs = page.get_by_role("list", name="Hiển thị các dòng").get_by_role("link")
    expect(tabs).to_have_text(["Tất cả các dòng (2)", "Không đổi (2)"])
    expect(page.get_by_text("Không có gì để lưu")).to_be_visible()
    axe(page)
