"""One run of :mod:`benchmarks.dossiers`: fill to each size, ask as My work does, fire actions; prints the tables."""

import datetime as dt
import logging
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

django.setup()

from django.db import connection, connections, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.roles import OrganisationKind, Role
from clusters.models import ClusterCase, DevelopmentPlan, PlannedCluster
from core.text import fold
from dossiers.models import Application, Dossier, Event, StepRun
from dossiers.procedures import procedure
from dossiers.services.firing import available, fire
from places.models import Commune

BATCH, RUNS, PAGE = 2_000, 15, 50
OPEN = ("received", "open", "opened", "submitted", "appraisal", "deciding", "decided")
ENDED = ("completed", "refused", "withdrawn")
MARK = "BENCH-"


def people() -> dict[str, User]:
    """Return an officer of the department and a commune officer of Lào Cai, made once."""
    commune = (
        Commune.objects.in_force().select_related("province").filter(province__code="15").order_by("pk")[0]
    )
    found = {}
    for name, kind, role, place in (
        ("department", OrganisationKind.DEPARTMENT, Role.DEPARTMENT_OFFICER, {"province": commune.province}),
        (
            "commune",
            OrganisationKind.COMMUNE_PC,
            Role.COMMUNE_OFFICER,
            {"province": commune.province, "commune": commune},
        ),
    ):
        user, made = User.objects.get_or_create(
            email=f"{name}@dossiers.bench.example", defaults={"full_name": f"Cán bộ đo {name}"}
        )
        if made:
            unit = Organisation.objects.create(kind=kind, name=f"Đơn vị đo {name}", **place)
            Membership.objects.create(user=user, organisation=unit, role=role)
        found[name] = user
    return found


def empty() -> None:
    """Remove what an earlier run left, with everything that hangs on it: the smallest size comes first."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE dossiers_dossier CASCADE")


def fill(size: int, officer: User) -> None:
    """Bring the database to ``size`` dossiers, each with one application, its case and its first event."""
    have = Dossier.objects.filter(code__startswith=MARK).count()
    if have >= size:
        return
    chance = random.Random(have)
    communes = list(Commune.objects.in_force().select_related("province").order_by("pk"))
    home = [commune for commune in communes if commune.province.code == "15"]
    plan, _made = DevelopmentPlan.objects.get_or_create(
        province=home[0].province, title="Phương án đo", version=9_999, period_from=2021, period_to=2030
    )
    line, _made = PlannedCluster.objects.get_or_create(plan=plan, name="Cụm đo", defaults={"area_ha": 50})
    investor, _made = Organisation.objects.get_or_create(kind=OrganisationKind.INVESTOR, name="Nhà đầu tư đo")
    with transaction.atomic(), connection.cursor() as cursor:
        # The history of invented rows would only cost time.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for start in range(have, size, BATCH):
            numbers = range(start, min(start + BATCH, size))
            rows = Dossier.objects.bulk_create(_dossiers(numbers, communes, home, officer, chance))
            applications = Application.objects.bulk_create(_applications(rows, investor))
            ClusterCase.objects.bulk_create(
                ClusterCase(
                    dossier=row,
                    kind="establish",
                    planned_cluster=line,
                    name="Đo",
                    area_ha=50,
                    first_applicant="Đo",
                )
                for row in rows
            )
            Event.objects.bulk_create(_events(rows))
            StepRun.objects.bulk_create(_steps(rows))
            assert len(applications) == len(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _dossiers(
    numbers: range, communes: list, home: list, officer: User, chance: random.Random
) -> Iterator[Dossier]:
    table, today = procedure("establish_cluster"), timezone.localdate()
    for number in numbers:
        # One in ten lies in the officer's province, two in three are ended.
        pool = home if number % 10 == 0 else communes
        commune = pool[(number * 7919) % len(pool)]
        state = table.state(chance.choice(ENDED if chance.random() < 0.66 else OPEN))
        due = today + dt.timedelta(days=chance.randint(-30, 60))
        received = timezone.now() - dt.timedelta(days=chance.randint(30, 90))
        yield Dossier(
            procedure_code=table.code,
            code=f"{MARK}{number:07d}",
            title=f"Thành lập cụm công nghiệp Đo {number}",
            state=state.code,
            province=commune.province,
            commune=commune,
            regime_code="R5",
            received_at=received,
            received_on=received.date(),
            opened_at=received,
            is_open=not state.is_end,
            waiting_for=state.waits_for,
            waiting_since=received,
            step=state.step or "",
            due_on=due if state.step and not state.is_end else None,
            assignee=officer if number % 40 == 0 and state.waits_for == "department" else None,
            search=fold(f"{MARK}{number:07d} Thành lập cụm công nghiệp Đo {number}"),
        )


def _applications(rows: list[Dossier], investor: Organisation) -> Iterator[Application]:
    for row in rows:
        yield Application(
            procedure_code=row.procedure_code,
            dossier=row,
            organisation=investor,
            code=f"{row.code}-1",
            is_first=True,
            filed_at=row.received_at,
            outcome="" if row.is_open else "refused",
        )


def _events(rows: list[Dossier]) -> Iterator[Event]:
    for row in rows:
        yield Event(dossier=row, version=1, action="filed", at=row.received_at, actor_name="Nhà đầu tư đo")


def _steps(rows: list[Dossier]) -> Iterator[StepRun]:
    for row in rows:
        if row.step:
            yield StepRun(
                dossier=row,
                step=row.step,
                part=row.waiting_for,
                started_on=row.received_on,
                started_at=row.received_at,
            )


def my_work(user: User) -> dict[str, Callable[[], Any]]:
    """Return what the home page of an officer asks for, by name."""
    today = timezone.localdate()

    def first_page(rows: QuerySet) -> list[Dossier]:
        return list(rows.with_listing().order_by("due_on", "pk")[:PAGE])  # type: ignore[attr-defined]  # of its queryset

    unit = Dossier.objects.waiting_for_unit_of(user)
    return {
        "on my desk": lambda: first_page(Dossier.objects.waiting_for_person(user, today)),
        "waits for my unit": lambda: first_page(unit),
        "late": lambda: first_page(unit.overdue(today)),
        "due within 7 days": lambda: first_page(unit.due_within(today, 7)),
        "the four counts": lambda: [
            rows.order_by().count()
            for rows in (
                Dossier.objects.waiting_for_person(user, today),
                unit,
                unit.overdue(today),
                unit.due_within(today, 7),
            )
        ],
        "all I may see, newest first": lambda: list(Dossier.objects.visible_to(user).with_listing()[:PAGE]),
        "find a code": lambda: first_page(Dossier.objects.visible_to(user).search_for(f"{MARK}0000490")),
    }


def timed(work: Callable[[], Any]) -> tuple[float, int]:
    """Return the median time in milliseconds and the number of queries."""
    with CaptureQueriesContext(connection) as queries:
        work()
    times = []
    for _run in range(RUNS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), len(queries)


def submitted_to(officer: User) -> QuerySet:
    """Return what the officer's department has to take as complete."""
    place = officer.active_memberships[0].organisation.province
    return Dossier.objects.filter(code__startswith=MARK, state="submitted", province=place).order_by("pk")


def fired_a_second(officer: User, count: int, workers: int) -> float:
    """Take dossiers as complete, each in a transaction of its own, and return how many a second."""
    batch = list(submitted_to(officer)[:count])

    def accept(dossiers: list[Dossier]) -> None:
        for dossier in dossiers:
            fire(dossier, "accept", actor=officer)
        connections.close_all()

    begun = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(accept, [batch[place::workers] for place in range(workers)]))
    return len(batch) / (time.perf_counter() - begun)


def main() -> None:
    """Fill, measure and print."""
    actions, *sizes = (int(text) for text in sys.argv[1:])
    logging.disable(logging.INFO)
    empty()
    staff = people()
    officer = staff["department"]
    figures: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for size in sizes:
        fill(size, officer)
        for who, user in staff.items():
            for name, work in my_work(User.objects.get(pk=user.pk)).items():
                figures.setdefault((who, name), []).append(timed(work))
    print("| Officer | Asked for | " + " | ".join(f"{size:,} ms" for size in sizes) + " | ratio | queries |")
    print("|---|---|" + "---|" * (len(sizes) + 2))
    for (who, name), measured in figures.items():
        asked = {queries for _ms, queries in measured}
        times = " | ".join(f"{ms:.1f}" for ms, _queries in measured)
        print(
            f"| {who} | {name} | {times} | {measured[-1][0] / measured[0][0]:.2f} | "
            f"{', '.join(str(number) for number in sorted(asked))} |"
        )
    dossier = submitted_to(officer)[0]
    asking, queries = timed(lambda: available(dossier, officer))
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        fire(dossier, "accept", actor=officer)
        transaction.set_rollback(True)
    print(f"\n`available()`: {asking:.1f} ms, {queries} queries. `fire()`: {len(captured)} queries.\n")
    print("| Workers | actions a second |\n|---|---|")
    for workers in (1, 2, 4):
        print(f"| {workers} | {fired_a_second(officer, actions // 3, workers):.0f} |")


if __name__ == "__main__":
    main()
