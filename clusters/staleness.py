"""When a moving figure is too old to lean on: the one place that says after how many days.

Figures rot at different speeds. Officers follow land clearance and works twice a week, so a progress figure without
news for four days is asked about. Figures that travel with the half-yearly reports (Circular 14/2024 Art. 3) are as
fresh as the last report for about half a year. Both are habits of the trade and not rules of law.
"""

import datetime as dt

from django.utils import timezone

#: Progress followed by officers (clearance, milestones, obstacles), in calendar days.
PROGRESS_DAYS = 4
#: Figures of the half-yearly reports: leased land, projects, workers, capital, state of plots and works.
REPORT_DAYS = 180


def is_stale(as_of: dt.date | None, days: int = REPORT_DAYS, *, on: dt.date | None = None) -> bool:
    """Say whether a figure is older than ``days`` calendar days (on a day, today unless given); undated ones are."""
    return as_of is None or ((on or timezone.localdate()) - as_of).days > days


def stale_before(days: int = REPORT_DAYS, *, on: dt.date | None = None) -> dt.date:
    """Return the first day whose figures still count as fresh."""
    return (on or timezone.localdate()) - dt.timedelta(days=days)
