"""An undefined variable in one of our templates fails the test.

``{% if x %}`` and ``{{ x|default:"" }}`` ask whether something is there and stay allowed, as Django means them.
Templates that come with packages are rendered as in production.
"""

import copy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, engines
from django.template.base import FilterExpression

_OURS = str(Path(settings.BASE_DIR) / "templates")
_FORGIVING = {"default", "default_if_none"}


class UndefinedTemplateVariableError(AssertionError):
    """A template printed a variable that its context does not have; ``variable`` is what was looked up."""

    def __init__(self, sentence: str, variable: object = None) -> None:
        super().__init__(sentence)
        self.variable = variable


class _StrictText(str):
    """Empty text that objects when it is asked to stand in for a missing variable."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return True

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        raise UndefinedTemplateVariableError(f"{{{{ {variable} }}}} is not in the context.", variable)


def fail_on_undefined_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make ``{{ missing }}`` raise, naming the variable and the template."""
    original = FilterExpression.resolve

    def resolve(self: FilterExpression, context: Context, ignore_failures: bool = False) -> Any:
        try:
            return original(self, context, ignore_failures)
        except UndefinedTemplateVariableError as error:
            # A variable may be a method that renders a template, in which another one is missing.
            if error.variable is not self.var:
                raise
        # Without the error, and without its cause: both carry the whole context, which can be megabytes.
        name = _template_of(context)
        if not name.startswith(_OURS):
            empty = copy.copy(self)
            empty.var, empty.is_var = "", False
            return original(empty, context)
        if self.filters and self.filters[0][0].__name__ in _FORGIVING:
            return original(self, context, True)
        raise UndefinedTemplateVariableError(f"{{{{ {self} }}}} in {name} is not in the context.", self.var)

    monkeypatch.setattr(FilterExpression, "resolve", resolve)
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", _StrictText())


def _template_of(context: Context) -> str:
    template = getattr(context, "render_context", None) and context.render_context.template
    return str(getattr(getattr(template, "origin", None), "name", ""))
