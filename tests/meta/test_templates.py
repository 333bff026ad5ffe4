"""Every template is used, every template that is named exists, and every one compiles."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "templates"
# Packages and Django itself ask for these by a name that stands in no file of ours.
ASKED_FOR_BY_PACKAGES = (
    "account/",
    "mfa/",
    "allauth/",
    "admin/",
    "django/",
    "axes/",
    "400",
    "403",
    "404",
    "500",
)
NAMED = re.compile(r"""{%-?\s*(?:extends|include)\s+["']([^"']+)["']""")
ENDS = (".html", ".txt", ".typ")
LOOKS_LIKE_A_TEMPLATE = re.compile(rf"[\w./-]+(?:{'|'.join(map(re.escape, ENDS))})")

TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())


def named_in_templates() -> dict[str, str]:
    """Return every template that another one extends or includes, with that one's name."""
    return {
        found: name
        for name in TEMPLATES
        for found in NAMED.findall((FOLDER / name).read_text(encoding="utf-8"))
    }


def named_in_python() -> dict[str, str]:
    """Return every text of the rooms that has the shape of a template's name, with the file it stands in."""
    names = {}
    for room in ["config", *settings.ROOMS]:
        for path in (ROOT / room).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            if not any(end in source for end in ENDS):
                continue  # to take every file apart takes seconds
            for node in ast.walk(ast.parse(source)):
                text = node.value if isinstance(node, ast.Constant) else None
                if isinstance(text, str) and "/" in text and LOOKS_LIKE_A_TEMPLATE.fullmatch(text):
                    names[text] = str(path.relative_to(ROOT))
    return names


def test_no_template_is_left_behind():
    used = {*named_in_templates(), *named_in_python()}
    assert [
        name for name in TEMPLATES if name not in used and not name.startswith(ASKED_FOR_BY_PACKAGES)
    ] == []


def test_every_template_that_is_named_exists():
    missing = {}
    for name, where in named_in_templates().items():
        try:
            get_template(name)
        except TemplateDoesNotExist:
            missing[name] = where
    assert missing == {}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles_and_keeps_the_content_security_policy(name):
    get_template(name)
    source = (FOLDER / name).read_text(encoding="utf-8")
    if not name.endswith(".html") or "email/" in name:
        return
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source), "inline script"
    assert not re.search(r"<style\b|\sstyle=[\"']", source), "inline style"
    assert not re.search(r"<[a-z][^>{%]*\son[a-z]+=", source), "inline handler"
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//[^\"']+\.(?:js|css|woff2?|png|svg)", source), (
        "another host"
    )


def test_a_button_that_only_a_script_answers_is_not_shown_without_scripts():
    styles = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "static/css").glob("*.css"))
    hidden = re.search(r"([^{}]+)\{ display: none !important; \}", styles.partition("(scripting: none) {")[2])
    # The others are shown by a script, or by a style sheet where scripts run.
    answered = {
        *re.findall(r"data-[\w-]+|(?<=#)[\w-]+", hidden[1]),
        " hidden>",
        "nav-toggle",
        "filter-toggle",
    }
    buttons = [
        (name, button)
        for name in TEMPLATES
        for button in re.findall(
            r'<button(?=[^>]*type="button")[^>]*>', (FOLDER / name).read_text(encoding="utf-8")
        )
    ]
    assert buttons
    assert [found for found in buttons if not any(word in found[1] for word in answered)] == []
