"""What may not come in is told with one sentence, and nothing is left behind."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.roles import Role
from clusters.importing.correcting import correct_import
from clusters.importing.preview import alone
from clusters.importing.running import MOST_INTERRUPTIONS, begin_check, begin_commit, resume
from clusters.importing.specs import SPECS
from clusters.importing.starting import start_import
from clusters.models import ImportBatch, SecondaryProject
from clusters.tasks import resume_imports, work_on_import
from core.models import StoredFile
from tests.clusters.importing.made import checked, outcomes, problems, saved, sheet, started
from tests.factories.accounts import GIA_LAI, person, province
from tests.factories.clusters import ClusterFactory, SecondaryProjectFactory

pytestmark = pytest.mark.django_db
WORKBOOKS = Path(__file__).resolve().parents[2] / "data" / "workbooks"
HEADER = ["Cụm công nghiệp", "Tên dự án", "Chủ đầu tư"]


@pytest.fixture
def user():
    return person(Role.DEPARTMENT_OFFICER)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("danh-sach.pdf", b"%PDF-1.7", "danh-sach.pdf"),
        ("danh-sach.xlsx", b"Ten,Dien tich\n1,2\n", "danh-sach.xlsx"),
        ("danh-sach.xlsx", b"PK\x03\x04 no package", "danh-sach.xlsx"),
        ("danh-sach.csv", b"<html><table>", "danh-sach.csv"),
        ("danh-sach.csv", b"", "danh-sach.csv"),
        ("ma-hoa.xlsx", (WORKBOOKS / "encrypted.xlsx").read_bytes(), "ma-hoa.xlsx"),
        ("so.csv", b"1,2\n3,4\n", "so.csv"),
    ],
)
def test_a_file_that_may_not_come_in_is_named_in_one_sentence_and_not_kept(client_of, name, content, words):
    officer = client_of(Role.DEPARTMENT_OFFICER)
    file = SimpleUploadedFile(name, content)
    response = officer.post(reverse("registry:import_list"), {"file": file, "kind": ""})
    assert response.status_code == 422
    (sentence,) = response.context["form"].errors["file"]
    assert words in sentence
    assert not ImportBatch.objects.exists() and not StoredFile.objects.exists()


def test_missing_columns_are_named(client_of):
    officer = client_of(Role.DEPARTMENT_OFFICER)
    batch = started(sheet(["Tên dự án", "Sản phẩm"], ["Nhà máy", "Giấy"]), "projects", officer.user)
    data = {"op": "check", "sheet": batch.sheet, "header": "1", "column_name": "0",
            "default_as_of": "30/06/2026", "default_source_title": "Báo cáo"}  # fmt: skip
    response = officer.post(reverse("registry:import_columns", args=[batch.key]), data)
    assert response.status_code == 422
    assert "“Cụm công nghiệp”" in response.context["form"].non_field_errors()[0]


def test_rows_of_another_province_are_refused_and_stop_the_whole(user):
    ClusterFactory(name="Bình Minh")
    ClusterFactory(name="Tây Sơn", province=province(GIA_LAI))
    batch = checked(sheet(HEADER, ["Bình Minh", "A", "X"], ["Tây Sơn", "B", "X"]), "projects", user)
    assert outcomes(batch) == [(2, "new"), (3, "wrong")]
    assert "ngoài phạm vi" in problems(batch)[-1][2]
    with pytest.raises(ValidationError, match="1"):
        begin_commit(batch=batch, reason="Nhập", user=user)
    assert not SecondaryProject.objects.exists()


def test_an_unpublished_cluster_of_another_province_is_not_told_of(user):
    ClusterFactory(name="Bí mật", province=province(GIA_LAI), is_published=False)
    batch = checked(sheet(HEADER, ["Bí mật", "A", "X"]), "projects", user)
    assert outcomes(batch) == [(2, "wrong")]
    assert "Gia Lai" not in problems(batch)[0][2]


def test_the_same_record_twice_in_a_file_names_the_first_row(user):
    ClusterFactory(name="Bình Minh")
    batch = checked(
        sheet(HEADER, ["Bình Minh", "Nhà máy", "X"], ["CCN BÌNH MINH", "nhà máy", "X"]), "projects", user
    )
    assert outcomes(batch) == [(2, "new"), (3, "wrong")]
    assert "dòng 2" in problems(batch)[-1][2]


def test_the_same_cluster_twice_in_a_file_names_the_first_row(user):
    file = sheet(["Tên cụm công nghiệp", "Diện tích"], ["CCN Âu Lâu", 50], ["Cụm công nghiệp Âu Lâu", 60])
    batch = checked(file, "clusters", user)
    assert outcomes(batch) == [(2, "new"), (3, "wrong")]


def test_the_second_officer_with_the_same_file_is_told_who_has_it(user):
    ClusterFactory(name="Bình Minh")
    file = sheet(HEADER, ["Bình Minh", "Nhà máy", "X"])
    start_import(upload=file, kind="projects", user=user)
    with pytest.raises(ValidationError, match=user.full_name):
        start_import(upload=file, kind="projects", user=person(Role.DEPARTMENT_OFFICER))
    assert ImportBatch.objects.count() == 1


def test_a_change_after_the_preview_brings_the_preview_back_instead_of_overwriting(user):
    cluster = ClusterFactory(name="Bình Minh")
    known = SecondaryProjectFactory(cluster=cluster, name="Nhà máy", workers=10)
    file = sheet(
        [*HEADER, "Số lao động", "Tính đến ngày"], ["Bình Minh", "Nhà máy", None, 20, dt.date(2026, 10, 1)]
    )
    batch = checked(file, "projects", user)
    SecondaryProject.objects.filter(pk=known.pk).update(workers=15)
    batch = begin_commit(batch=batch, reason="Nhập", user=user)
    assert batch.state == "checked" and batch.fault
    known.refresh_from_db()
    assert known.workers == 15
    row = batch.rows.get()
    assert (row.before["workers"], row.attrs["workers"]) == (15, 20)


def test_an_older_state_does_not_replace_a_newer_one(user):
    cluster = ClusterFactory(name="Bình Minh")
    SecondaryProjectFactory(cluster=cluster, name="Nhà máy", workers=10, as_of=dt.date(2026, 6, 30))
    file = sheet(
        [*HEADER, "Số lao động", "Tính đến ngày"], ["Bình Minh", "Nhà máy", None, 20, dt.date(2025, 1, 1)]
    )
    assert outcomes(checked(file, "projects", user)) == [(2, "wrong")]


def test_more_land_than_the_industrial_land_is_refused_in_the_row_that_exceeds_it(user):
    ClusterFactory(name="Bình Minh", industrial_land_ha=Decimal(10))
    rows = [["Bình Minh", f"Nhà máy {n}", "X", 4, "đang hoạt động"] for n in range(3)]
    batch = checked(sheet([*HEADER, "Diện tích đất", "Tình trạng"], *rows), "projects", user)
    assert [outcome for _row, outcome in outcomes(batch)] == ["new", "new", "wrong"]


def test_an_import_without_a_reason_or_already_saved_is_refused(user):
    ClusterFactory(name="Bình Minh")
    batch = checked(sheet(HEADER, ["Bình Minh", "Nhà máy", "X"]), "projects", user)
    with pytest.raises(ValidationError):
        begin_commit(batch=batch, reason=" ", user=user)
    begin_commit(batch=batch, reason="Nhập", user=user)
    with pytest.raises(ValidationError):
        begin_commit(batch=batch, reason="Nhập", user=user)
    assert begin_check(batch=batch).state == "committed"
    assert SecondaryProject.objects.count() == 1


def test_a_commune_officer_cannot_import_clusters_or_decisions():
    from clusters.importing.specs import specs_for

    kinds = {spec.kind.value for spec in specs_for(person(Role.COMMUNE_OFFICER))}
    assert kinds == {"infrastructure", "plots", "projects", "observations", "inspections"}


def test_a_saved_import_of_every_plain_kind_leaves_its_records(user):
    cluster = ClusterFactory(name="Bình Minh")
    files = {
        "plots": sheet(
            ["Cụm công nghiệp", "Lô đất", "Diện tích", "Tình trạng"], ["Bình Minh", "CN-01", 1, "còn trống"]
        ),
        "observations": sheet(["CCN", "Tỷ lệ lấp đầy", "Số lao động"], ["Bình Minh", "75%", 1200]),
        "inspections": sheet(
            ["CCN", "Ngày kiểm tra", "Cơ quan kiểm tra", "Nội dung kiểm tra"],
            ["Bình Minh", dt.date(2026, 3, 2), "Sở Công Thương", "Môi trường"],
        ),
        "infrastructure": sheet(["CCN", "Tổng mức đầu tư"], ["Bình Minh", "485 tỷ"]),
        "investors": sheet(["Tên doanh nghiệp", "Mã số thuế"], ["Công ty Một Hai", "0100109106"]),
        "decisions": sheet(
            ["CCN", "Loại quyết định", "Số quyết định", "Ngành nghề"],
            ["Bình Minh", "điều chỉnh", "77/QĐ-UBND ngày 2/3/2026", "Cơ khí"],
        ),
    }
    for kind, file in files.items():
        batch = saved(file, kind, user)
        assert batch.state == "committed", (kind, batch.fault, problems(batch))
    cluster.refresh_from_db()
    assert cluster.main_lines == "Cơ khí"
    assert cluster.plots.count() == 1 and cluster.inspections.count() == 1
    assert {one.indicator: one.value for one in cluster.observations.order_by("pk")} == {
        "stated_occupancy": 75,
        "workers": 1200,
    }


def test_a_like_name_of_the_same_investor_is_asked_and_the_answer_is_taken(user):
    cluster = ClusterFactory(name="Bình Minh")
    known = SecondaryProjectFactory(cluster=cluster, name="Nhà máy sản xuất giấy Kraft")
    investor = known.investor.name
    rows = [
        ["Bình Minh", "Nhà máy sản xuất giấy Krap", investor],
        ["Bình Minh", "Nhà máy số 7", investor],
    ]
    SecondaryProjectFactory(cluster=cluster, name="Nhà máy số 8", investor=known.investor)
    batch = checked(sheet(HEADER, *rows), "projects", user)
    assert outcomes(batch) == [(2, "asked"), (3, "new")]
    row = batch.rows.get(number=2)
    assert [key for key, _label in row.candidates] == [str(known.pk), "new"]
    batch = begin_check(batch=correct_import(batch=batch, cells={}, choices={"2.0": str(known.pk)}))
    assert outcomes(batch) == [(2, "changed"), (3, "new")]
    with pytest.raises(ValidationError):
        correct_import(batch=batch, cells={}, choices={"2.0": "999999"})


def test_a_large_import_goes_through_the_queue_and_is_taken_up_again(user, monkeypatch):
    ClusterFactory(name="Bình Minh")
    queued = []
    monkeypatch.setattr(
        "clusters.importing.running._queue", lambda batch, expires=None: queued.append(batch.pk)
    )
    monkeypatch.setattr("clusters.importing.running.INLINE_ROWS", 1)
    file = sheet(HEADER, ["Bình Minh", "Nhà máy A", "X"], ["Bình Minh", "Nhà máy B", "X"])
    batch = checked(file, "projects", user)
    assert batch.state == "checking" and queued == [batch.pk]
    # The worker that had it died: a look at the progress gives it to the queue again, and not every time.
    ImportBatch.objects.filter(pk=batch.pk).update(updated_at=timezone.now() - dt.timedelta(minutes=5))
    resume(ImportBatch.objects.get(pk=batch.pk))
    resume(ImportBatch.objects.get(pk=batch.pk))
    assert queued == [batch.pk, batch.pk]
    work_on_import(batch.pk)
    work_on_import(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "checked" and batch.counts["new"] == 2
    begin_commit(batch=batch, reason="Nhập", user=user)
    work_on_import(batch.pk)
    work_on_import(batch.pk)
    assert SecondaryProject.objects.count() == 2


def test_an_import_that_a_living_worker_holds_is_left_to_it_however_long_it_is_silent(user, monkeypatch):
    queued = []
    monkeypatch.setattr(
        "clusters.importing.running._queue", lambda batch, expires=None: queued.append(batch.pk)
    )
    monkeypatch.setattr("clusters.importing.running.INLINE_ROWS", 0)
    ClusterFactory(name="Bình Minh")
    batch = checked(sheet(HEADER, ["Bình Minh", "Nhà máy A", "X"]), "projects", user)
    older = timezone.now() - dt.timedelta(hours=3)
    ImportBatch.objects.filter(pk=batch.pk).update(updated_at=older)
    with alone(batch) as free:
        assert free and resume_imports() == []
    assert resume_imports() == [batch.pk] and resume_imports() == []
    assert queued == [batch.pk, batch.pk]


def test_an_import_that_always_ends_its_worker_is_given_back_to_the_person(user, monkeypatch):
    monkeypatch.setattr("clusters.importing.running._queue", lambda batch, expires=None: None)
    monkeypatch.setattr("clusters.importing.running.INLINE_ROWS", 0)
    ClusterFactory(name="Bình Minh")
    batch = checked(sheet(HEADER, ["Bình Minh", "Nhà máy A", "X"]), "projects", user)
    older = timezone.now() - dt.timedelta(minutes=5)
    taken_up = []
    for _minute in range(MOST_INTERRUPTIONS + 2):
        ImportBatch.objects.filter(pk=batch.pk).update(updated_at=older)
        taken_up += resume_imports()
    assert taken_up == [batch.pk] * MOST_INTERRUPTIONS
    batch.refresh_from_db()
    assert batch.state == "mapping" and str(MOST_INTERRUPTIONS) in batch.why_it_stopped
    assert begin_check(batch=batch).interruptions == 0


def test_a_template_comes_back_without_guessing(client_of):
    ClusterFactory(name="Bình Minh")
    officer = client_of(Role.DEPARTMENT_OFFICER)
    for kind, spec in SPECS.items():
        response = officer.get(reverse("registry:import_template", args=[kind]))
        book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
        page = book.worksheets[0]
        for column in range(1, page.max_column + 1):
            page.cell(2, column).value = "Bình Minh"
        file = io.BytesIO()
        book.save(file)
        upload = SimpleUploadedFile("mau.xlsx", file.getvalue())
        batch = start_import(upload=upload, kind=kind, user=officer.user)
        assert batch.header_rows == [0]
        required = {field.key for field in spec.all_fields() if field.required}
        assert required <= batch.mapping.keys(), kind


def test_the_marked_workbook_lists_every_problem(client_of):
    officer = client_of(Role.DEPARTMENT_OFFICER)
    batch = checked(sheet(HEADER, ["Không có", "A", "X"], ["Cũng không", "B", "X"]), "projects", officer.user)
    response = officer.get(reverse("registry:import_marked", args=[batch.key]))
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    cells = [row[1].value for row in book.worksheets[0].iter_rows(min_row=2)]
    assert cells == ["A2", "A3"]
