"""From the upload to the undo, through the pages."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from clusters.models import Cluster, Decision, ImportBatch, Investor, SecondaryProject
from core.changes import changes_of
from tests.clusters.importing.made import outcomes, problems, saved, sheet
from tests.factories.accounts import AU_LAU, commune, person
from tests.factories.clusters import ClusterFactory, SecondaryProjectFactory, figures_of

pytestmark = pytest.mark.django_db

PROJECTS = [
    "Cụm công nghiệp",
    "Tên dự án",
    "Chủ đầu tư",
    "Diện tích đất (ha)",
    "Tình trạng",
    "Vốn đăng ký (tỷ đồng)",
    "Số lao động",
]


@pytest.fixture
def officer(client_of):
    return client_of(Role.DEPARTMENT_OFFICER)


def upload(client, file: SimpleUploadedFile, kind: str = "") -> ImportBatch:
    response = client.post(reverse("registry:import_list"), {"file": file, "kind": kind})
    assert response.status_code == 302, response.context["form"].errors
    return ImportBatch.objects.latest("pk")


def columns_of(client, batch: ImportBatch) -> dict[str, str]:
    """Return what the page of the columns would send."""
    form = client.get(reverse("registry:import_columns", args=[batch.key])).context["form"]
    return {bound.html_name: str(bound.value() or "") for bound in form}


def check(client, batch: ImportBatch, **changed: str) -> ImportBatch:
    data = columns_of(client, batch) | changed | {"op": "check"}
    response = client.post(reverse("registry:import_columns", args=[batch.key]), data)
    assert response.status_code == 302, response.context["form"].errors
    return ImportBatch.objects.get(pk=batch.pk)


def page(client, batch: ImportBatch, query: str = ""):
    response = client.get(reverse("registry:import", args=[batch.key]) + query)
    assert response.status_code == 200
    return response


def save(client, batch: ImportBatch) -> ImportBatch:
    data = {"reason": "Nhập số liệu năm 2025"}
    response = client.post(reverse("registry:import_save", args=[batch.key]), data)
    assert response.status_code == 302, response.context["form"].errors
    return ImportBatch.objects.get(pk=batch.pk)


def test_clusters_go_from_the_upload_to_the_undo(officer):
    file = sheet(
        ["STT", "Tên cụm công nghiệp", "Địa điểm", "Diện tích (ha)", "Quyết định thành lập", "Chủ đầu tư"],
        [
            1,
            "CCN Thử Một",
            "Phường Âu Lâu",
            Decimal("45.5"),
            "12/QĐ-UBND ngày 5/3/2024",
            "Công ty Hạ tầng Một",
        ],
        [2, "CCN Thử Hai", "Phường Âu Lâu", "20,5 ha", None, None],
    )
    batch = check(officer, upload(officer, file), default_as_of="30/06/2026")
    assert batch.kind == "clusters" and batch.counts == {"new": 2, "note": 1, "doubt": 1}
    assert "Thử Một" in page(officer, batch).content.decode()
    batch = save(officer, batch)
    assert batch.state == "committed"
    one = Cluster.objects.get(name="CCN Thử Một")
    assert (one.area_ha, one.stage, one.commune) == (Decimal("45.5"), "established", commune(AU_LAU))
    assert one.established_on == dt.date(2024, 3, 5) and one.investor.name == "Công ty Hạ tầng Một"
    (decision,) = Decision.objects.filter(cluster=one)
    assert (decision.kind, decision.number, decision.effective_on) == (
        "opening",
        "12/QĐ-UBND",
        dt.date(2026, 6, 30),
    )
    assert decision.recorded_by == officer.user
    assert Cluster.objects.get(name="CCN Thử Hai").stage == "planned"
    undo = reverse("registry:import_undo", args=[batch.key])
    assert officer.get(undo).context["removed"] == 2
    assert officer.post(undo, {"reason": "Nhầm tệp"}).status_code == 302
    assert not Cluster.objects.filter(name__startswith="CCN Thử ").exists()
    assert ImportBatch.objects.get(pk=batch.pk).state == "undone"
    assert "Nhầm" not in page(officer, batch).content.decode()


def test_a_known_cluster_shows_what_changes_and_gets_its_facts_back(officer):
    cluster = ClusterFactory(name="CCN Cũ", commune=commune(), area_ha=Decimal(60), address="Thôn 1")
    file = sheet(
        ["Tên cụm công nghiệp", "Diện tích (ha)", "Địa chỉ chi tiết", "Tính đến ngày"],
        ["ccn cũ", 65, "Thôn 2", dt.date(2026, 6, 30)],
    )
    batch = check(officer, upload(officer, file, "clusters"))
    (row,) = page(officer, batch).context["rows"]
    shown = {(change.label, change.old, change.new) for change in row.changes}
    assert ("Diện tích (ha)", "60", "65") in shown
    assert row.row.record_id == cluster.pk
    save(officer, batch)
    cluster.refresh_from_db()
    assert (cluster.area_ha, cluster.address) == (Decimal(65), "Thôn 2")
    officer.post(reverse("registry:import_undo", args=[batch.key]), {"reason": "Nhầm"})
    cluster.refresh_from_db()
    assert (cluster.area_ha, cluster.address, cluster.name) == (
        Decimal(60),
        "Thôn 1",
        "ccn cũ".replace("ccn cũ", "CCN Cũ"),
    )
    assert Decision.objects.filter(cluster=cluster, kind="correct").count() == 1


def test_projects_go_from_the_upload_to_the_undo(officer):
    cluster = ClusterFactory(name="Bình Minh", industrial_land_ha=Decimal(45))
    known = SecondaryProjectFactory(cluster=cluster, name="Nhà máy giấy", land_ha=Decimal(2), workers=10)
    file = sheet(
        PROJECTS,
        ["Bình Minh", "Nhà máy may", "Công ty May", "3,5", "đang hoạt động", 120, 250],
        ["CCN Bình Minh", "Nhà máy giấy", None, 2, "Đang hoạt động", None, 15],
        ["Bình Mình", "Nhà máy gạch", "Công ty Gạch", "nhiều", "đang xây dựng", "1.234,5", "12,5"],
    )
    batch = check(officer, upload(officer, file, "projects"), default_as_of="30/09/2026")
    assert outcomes(batch) == [(2, "new"), (3, "changed"), (4, "wrong")]
    assert {(cell, severity) for cell, severity, _message in problems(batch)} >= {
        ("D4", "error"),
        ("G4", "error"),
    }
    assert len([1 for _cell, severity, _message in problems(batch) if severity == "error"]) == 2
    correct = reverse("registry:import_correct", args=[batch.key])
    officer.post(
        correct, {"cell_D4": "1,5", "was_D4": "nhiều", "cell_G4": "12", "was_G4": "", "query": "show="}
    )
    batch.refresh_from_db()
    assert batch.counts["new"] == 2 and not batch.counts.get("wrong")
    save(officer, batch)
    assert SecondaryProject.objects.filter(cluster=cluster).count() == 3
    made = SecondaryProject.objects.get(name="Nhà máy may")
    assert (made.land_ha, made.capital, made.workers, made.stage) == (
        Decimal("3.5"),
        120 * 10**9,
        250,
        "operating",
    )
    assert made.search and made.sort_key and made.as_of == dt.date(2026, 9, 30)
    (change,) = changes_of(made)
    assert (change.reason, change.who) == ("Nhập số liệu năm 2025", str(officer.user))
    known.refresh_from_db()
    assert (known.workers, known.as_of) == (15, dt.date(2026, 9, 30))
    assert changes_of(known)[0].reason == "Nhập số liệu năm 2025"
    assert figures_of(cluster).leased_ha == Decimal("7")
    known.notes = "Sửa tay"
    known.save()
    kept = officer.get(reverse("registry:import_undo", args=[batch.key])).context["kept"]
    assert [(entry["row"], entry["label"]) for entry in kept] == [(3, "Nhà máy giấy")]
    officer.post(reverse("registry:import_undo", args=[batch.key]), {"reason": "Nhầm"})
    assert list(SecondaryProject.objects.filter(cluster=cluster)) == [known]
    known.refresh_from_db()
    assert (known.workers, known.notes) == (15, "Sửa tay")
    assert figures_of(cluster).leased_ha == Decimal("2")


def test_an_undone_change_gets_every_former_value_back():
    user = person(Role.DEPARTMENT_OFFICER)
    cluster = ClusterFactory(name="Bình Minh")
    known = SecondaryProjectFactory(cluster=cluster, name="Nhà máy giấy", workers=10, land_ha=Decimal("2.25"))
    before = {field.attname: getattr(known, field.attname) for field in known._meta.concrete_fields}
    batch = saved(
        sheet(PROJECTS[:2] + PROJECTS[3:], ["Bình Minh", "nhà máy giấy", 3, "tạm dừng", 1, 99]),
        "projects",
        user,
        as_of="2026-10-01",
    )
    assert batch.state == "committed", batch.fault
    from clusters.importing.undo import undo_import

    undo_import(batch=batch, reason="Nhầm", user=user)
    known = SecondaryProject.objects.get(pk=known.pk)
    after = {field.attname: getattr(known, field.attname) for field in known._meta.concrete_fields}
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"updated_at", "search", "sort_key", "search_vector"}


def test_importing_the_same_file_again_finds_nothing_to_save(officer):
    ClusterFactory(name="Bình Minh")
    rows = [["Bình Minh", "Nhà máy may", "Công ty May", "3,5", "đang hoạt động", 120, 250]]
    batch = saved(sheet(PROJECTS, *rows), "projects", officer.user)
    assert batch.state == "committed"
    again = check(officer, upload(officer, sheet(PROJECTS, *rows), "projects"))
    assert outcomes(again) == [(2, "unchanged")]
    response = officer.post(reverse("registry:import_save", args=[again.key]), {"reason": "Lần nữa"})
    assert response.status_code == 422
    assert Investor.objects.filter(name="Công ty May").count() == 1
