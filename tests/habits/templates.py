"""An undefined variable in one of our templates fails the test.

``{% if x %}`` and ``{{ x|default:"" }}`` ask whether something is there and stay allowed, as Django means them.
Templates that come with packages are rendered as in production.
"""

import copy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Variable, VariableDoesNotExist, engines
from django.template.base import FilterExpression

_OURS = str(Path(settings.BASE_DIR) / "templates")
_FORGIVING = {"default", "default_if_none"}


class UndefinedTemplateVariableError(AssertionError):
    """A template printed a variable that its context does not have."""


class _StrictText(str):
    """Empty text that objects when ``{% blocktranslate %}`` asks it to stand in for a missing variable."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise UndefinedTemplateVariableError(f"{{{{ {name} }}}} inside blocktranslate is not in the context.")


def fail_on_undefined_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make ``{{ missing }}`` raise, naming the variable and the template."""
    original = FilterExpression.resolve

    def resolve(self: FilterExpression, context: Context, ignore_failures: bool = False) -> Any:
        if ignore_failures or not isinstance(self.var, Variable):
            return original(self, context, ignore_failures)
        template = getattr(context, "render_context", None) and context.render_context.template
        name = str(getattr(getattr(template, "origin", None), "name", ""))
        if not name.startswith(_OURS):
            return original(self, context, ignore_failures)
        if self.filters and self.filters[0][0].__name__ in _FORGIVING:
            return original(self, context, True)
        try:
            value = self.var.resolve(context)
        except VariableDoesNotExist:
            # Neither the error's text nor the error itself: both carry the whole context, which can be megabytes.
            raise UndefinedTemplateVariableError(
                f"{{{{ {self} }}}} in {name} is not in the context."
            ) from None
        if not self.filters:
            return value
        resolved = copy.copy(self)
        resolved.var = value
        resolved.is_var = False
        return original(resolved, context, ignore_failures)

    monkeypatch.setattr(FilterExpression, "resolve", resolve)
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", _StrictText())
