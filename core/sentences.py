"""Sentences that are kept and read later, by people of either language.

A sentence is its English source string, which is its code in the catalogues, and its facts. It is worded when it
becomes a string, in the language of whoever reads it then; ``as_json`` and ``from_json`` carry it through the database.
A module whose sentences outlive the moment imports ``sentence as _`` where others import ``gettext as _``.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import ngettext as translate_plural


class Digits(Decimal):
    """A number that is shown without groups, where the separators themselves are what is spoken of."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A translatable text with ``%(name)s`` places, and what stands in them.

    A fact is text as it is, a number, a date, a further sentence, a lazy translation, or a list of these. ``plural`` is
    the form for other counts than one, chosen by the fact ``count``.
    """

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    plural: str = ""

    def __mod__(self, facts: Mapping[str, Any]) -> "Sentence":
        """Return the sentence with its facts, as ``"…" % facts`` does with text."""
        return replace(self, facts=dict(facts))

    def __str__(self) -> str:
        template = (
            translate_plural(self.text, self.plural, self.facts["count"])
            if self.plural
            else gettext(self.text)
        )
        if not self.facts:
            return template
        return template % {name: worded(value) for name, value in self.facts.items()}

    def as_json(self) -> dict[str, Any]:
        """Return what JSON can hold; :func:`from_json` reads it back."""
        kept: dict[str, Any] = {"say": self.text}
        if self.facts:
            kept["facts"] = {name: as_json(value) for name, value in self.facts.items()}
        if self.plural:
            kept["plural"] = self.plural
        return kept


@dataclass(frozen=True, slots=True)
class InEveryLanguage:
    """A text that another part of the portal words, kept in all languages that people read."""

    texts: Mapping[str, str]

    def __str__(self) -> str:
        return self.texts.get((get_language() or settings.LANGUAGE_CODE)[:2]) or next(
            iter(self.texts.values()), ""
        )

    def as_json(self) -> dict[str, Any]:
        """Return what JSON can hold; :func:`from_json` reads it back."""
        return {"texts": dict(self.texts)}


def sentence(text: str) -> Any:
    """Return a ``Sentence`` of one form, marked for translation where it is imported as ``_``.

    It goes wherever text that is shown goes, ValidationError among others; hence no narrower type.
    """
    return Sentence(text)


def ngettext(singular: str, plural: str, count: int) -> Sentence:
    """Return a sentence of two forms; its facts need ``count``, which is given beforehand."""
    return Sentence(singular, {"count": count}, plural)


def titled(name: Any, problem: Any) -> Sentence:
    """Return what is said about something, with its name before it: "Area: …"."""
    return Sentence("%(name)s: %(problem)s", {"name": name, "problem": problem})


def joined(said: list[Any]) -> Any:
    """Return several sentences as one, one after the other."""
    if len(said) == 1:
        return said[0]
    places = {f"part{at}": part for at, part in enumerate(said)}
    return Sentence(" ".join(f"%({name})s" for name in places), places)


def in_every_language(text: Any) -> InEveryLanguage:
    """Return a lazy text as it reads in each language of the portal."""
    texts = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            texts[language] = str(text)
    return InEveryLanguage(texts)


def said_by(error: ValidationError) -> Any:
    """Return what an error says as something that can be kept: sentences stay sentences."""
    said: list[Any] = []
    for one in error.error_list if hasattr(error, "error_list") else _of_fields(error):
        if isinstance(one.message, Sentence | InEveryLanguage):
            said.append(one.message)
        elif isinstance(one.message, Promise) or one.params:
            said.append(in_every_language(_Message(one)))
        else:
            said.append(str(one.message))
    return joined(said)


def as_json(value: Any) -> Any:
    """Return a fact, or a sentence, as JSON can hold it."""
    if isinstance(value, Sentence | InEveryLanguage):
        return value.as_json()
    if isinstance(value, Digits):
        return {"digits": str(value)}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, dt.date):
        return {"day": f"{value:%Y-%m-%d}"}
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    if value is None or isinstance(value, int):
        return value
    return in_every_language(value).as_json() if not isinstance(value, str) else str(value)


def from_json(kept: Any) -> Any:
    """Return what :func:`as_json` wrote down; text that was kept as text stays what it is."""
    if isinstance(kept, list):
        return [from_json(one) for one in kept]
    if not isinstance(kept, dict):
        return kept
    if "say" in kept:
        facts = {name: from_json(value) for name, value in kept.get("facts", {}).items()}
        return Sentence(kept["say"], facts, kept.get("plural", ""))
    if "digits" in kept:
        return Digits(kept["digits"])
    if "number" in kept:
        return Decimal(kept["number"])
    if "day" in kept:
        return dt.date.fromisoformat(kept["day"])
    return InEveryLanguage(kept["texts"])


def worded(value: Any) -> str:
    """Return a fact, or a sentence, as the reader's language writes it."""
    if isinstance(value, list | tuple):
        return ", ".join(worded(one) for one in value)
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        if "." in plain:
            plain = plain.rstrip("0").rstrip(".")
        if isinstance(value, Digits):
            return plain if get_language() == "en" else plain.replace(".", ",")
        places = len(plain.partition(".")[2])
        return str(number_format(plain, decimal_pos=places, use_l10n=True, force_grouping=True))
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return str(value)


class _Message:
    """The message of an error with its parameters, worded when asked."""

    def __init__(self, error: ValidationError) -> None:
        self.error = error

    def __str__(self) -> str:
        return str(self.error.message) % self.error.params if self.error.params else str(self.error.message)


def _of_fields(error: ValidationError) -> list[ValidationError]:
    return [one for found in error.error_dict.values() for one in found]
