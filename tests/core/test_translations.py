"""The catalogue tool: what it extracts, merges and complains of."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override

from core import translations
from core.translations import Text


@pytest.fixture
def house(tmp_path, settings):
    """A project with the rooms core and places, and nothing in them."""
    settings.BASE_DIR = tmp_path
    settings.ROOMS = ["core", "places"]
    for folder in ("core", "places", "config", "templates/layout", "templates/places"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def catalogue(house: Path, room: str, *lines: str) -> None:
    path = house / "locale" / room / "vi" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def test_python_texts_are_found_by_the_name_of_the_function():
    source = """
label = _("one") + gettext_lazy("two")
many = ngettext("row", "rows", n)
named = pgettext("menu", "list")
both = npgettext("menu", "item", "items", n)
glued = _("long "
          "text")
not_literal = _(name)
module.gettext("three")
"""
    assert set(translations.texts_of_python(source)) == {
        Text("one"),
        Text("two"),
        Text("row", "rows"),
        Text("list", context="menu"),
        Text("item", "items", "menu"),
        Text("long text"),
        Text("three"),
    }


def test_template_texts_are_found_in_tags_and_expressions():
    source = """{% load i18n %}<a title="{% translate "it's" %}">{{ _("inside") }}</a>
{% blocktranslate trimmed count n=rows %}
  one {{ n }}
{% plural %}
  many {{ n }}
{% endblocktranslate %}
{% translate "list" context "menu" %}{% include "x.html" with label=_("label") %}"""
    assert set(translations.texts_of_template(source)) == {
        Text("it's"),
        Text("inside"),
        Text("one %(n)s", "many %(n)s"),
        Text("list", context="menu"),
        Text("label"),
    }


def test_templates_outside_a_room_belong_to_core(house):
    (house / "templates/layout/base.html").write_text('{% load i18n %}{% translate "skip" %}')
    (house / "templates/places/list.html").write_text('{% load i18n %}{% translate "commune" %}')
    assert set(translations.extract("core")) == {Text("skip")}
    assert set(translations.extract("places")) == {Text("commune")}


def test_update_keeps_translations_drops_what_left_and_guesses_nothing(house):
    (house / "core/a.py").write_text('_("new")\n_("kept")')
    catalogue(house, "core", 'msgid "kept"', 'msgstr "giữ"', "", 'msgid "newer"', 'msgstr "mới hơn"')
    assert translations.update("core")
    entries = {message.id: message.string for message in translations.read_catalogue("core") if message.id}
    assert entries == {"kept": "giữ", "new": ""}
    assert not translations.update("core")


def test_check_names_every_fault(house):
    (house / "core/a.py").write_text('_("absent")\n_("empty")\n_("guess")\n_("%(n)s of {total}")\n_("good")')
    catalogue(
        house,
        "core",
        'msgid "empty"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "guess"\nmsgstr "đoán"\n',
        'msgid "%(n)s of {total}"\nmsgstr "%(m)s trên {total}"\n',
        'msgid "gone"\nmsgstr "hết"\n',
        'msgid "good"\nmsgstr "tốt"\n',
    )
    faults = translations.check("core").faults
    beginnings = ["not in the catalogue: 'absent'", "no longer in the source: 'gone'", "placeholders differ"]
    beginnings += ["not translated: 'empty'", "marked fuzzy: 'guess'"]
    assert len(faults) == 5
    for beginning in beginnings:
        assert any(fault.startswith(beginning) for fault in faults), beginning


def test_two_rooms_that_translate_a_string_differently_contradict_each_other(house):
    catalogue(house, "core", 'msgid "issue"\nmsgstr "vấn đề"\n')
    catalogue(house, "places", 'msgid "issue"\nmsgstr "ban hành"\n')
    (fault,) = translations.contradictions()
    assert "core says 'vấn đề'" in fault
    assert "places says 'ban hành'" in fault


def test_compiling_writes_only_what_is_out_of_date(house):
    catalogue(house, "core", 'msgid "good"\nmsgstr "tốt"\n')
    (written,) = translations.compile_all()
    assert written.read_bytes()
    assert translations.compile_all() == []


def test_what_was_read_before_compiling_is_read_anew(house, settings):
    settings.LOCALE_PATHS = [house / "locale" / "core"]
    with override("vi"):
        assert gettext("a word of this test") == "a word of this test"
        catalogue(house, "core", 'msgid "a word of this test"\nmsgstr "một từ"\n')
        translations.compile_all()
    with override("vi"):
        assert gettext("a word of this test") == "một từ"


def test_the_command_fails_with_the_number_of_faults(house):
    (house / "core/a.py").write_text('_("absent")')
    with pytest.raises(CommandError, match=r"1 fault"):
        call_command("translations", "core", "--check")
    with pytest.raises(CommandError, match="No such room"):
        call_command("translations", "attic", "--check")
    with pytest.raises(CommandError, match="Say what to do"):
        call_command("translations")
