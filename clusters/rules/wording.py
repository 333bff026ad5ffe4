"""Words that several rules of this room put together from parts."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from law.words import Phrase, Text, say


def listed(parts: Iterable[Text], separator: str = ", ") -> Phrase:
    """Join texts into one whose language is chosen when it is shown."""
    named = {f"part_{number}": part for number, part in enumerate(parts)}
    return say(separator.join(f"%({name})s" for name in named), **named)


def of_each(found: Iterable[tuple[str, Iterable[Text]]]) -> Phrase:
    """Word what was found about each one: "Company A: map, report; Company B: map"."""
    return listed((say(_("%(name)s: %(what)s"), name=name, what=listed(what)) for name, what in found), "; ")
