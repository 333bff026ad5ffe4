"""Assertions that say what went wrong: query counts with their SQL, swaps against full pages."""

import difflib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@contextmanager
def assert_num_queries(expected: int, *, at_most: bool = False) -> Iterator[CaptureQueriesContext]:
    """Assert that the block runs ``expected`` queries (or ``at_most`` that many), and print them if it does not."""
    with CaptureQueriesContext(connection) as captured:
        yield captured
    count = len(captured)
    if count > expected if at_most else count != expected:
        listing = "\n".join(f"{number:3}. {query['sql']}" for number, query in enumerate(captured, 1))
        limit = "at most " if at_most else ""
        raise AssertionError(f"{count} queries ran, {limit}{expected} were expected:\n{listing}")


def assert_swap_equals_page(
    client: Client, url: str, params: Mapping[str, Any] | None = None, target_id: str = "list"
) -> None:
    """Assert that htmx gets, for the same address, exactly the element that stands in the full page."""
    page = client.get(url, params)
    assert page.status_code == 200, f"{url} answered {page.status_code}"
    swap = client.get(url, params, headers={"HX-Request": "true", "HX-Target": target_id})
    assert swap.status_code == 200, f"{url} answered {swap.status_code} to htmx"
    fragment = swap.content.decode()
    assert "<html" not in fragment, f"{url} answered htmx with a whole page"
    whole, part = element(page.content.decode(), target_id), element(fragment, target_id)
    if whole != part:
        lines = difflib.unified_diff(whole, part, "element in the page", "answer to htmx", lineterm="", n=2)
        raise AssertionError("\n".join(lines))


def element(html: str, element_id: str) -> list[str]:
    """Return the tags and texts of the element with that id, one a line, white space and CSRF tokens levelled."""
    parser = _ElementParser(element_id)
    parser.feed(html)
    parser.close()
    if not parser.found:
        raise AssertionError(f'No element with id="{element_id}".')
    return parser.lines


class _ElementParser(HTMLParser):
    def __init__(self, element_id: str) -> None:
        super().__init__()
        self.element_id = element_id
        self.depth = 0
        self.found = False
        self.lines: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if not self.depth and (self.found or values.get("id") != self.element_id):
            return
        self.found = True
        if values.get("name") == "csrfmiddlewaretoken":
            values["value"] = "…"
        self.lines.append(
            f"<{tag} " + " ".join(f'{name}="{value}"' for name, value in sorted(values.items())) + ">"
        )
        if tag not in _VOID:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in _VOID:
            self.depth -= 1
            self.lines.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data).strip()
        if self.depth and text:
            self.lines.append(text)
