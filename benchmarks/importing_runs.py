"""One run of :mod:`benchmarks.importing`: upload, check, save, undo; prints a line for each step."""

import datetime as dt
import io
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from accounts.models import Membership, Organisation, User
from accounts.roles import OrganisationKind, Role
from clusters.importing import running
from clusters.importing.correcting import correct_import
from clusters.importing.running import begin_check, begin_commit
from clusters.importing.starting import start_import
from clusters.importing.undo import undo_import
from clusters.models import Cluster, ImportBatch
from core.workbooks.writing import write_xlsx

WRONG = 0.05
TITLES = [
    "STT", "Cụm công nghiệp", "Tên dự án", "Chủ đầu tư", "Ngành nghề", "Sản phẩm", "Diện tích đất (ha)",
    "Vốn đăng ký (tỷ đồng)", "Số giấy chứng nhận", "Ngày cấp", "Tình trạng hoạt động", "Số lao động", "Ghi chú",
]  # fmt: skip


def officer() -> User:
    """Return an officer of the department whose province has the most clusters."""
    email = "import@bench.example"
    user = User.objects.filter(email=email).first()
    if user is None:
        province = Cluster.objects.order_by("province_id").values_list("province_id", flat=True).first()
        user = User.objects.create(email=email, full_name="Cán bộ đo tốc độ")
        department = Organisation.objects.create(
            kind=OrganisationKind.DEPARTMENT, name="Sở đo tốc độ", province_id=province
        )
        Membership.objects.create(user=user, organisation=department, role=Role.DEPARTMENT_OFFICER)
    return user


def workbook(rows: int, clusters: list[str]) -> SimpleUploadedFile:
    """Return the workbook, with the mistakes officers make."""
    chance = random.Random(20)
    # A run after one that was not undone finds no projects of the same names.
    mark = int(time.time())

    def lines() -> Any:
        for number in range(1, rows + 1):
            wrong = chance.random() < WRONG
            yield [
                number,
                clusters[number % len(clusters)],
                f"Nhà máy số {number} đợt {mark}",
                f"Công ty cổ phần {number % 3000}",
                chance.choice(["16210", "25920", "10201"]),
                chance.choice(["Ván ép", "Kết cấu thép", "Thủy sản đông lạnh"]),
                "nhiều" if wrong else "0,0001 ha",
                Decimal(chance.randint(1, 900_000)) / 1000,
                f"{number}/GCN-{mark}",
                "30/2/2020" if wrong else dt.date(2020, 1, 1) + dt.timedelta(days=number % 1500),
                chance.choice(["đang hoạt động", "Đang xây dựng", "tạm dừng"]),
                chance.randint(5, 3000),
                None,
            ]

    file = io.BytesIO()
    write_xlsx(file, TITLES, lines())
    return SimpleUploadedFile("du-an-thu-cap.xlsx", file.getvalue())


def measure(name: str, rows: int, work: Callable[[], Any]) -> Any:
    """Run a step and print its time."""
    begun = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<24} {seconds:6.2f} s  {rows / seconds:>8,.0f} rows/s  peak {peak:4.0f} MB")
    return result


def main() -> None:
    """Upload, check, leave the wrong rows out, save, undo."""
    rows = int(sys.argv[1])
    # On one core, and not by the queue.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    running.INLINE_ROWS = rows + 1
    with translation.override("vi"):
        user = officer()
        province = user.active_memberships[0].organisation.province_id
        names = list(Cluster.objects.filter(province=province).order_by("pk").values_list("code", flat=True))
        upload = workbook(rows, names)
        batch = measure(
            "upload and guess", rows, lambda: start_import(upload=upload, kind="projects", user=user)
        )
        batch = measure("preview", rows, lambda: begin_check(batch=batch))
        print(batch.counts)
        correct_import(batch=batch, cells={}, choices={}, skip_stopping=True)
        batch = measure(
            "preview again", rows, lambda: begin_check(batch=ImportBatch.objects.get(pk=batch.pk))
        )
        written = batch.counts["new"]
        batch = measure("save", written, lambda: begin_commit(batch=batch, reason="đo tốc độ", user=user))
        print(batch.state, batch.fault)
        measure("undo", written, lambda: undo_import(batch=batch, reason="đo tốc độ", user=user))


main()
