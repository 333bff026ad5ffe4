"""The look: nothing inline, nothing from elsewhere, every vendored file accounted for."""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from core import vendor

BASE = Path(settings.BASE_DIR)
TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
OWN_STATIC = sorted(
    path
    for path in (BASE / "static").rglob("*")
    if path.suffix in {".css", ".js", ".svg"} and "vendor" not in path.parts
)
VENDORED = [entry for package in vendor.read_manifest() for entry in package["file"]]
NAMESPACES = ("http://www.w3.org/",)


def name(path: Path) -> str:
    return str(path.relative_to(BASE))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_has_inline_style_script_or_handlers(path: Path) -> None:
    source = path.read_text("utf-8")

    assert not re.search(r"\sstyle\s*=", source), "an inline style is refused by the content security policy"
    assert not re.search(r"<style\b", source)
    assert not re.search(r"""\son[a-z]+\s*=\s*["']""", source), "an inline handler is refused"
    assert not re.search(r"hx-on\b|javascript:", source)
    for opening in re.findall(r"<script\b[^>]*>", source):
        assert " src=" in opening or 'type="application/json"' in opening, f"{opening} is an inline script"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_loads_anything_from_another_host(path: Path) -> None:
    source = path.read_text("utf-8")

    loads = re.findall(
        r"""<(?:script|link|img|iframe|source|use)\b[^>]*(?:src|href)\s*=\s*["']([^"']+)""", source
    )
    assert [address for address in loads if re.match(r"(?:https?:)?//", address)] == []


@pytest.mark.parametrize("path", OWN_STATIC, ids=name)
def test_no_style_sheet_or_script_names_another_host(path: Path) -> None:
    addresses = re.findall(r"""(?:https?:)?//[a-z0-9-]+\.[^\s"')]+""", path.read_text("utf-8"))

    assert [address for address in addresses if not address.startswith(NAMESPACES)] == []


@pytest.mark.parametrize("entry", VENDORED, ids=lambda entry: entry["path"])
def test_a_vendored_file_is_what_the_manifest_says(entry: dict[str, str]) -> None:
    assert vendor.checksum((BASE / entry["path"]).read_bytes()) == entry["sha256"]


def test_every_vendored_file_stands_in_the_manifest() -> None:
    folders = [BASE / "static/vendor", BASE / "tests/vendor"]
    present = {name(path) for folder in folders for path in folder.rglob("*") if path.is_file()}

    assert present - {entry["path"] for entry in VENDORED} == {vendor.MANIFEST}


def test_every_vendored_package_names_version_licence_and_purpose() -> None:
    packages = tomllib.loads((BASE / vendor.MANIFEST).read_text("utf-8"))["package"]

    for package in packages:
        assert all(package.get(key) for key in ("name", "version", "licence", "purpose")), package["name"]


def test_every_icon_that_is_used_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (BASE / "static/img/icons.svg").read_text("utf-8")))
    used = {}
    for path in TEMPLATES:
        source = path.read_text("utf-8")
        for found in re.findall(r'{% icon "([^"]+)"|{% nav_link "[^"]+" _\("[^"]+"\) "([^"]+)"', source):
            used.update({symbol: name(path) for symbol in found if symbol})

    assert {symbol: where for symbol, where in used.items() if symbol not in drawn} == {}


def test_dropped_classes_take_their_rules_along_and_nothing_else() -> None:
    css = ".card{color:red}.card,.modal-body{top:0}@media print{.modal{top:1px}}.a:not(.b,.c){left:0}"

    assert vendor.without_classes(css, ["modal"]) == ".card{color:red}.card{top:0}.a:not(.b,.c){left:0}"


def test_a_sprite_has_one_symbol_for_each_icon() -> None:
    ground = '<path stroke="none" d="M0 0h24v24H0z" fill="none"/>'
    drawing = f'<svg viewBox="0 0 24 24">\n {ground} <path d="M1 1" />\n</svg>'

    assert '<symbol id="dot" viewBox="0 0 24 24"><path d="M1 1" /></symbol>' in vendor.sprite(
        {"dot": drawing}
    )


def test_a_file_that_is_no_drawing_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="dot"):
        vendor.sprite({"dot": "not found"})


def test_source_maps_are_not_looked_for() -> None:
    assert vendor.without_source_map(b"a{}\n/*# sourceMappingURL=a.css.map */\n") == b"a{}\n"
    assert vendor.without_source_map(b"f();\n//# sourceMappingURL=f.js.map") == b"f();\n"
