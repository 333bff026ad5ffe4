"""An officer brings last year's workbook: names a column, corrects two cells, saves, and takes it all back."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, expect

from accounts.roles import Role
from clusters.models import SecondaryProject
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


def test_an_officer_imports_a_messy_workbook_and_undoes_it(transactional_db, new_page, axe, tmp_path: Path):
    officer = person(Role.DEPARTMENT_OFFICER)
    cluster = ClusterFactory(name="Bình Minh")
    known = SecondaryProjectFactory(
        cluster=cluster, name="Nhà máy giấy", land_ha=Decimal("2.25"), workers=120, as_of=dt.date(2026, 6, 30)
    )
    # The cluster stands in a column, as most officers have it.
    lines = MESSY.splitlines()
    lines[2] = f"{lines[2]},Cụm công nghiệp"
    lines[3:7] = [f"{line},CCN Bình Minh" for line in lines[3:7]]
    file = tmp_path / "du-an-2026.csv"
    file.write_text("\n".join(lines), encoding="utf-8")

    page = new_page(user=officer, expect={422})
    page.goto("/registry/imports/")
    axe(page)
    page.set_input_files("input[name=file]", file)
    page.get_by_role("button", name="Đọc tệp").click()
    _name_the_columns(page, axe)
    _correct_two_cells(page, axe)
    _save(page)
    known.refresh_from_db()
    assert (SecondaryProject.objects.count(), known.workers) == (4, 180)
    _undo(page, axe)
    known.refresh_from_db()
    assert (SecondaryProject.objects.count(), known.workers) == (1, 120)


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


def _undo(page: Page, axe) -> None:
    page.get_by_role("link", name="Hoàn tác toàn bộ lần nhập").click()
    expect(page.get_by_text("Gỡ bỏ 3 bản ghi đã thêm.")).to_be_visible()
    axe(page)
    page.get_by_label("Lý do").fill("Nhầm tệp")
    page.get_by_role("button", name="Hoàn tác lần nhập").click()
    expect(page.locator("h1")).to_contain_text("du-an-2026.csv")
    expect(page.get_by_text("đã hoàn tác", exact=False).first).to_be_visible()
