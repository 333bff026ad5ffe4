"""Who reaches the addresses of this room."""

from accounts.roles import Function
from tests.factories.law import CalendarDayFactory, ProvincialParameterFactory
from tests.meta.samples import Access, Address

CALENDAR, RULES = Function.KEEP_CALENDAR, Function.KEEP_LOCAL_RULES


def _day() -> dict[str, object]:
    return {"pk": CalendarDayFactory().pk}


def _parameter() -> dict[str, object]:
    return {"pk": ProvincialParameterFactory().pk}


ADDRESSES = {
    "law": Address(Access.PUBLIC),
    "law:calendar": Address(Access.SIGNED_IN),
    "law:calendar_day": Address(CALENDAR),
    "law:calendar_withdraw": Address(CALENDAR, _day),
    "law:calendar_announce": Address(CALENDAR, lambda: {"year": 2026}, ok=frozenset({200, 302, 405})),
    "law:parameters": Address(Access.SIGNED_IN),
    "law:parameter_add": Address(RULES),
    "law:parameter_change": Address(RULES, _parameter),
    "law:parameter_end": Address(RULES, _parameter),
}
