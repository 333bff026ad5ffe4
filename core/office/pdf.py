"""PDF papers rendered with typst from templates of the project and fonts kept in it."""

import datetime as dt
import functools
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

FONTS = Path(__file__).parent / "fonts"
# Control characters that no font draws; a tab or line break is told apart by the template.
_UNDRAWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
# The paper carries its own days: the time of rendering is kept out of the file, so the same facts give the same bytes.
_NO_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def render_pdf(template: Path, data: dict[str, Any]) -> bytes:
    """Return a template of the project filled with ``data``, as tagged PDF.

    The data travel as JSON beside the template, which reads them with ``paper.typ`` as ``data``; a text in them is
    shown as it is and never read as markup. Nothing is fetched: fonts come from the project, packages from nowhere.
    The same template and data give the same bytes. ``template`` lies inside the project. Values may be texts,
    numbers, booleans, None, lists and dicts; Decimals become texts. Raises typst.TypstError for a broken template.
    """
    content: bytes = typst.compile(
        str(template),
        root=str(settings.BASE_DIR),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_drawable(data), ensure_ascii=False, sort_keys=True)},
        timestamp=_NO_TIME,
        format="pdf",
    )
    return content


@functools.cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _drawable(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _drawable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(item) for item in value]
    if isinstance(value, str):
        return _UNDRAWABLE.sub("", value.encode("utf-8", "replace").decode())
    if isinstance(value, Decimal):
        return str(value)
    return value
