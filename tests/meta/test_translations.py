"""Every source string has its Vietnamese."""

import pytest

from core import translations


@pytest.mark.parametrize("room", translations.rooms())
def test_the_catalogue_is_complete(room):
    assert translations.check(room).faults == []


def test_no_two_rooms_contradict_each_other():
    assert translations.contradictions() == []
