"""The two things about the law that authorities change: the working-day calendar and provincial parameters."""

from law.models.calendar import CalendarDay, DayKind, DaySource
from law.models.parameters import Parameter, ProvincialParameter

__all__ = ["CalendarDay", "DayKind", "DaySource", "Parameter", "ProvincialParameter"]
