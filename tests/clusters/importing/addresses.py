"""Who reaches the pages of imports."""

from typing import Any

from accounts.roles import Function, Role
from clusters.importing.running import begin_check, begin_commit
from clusters.importing.starting import start_import
from clusters.models import ImportBatch
from tests.clusters.importing.made import sheet
from tests.factories.accounts import person
from tests.factories.clusters import ClusterFactory
from tests.meta.samples import Address

F = Function
OFFICER = frozenset({Role.DEPARTMENT_OFFICER})


def _started() -> ImportBatch:
    """Return an import of a unit of Lào Cai, which the department of the province sees."""
    cluster = ClusterFactory()
    file = sheet(["Cụm công nghiệp", "Tên dự án", "Chủ đầu tư"], [cluster.code, "Nhà máy", "Công ty Thử"])
    return start_import(upload=file, kind="projects", user=person(Role.DEPARTMENT_OFFICER))


def _open() -> dict[str, Any]:
    return {"key": _started().key}


def _checked() -> dict[str, Any]:
    return {"key": begin_check(batch=_started()).key}


def _saved() -> dict[str, Any]:
    batch = begin_check(batch=_started())
    return {"key": begin_commit(batch=batch, reason="Thử", user=batch.created_by).key}


ADDRESSES = {
    "registry:import_list": Address(F.EDIT_REGISTRY),
    "registry:import_template": Address(F.EDIT_REGISTRY, lambda: {"kind": "projects"}),
    "registry:import": Address(OFFICER, _checked),
    "registry:import_columns": Address(OFFICER, _open),
    "registry:import_correct": Address(OFFICER, _checked, method="post", ok=frozenset({302})),
    "registry:import_replace": Address(OFFICER, _checked, method="post", ok=frozenset({422})),
    "registry:import_marked": Address(OFFICER, _checked),
    "registry:import_progress": Address(OFFICER, _checked),
    "registry:import_save": Address(
        OFFICER, _checked, method="post", data={"reason": "Thử"}, ok=frozenset({302})
    ),
    "registry:import_undo": Address(OFFICER, _saved),
    "registry:import_discard": Address(OFFICER, _checked, method="post", ok=frozenset({302})),
}
