"""Amounts of money in words that nobody misreads, however many noughts they have."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def dong_in_words(amount: Decimal) -> str:
    """Return a whole amount in dong as billions, millions and thousands: "420 billion 500 million dong".

    Nothing is rounded: the words say exactly what the digits say.
    """
    rest = int(amount)
    if rest <= 0:
        return _("0 dong")
    parts = []
    for size, word in ((10**9, _("billion")), (10**6, _("million")), (10**3, _("thousand")), (1, "")):
        count, rest = divmod(rest, size)
        if count:
            shown = number_format(count, decimal_pos=0, use_l10n=True, force_grouping=True)
            parts.append(f"{shown} {word}".strip())
    return _("%(amount)s dong") % {"amount": " ".join(parts)}
