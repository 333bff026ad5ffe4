"""Load and lateness: how many dossiers each unit has in each step, how steps ended, who has what is late."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from accounts.roles import Function
from accounts.scope import scope_of
from dossiers.choices import Part, Punctuality
from dossiers.models import Complaint, Dossier, StepRun
from law.deadlines import DUE_SOON
from law.vocabulary import Step


@dataclass(frozen=True)
class LoadLine:
    """The open dossiers of one unit in one step."""

    part: str
    commune: str
    step: str
    open: int
    overdue: int
    soon: int
    paused: int
    nobody: int


@dataclass(frozen=True)
class PunctualityLine:
    """How one step ended for one unit in a period."""

    part: str
    step: str
    early: int
    on_time: int
    late: int
    no_limit: int
    worst: int

    @property
    def ended(self) -> int:
        """All that ended."""
        return self.early + self.on_time + self.late + self.no_limit

    @property
    def share_in_time(self) -> float | None:
        """The share of those with a limit that kept it, in per cent; None where there is none."""
        with_limit = self.early + self.on_time + self.late
        return (self.early + self.on_time) / with_limit * 100 if with_limit else None


def led_by(user: Any) -> Any:
    """Return the dossiers a person leads over."""
    return Dossier.objects.filter(province_id__in=scope_of(user, Function.SUPERVISE_DOSSIERS).province_ids)


def load_of(user: Any, today: dt.date) -> list[LoadLine]:
    """Count the open dossiers by unit and step in one statement; communes one by one."""
    rows = (
        led_by(user)
        .open()
        .order_by()
        .values("waiting_for", "step", commune_name=F("commune__full_name_vi"))
        .annotate(
            open=Count("pk"),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
            soon=Count("pk", filter=Q(due_on__range=(today, today + dt.timedelta(days=DUE_SOON)))),
            paused=Count("pk", filter=Q(paused_since__isnull=False)),
            nobody=Count("pk", filter=Q(assignee__isnull=True)),
        )
    )
    merged: dict[tuple[str, str, str], dict[str, int]] = {}
    for row in rows:
        # Only a commune's own work is told apart by commune.
        commune = row["commune_name"] or "" if row["waiting_for"] == Part.RECEIVER else ""
        line = merged.setdefault((row["waiting_for"], commune, row["step"]), {})
        for name in ("open", "overdue", "soon", "paused", "nobody"):
            line[name] = line.get(name, 0) + row[name]
    order = {part: position for position, part in enumerate(Part.values)}
    return [
        LoadLine(part, commune, step, **counts)
        for (part, commune, step), counts in sorted(
            merged.items(), key=lambda item: (order.get(item[0][0], 99), item[0][1], item[0][2])
        )
    ]


def punctuality_of(user: Any, since: dt.date, until: dt.date) -> list[PunctualityLine]:
    """Count how the steps that ended in a period stood against their deadline, in one statement."""
    rows: Any = (
        StepRun.objects.filter(
            dossier__in=led_by(user).order_by().values("pk"), ended_on__range=(since, until)
        )
        .order_by()
        .values("part", "step")
        .annotate(
            **{
                name: Count("pk", filter=Q(punctuality=value))
                for name, value in (
                    ("early", Punctuality.EARLY),
                    ("on_time", Punctuality.ON_TIME),
                    ("late", Punctuality.LATE),
                    ("no_limit", Punctuality.NO_LIMIT),
                )
            }
        )
        .annotate(worst=Min("days_off"))
    )
    order = {step: position for position, step in enumerate(Step.values)}
    return [
        PunctualityLine(**{**row, "worst": -min(row["worst"] or 0, 0)})
        for row in sorted(rows, key=lambda row: (order.get(row["step"], 99), row["part"]))
    ]


def overdue_by_person(user: Any, today: dt.date) -> list[dict[str, Any]]:
    """Count the open dossiers of each person, the most overdue first; dossiers nobody has come as one line."""
    rows = (
        led_by(user)
        .open()
        .exclude(waiting_for__in=[Part.APPLICANT, Part.NOBODY, Part.SYSTEM])
        .order_by()
        .values("assignee_id", name=F("assignee__full_name"))
        .annotate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)))
    )
    return sorted(rows, key=lambda row: (-row["overdue"], -row["open"], row["name"] or ""))


def waiting_complaints(user: Any) -> QuerySet[Complaint]:
    """Return the complaints nobody has answered, the oldest first."""
    return (
        Complaint.objects.visible_to(user)
        .filter(dossier__in=led_by(user).order_by().values("pk"), answered_at__isnull=True)
        .select_related("dossier", "application__organisation")
        .order_by("made_at", "pk")
    )
