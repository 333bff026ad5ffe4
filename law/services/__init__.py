"""Writes of the law room."""

from law.services.calendar import announce_year, set_calendar_day, withdraw_calendar_day
from law.services.parameters import end_parameter, set_parameter

__all__ = ["announce_year", "end_parameter", "set_calendar_day", "set_parameter", "withdraw_calendar_day"]
