"""Dates typed as they stand on paper."""

from core.forms import DayField

__all__ = ["DayField"]
