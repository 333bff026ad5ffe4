"""Front-end packages kept in the project: which files, from which version, with which checksum.

``static/vendor/VENDOR.toml`` is the list; :mod:`core.management.commands.refresh_vendor` fetches what it names.
"""

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

MANIFEST = "static/vendor/VENDOR.toml"
_SOURCE_MAP = re.compile(rb"/[/*]#\s*sourceMappingURL=\S+?\s*(?:\*/)?\s*$")
_SHAPE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_BACKGROUND = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


def read_manifest() -> list[dict[str, Any]]:
    """Return the packages of the manifest, each with its ``file`` list."""
    packages: list[dict[str, Any]] = tomllib.loads((Path(settings.BASE_DIR) / MANIFEST).read_text("utf-8"))[
        "package"
    ]
    return packages


def checksum(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def without_source_map(content: bytes) -> bytes:
    """Cut the pointer to a source map, which we do not keep and which the static file storage would look for."""
    return _SOURCE_MAP.sub(b"", content).rstrip() + b"\n"


def without_classes(css: str, drop: list[str]) -> str:
    """Leave out of minified ``css`` every selector with a class that begins with one of ``drop``.

    A rule that loses all its selectors goes, and so does an ``@media`` block that loses all its rules.
    """
    unwanted = re.compile(r"\.(?:" + "|".join(re.escape(name) for name in drop) + r")|data-bs-theme=\"?dark")
    return _filtered(css, unwanted)


def sprite(icons: dict[str, str]) -> str:
    """Build one SVG file with a ``<symbol>`` for each icon; ``icons`` maps names to single SVG files."""
    symbols = []
    for name in sorted(icons):
        shape = _SHAPE.search(icons[name])
        if shape is None:
            raise ValueError(f"Icon {name!r} is not an SVG file.")
        drawing = " ".join(_BACKGROUND.sub("", shape.group(1)).split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _filtered(css: str, unwanted: re.Pattern[str]) -> str:
    kept: list[str] = []
    position = 0
    while (opening := css.find("{", position)) != -1:
        head = css[position:opening]
        # Statements without a block (@charset, comments' leftovers) stay in front of the next rule.
        statement, _, selector = (
            head.rpartition(";") if head.lstrip().startswith("@charset") else ("", "", head)
        )
        if statement:
            kept.append(statement + ";")
        closing = _closing(css, opening)
        body = css[opening + 1 : closing]
        if selector.lstrip().startswith(("@media", "@supports", "@container", "@layer")):
            inner = _filtered(body, unwanted)
            if inner.strip():
                kept.append(f"{selector}{{{inner}}}")
        elif selector.lstrip().startswith("@"):
            kept.append(f"{selector}{{{body}}}")
        else:
            wanted = [part for part in _selectors(selector) if not unwanted.search(part)]
            if wanted:
                kept.append(f"{','.join(wanted)}{{{body}}}")
        position = closing + 1
    return "".join(kept)


def _closing(css: str, opening: int) -> int:
    depth, quote = 0, ""
    for index in range(opening, len(css)):
        char = css[index]
        if quote:
            quote = "" if char == quote and css[index - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                return index
    raise ValueError("Unbalanced braces in the style sheet.")


def _selectors(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return parts
