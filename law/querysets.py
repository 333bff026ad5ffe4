"""Reads on the calendar and on provincial parameters."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import Function
from accounts.scope import scope_of
from law.calendars import WorkingCalendar
from law.words import Text, in_two_languages


class CalendarDayQuerySet(models.QuerySet):
    """The working-day calendar. It is public law, so everybody sees all of it."""

    def visible_to(self, user: Any) -> Self:
        """Keep every day: the calendar is published."""
        return self.all()

    def of_year(self, year: int) -> Self:
        """Keep the entries of one year."""
        return self.filter(day__year=year)

    def calendar(self) -> WorkingCalendar:
        """Return the whole calendar as a value, with one query.

        A year is announced when it has entries and none of them is only seeded.
        """
        days_off: dict[dt.date, Text] = {}
        working: dict[dt.date, Text] = {}
        announced: set[int] = set()
        seeded: set[int] = set()
        # The clock reads all entries for every deadline: their values are enough, rows as objects take far longer.
        for day, kind, source, name_vi, name_en in self.order_by("day").values_list(
            "day", "kind", "source", "name_vi", "name_en"
        ):
            (seeded if source == "seeded" else announced).add(day.year)
            if kind == "day_off":
                days_off[day] = in_two_languages(name_vi, name_en)
            elif kind == "working":
                working[day] = in_two_languages(name_vi, name_en)
        return WorkingCalendar(days_off, working, frozenset(announced - seeded))


class ProvincialParameterQuerySet(models.QuerySet):
    """What provinces rule for themselves."""

    def visible_to(self, user: Any) -> Self:
        """Keep everything for people who sign in: decisions of provinces are public papers."""
        return self.all() if user.is_authenticated else self.none()

    def editable_by(self, user: Any) -> Self:
        """Keep the parameters of the provinces whose rules the person keeps."""
        scope = scope_of(user, Function.KEEP_LOCAL_RULES)
        return self.all() if scope.national else self.filter(province_id__in=scope.province_ids)

    def in_force(self, province: Any = None, key: str | None = None, on: dt.date | None = None) -> Self:
        """Keep the parameters that are applied on the day (today unless given), of a province and key if named."""
        day = on or timezone.localdate()
        found = self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, enabled=True
        )
        if province is not None:
            found = found.filter(province=province)
        return found if key is None else found.filter(key=key)
