"""What a person would send: the fields of a page's form as they stand, with some typed over."""

from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict


class _Fields(HTMLParser):
    """Reads the controls of the record form."""

    def __init__(self) -> None:
        super().__init__()
        self.data = QueryDict(mutable=True)
        self.inside = False
        self.skipping = 0
        self.select: str | None = None
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self.inside = "data-guard" in values
        if tag == "template":
            self.skipping += 1
        if not self.inside or self.skipping:
            return
        name = values.get("name") or ""
        if tag == "input" and name and values.get("type") not in ("file", "submit"):
            if values.get("type") in ("checkbox", "radio") and "checked" not in values:
                return
            self.data.appendlist(
                name, values.get("value") or ("on" if values.get("type") == "checkbox" else "")
            )
        elif tag == "select":
            self.select = name
            self.data.setdefault(name, "")
        elif tag == "option" and self.select and "selected" in values:
            self.data[self.select] = values.get("value") or ""
        elif tag == "textarea":
            self.area = name
            self.data[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "template":
            self.skipping -= 1
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.data[self.area] = self.data[self.area] + data.removeprefix("\n")


def fields_of(page: Any) -> QueryDict:
    """Return what the record form on a page would send now."""
    parser = _Fields()
    parser.feed(page.content.decode())
    parser.data.pop("csrfmiddlewaretoken", None)
    return parser.data


def typed(page: Any, **values: Any) -> QueryDict:
    """Return what the form would send after typing ``values`` over it; None unticks or empties."""
    data = fields_of(page)
    for name, value in values.items():
        if value is None:
            data.pop(name, None)
        elif isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = str(value)
    return data


def problems(page: Any) -> dict[str, list[str]]:
    """Return the errors of the form that a page shows."""
    return {name: list(sentences) for name, sentences in page.context["form"].errors.items()}
