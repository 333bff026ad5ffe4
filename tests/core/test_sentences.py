"""A sentence is kept with its facts and worded in the language of whoever reads it."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy

from core.sentences import (
    Digits,
    InEveryLanguage,
    Sentence,
    as_json,
    from_json,
    in_every_language,
    joined,
    ngettext,
    said_by,
    sentence,
    titled,
    worded,
)


def kept(value):
    """Return a value after its way through the database."""
    return from_json(json.loads(json.dumps(as_json(value))))


def read(value, language):
    with translation.override(language):
        return worded(value)


DOUBT = sentence("Of “%(text)s” the number %(number)s was taken; “%(rest)s” was left aside.") % {
    "text": "1.234,5 ha (3)",
    "number": Digits("1234.5"),
    "rest": "(3)",
}


def test_a_kept_sentence_reads_in_either_language():
    with translation.override("vi"):
        back = kept(DOUBT)
    assert read(back, "en") == "Of “1.234,5 ha (3)” the number 1234.5 was taken; “(3)” was left aside."
    assert read(back, "vi") == "Trong “1.234,5 ha (3)” đã lấy số 1234,5; phần “(3)” không được đọc."


@pytest.mark.parametrize(
    ("fact", "english", "vietnamese"),
    [
        ("as it is", "as it is", "as it is"),
        (7, "7", "7"),
        (Decimal("1234.50"), "1,234.5", "1.234,5"),
        (Digits("1234.50"), "1234.5", "1234,5"),
        (dt.date(2026, 3, 2), "02/03/2026", "02/03/2026"),
        (gettext_lazy("error"), "error", "lỗi"),
        ([gettext_lazy("error"), gettext_lazy("doubt")], "error, doubt", "lỗi, nghi vấn"),
        (sentence("Fill the cell in."), "Fill the cell in.", "Hãy điền vào ô."),
    ],
)
def test_every_kind_of_fact_survives(fact, english, vietnamese):
    said = kept(titled("A", fact))
    assert read(said, "en") == f"A: {english}"
    assert read(said, "vi") == f"A: {vietnamese}"


def test_the_count_chooses_the_form():
    forms = (
        "%(count)s cell is a formula (%(cells)s); its last value was taken.",
        "%(count)s cells are formulas (%(cells)s); their last values were taken.",
    )
    one = kept(ngettext(*forms, 1) % {"count": 1, "cells": "B2"})
    two = kept(ngettext(*forms, 2) % {"count": 2, "cells": "B2, B3"})
    assert read(one, "en") == "1 cell is a formula (B2); its last value was taken."
    assert read(two, "en") == "2 cells are formulas (B2, B3); their last values were taken."


def test_sentences_stay_sentences_in_an_error_and_lazy_ones_are_kept_in_every_language():
    error = ValidationError([DOUBT, gettext_lazy("error"), ValidationError("plain %(n)s", params={"n": 5})])
    said = kept(said_by(error))
    assert read(said, "en") == f"{read(DOUBT, 'en')} error plain 5"
    assert read(said, "vi") == f"{read(DOUBT, 'vi')} lỗi plain 5"
    by_field = ValidationError({"area": DOUBT})
    assert said_by(by_field) == DOUBT


def test_text_from_before_stays_text():
    assert from_json("Ô trống.") == "Ô trống."
    assert joined(["one"]) == "one"
    assert in_every_language("x") == InEveryLanguage({"vi": "x", "en": "x"})
    assert Sentence("No such row.").as_json() == {"say": "No such row."}
