"""What a list hands over comes back without a single change found."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from clusters.importing.undo import undo_import
from tests.clusters.importing.made import checked, problems, saved, sheet
from tests.factories.accounts import commune
from tests.factories.clusters import (
    ClusterFactory,
    InvestorFactory,
    ObservationFactory,
    PlotFactory,
    SecondaryProjectFactory,
)

pytestmark = pytest.mark.django_db
LISTS = {
    "projects": "registry:project_list",
    "plots": "registry:plot_list",
    "clusters": "registry:cluster_list",
    "observations": "registry:observation_list",
}


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", LISTS)
def test_an_exported_list_is_imported_without_a_change(client_of, kind, extension):
    officer = client_of(Role.DEPARTMENT_OFFICER)
    cluster = ClusterFactory(name="Bình Minh", commune=commune(), investor=InvestorFactory())
    ClusterFactory(name="Phú Thịnh 1", planned=True, area_ha=None, industrial_land_ha=None)
    SecondaryProjectFactory(cluster=cluster)
    SecondaryProjectFactory(cluster=cluster, land_ha=None, workers=None)
    PlotFactory(cluster=cluster)
    ObservationFactory(cluster=cluster)
    response = officer.get(reverse(LISTS[kind]), {"export": extension, "export_columns": "all"})
    content = b"".join(response.streaming_content)
    batch = checked(SimpleUploadedFile(f"danh-sach.{extension}", content), kind, officer.user)
    assert set(batch.counts) <= {"unchanged", "note"}, problems(batch)
    assert batch.counts["unchanged"] == batch.total > 0


def test_an_imported_decision_is_taken_back_by_a_correction(client_of):
    officer = client_of(Role.DEPARTMENT_OFFICER)
    cluster = ClusterFactory(name="Bình Minh", main_lines="Gỗ")
    header = ["CCN", "Loại quyết định", "Số quyết định", "Ngành nghề"]
    row = ["Bình Minh", "điều chỉnh", "77/QĐ-UBND ngày 2/3/2026", "Cơ khí"]
    batch = saved(sheet(header, row), "decisions", officer.user)
    cluster.refresh_from_db()
    assert cluster.main_lines == "Cơ khí"
    undo_import(batch=batch, reason="Nhầm tệp", user=officer.user)
    cluster.refresh_from_db()
    assert cluster.main_lines == "Gỗ"
    assert list(cluster.decisions.order_by("pk").values_list("kind", flat=True)) == [
        "opening",
        "adjust",
        "correct",
    ]
