"""Send a paper that was made for this request: never kept by a cache, never guessed at by a browser."""

from typing import Literal

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from core.files import KINDS
from core.text import fold

_MAX_WORDS = 80


def send_paper(content: bytes, format_: Literal["pdf", "docx"], name: str, *codes: str) -> HttpResponse:
    """Return the paper as a download whose name reads in Vietnamese without marks: "giay-tiep-nhan-H15-0001.pdf"."""
    words = fold(name)[:_MAX_WORDS].strip().replace(" ", "-")
    file_name = "-".join([words, *(code for code in codes if code)])
    response = HttpResponse(content, content_type=KINDS[format_].content_type)
    response["Content-Disposition"] = f'attachment; filename="{_safe(file_name)}.{format_}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _safe(name: str) -> str:
    """Keep letters, digits and what codes are made of: a name is no place for quotes or paths."""
    return "".join(sign for sign in name if sign.isascii() and (sign.isalnum() or sign in "-._"))
