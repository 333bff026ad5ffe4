"""Changing what a province rules for itself."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import refusal
from accounts.roles import Function
from core.history import because
from law.current import forget_limits
from law.models import ProvincialParameter


def set_parameter(*, parameter: ProvincialParameter, reason: str, by: Any) -> ProvincialParameter:
    """Save a new or corrected parameter of a province whose rules the person keeps.

    Raises PermissionDenied out of reach, ValidationError when it has no value or overlaps another.
    """
    _demand(by, parameter.province_id)
    parameter.full_clean()
    with transaction.atomic(), because(reason):
        parameter.save()
    forget_limits()
    return parameter


def end_parameter(
    *, parameter: ProvincialParameter, last_day: dt.date, reason: str, by: Any
) -> ProvincialParameter:
    """Let a parameter end on a day, so that a new decision can follow it."""
    _demand(by, parameter.province_id)
    if last_day < parameter.valid_from:
        raise ValidationError({"last_day": _("The last day in force cannot come before the first.")})
    with transaction.atomic(), because(reason):
        parameter.valid_to = last_day
        parameter.save()
    forget_limits()
    return parameter


def _demand(by: Any, province_id: int) -> None:
    if not (by.is_authenticated and by.can_in(Function.KEEP_LOCAL_RULES, province_id=province_id)):
        raise PermissionDenied(refusal(Function.KEEP_LOCAL_RULES))
