"""The little of the template language that a model document may use.

``{{ name }}`` and ``{{ group.name }}``; ``{%p for row in list %}`` ... ``{%p endfor %}`` over a list (``tr`` for table
rows, nothing inside a line); ``{% if name %}`` with ``elif``, ``else``, ``not``, ``and``, ``or``. Everything else is
refused before anything is rendered: calls, filters, arithmetic, texts, tests, indexes, attributes that begin with an
underscore, macros, includes. A list may be walked inside another one only if it belongs to a row of it, so a paper
never grows beyond its facts.

Paths write a list with brackets: ``members[]`` is one row, ``members[].name`` a value in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from core.office.facts import Gap

MAX_DEPTH = 3
# XML 1.0 has no other control characters; the bell and form feed would also make paragraphs and pages.
_KEPT = {"\n", "\t"}


@dataclass(frozen=True)
class Use:
    """One use of a placeholder: its path, what stands in the document, and whether it is only asked for."""

    path: str
    written: str
    is_condition: bool = False


@dataclass(frozen=True)
class Misuse:
    """Something that a model document may not contain: what stands there, and why not."""

    written: str
    reason: str | Promise


class _Environment(SandboxedEnvironment):
    """Looks names up in dicts and nowhere else: no attribute or item of any object can be reached."""

    def getattr(self, obj: object, attribute: str) -> object:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: object, argument: object) -> object:
        return self.undefined(obj=obj, name=str(argument))


class _SafeGap(Markup):
    """A gap that is safe to be written and still false in a condition."""

    def __bool__(self) -> bool:
        return False


def environment() -> Environment:
    """Return the environment that fills model documents: sandboxed, escaping, without functions, filters and tests."""
    made = _Environment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


def safe(value: object) -> object:
    """Return a value so that its text can only ever be text in the document.

    Braces and per cent signs travel as character references: what a person typed is never read as a placeholder
    again. Characters that XML cannot hold are left out.
    """
    if isinstance(value, Mapping):
        return {str(key): safe(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [safe(item) for item in value]
    if isinstance(value, bool | Undefined) or value is None:
        return value
    kept = "".join(char for char in str(value) if _is_writable(char))
    escaped = str(escape(kept)).replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;")
    return _SafeGap(escaped) if isinstance(value, Gap) else Markup(escaped)  # noqa: S704 - escaped one line above


def _is_writable(char: str) -> bool:
    code = ord(char)
    return (
        char in _KEPT
        or 0x20 <= code < 0x7F
        or 0xA0 <= code < 0xD800
        or 0xE000 <= code < 0xFFFE
        or code > 0xFFFF
    )


def read_uses(source: str) -> Iterator[Use | Misuse]:
    """Yield every placeholder used in the source of a template, and everything it may not contain."""
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as error:
        yield Misuse("", _("It cannot be read: %(error)s") % {"error": error.message})
        return
    yield from _blocks(tree.body, {}, 0)


def _blocks(body: list[nodes.Node], scope: dict[str, str], depth: int) -> Iterator[Use | Misuse]:
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData):
                    yield from _value(part, scope)
        elif isinstance(node, nodes.For):
            yield from _loop(node, scope, depth)
        elif isinstance(node, nodes.If):
            yield from _condition(node.test, scope)
            for branch in (node.body, node.elif_, node.else_):
                yield from _blocks(branch, scope, depth)  # type: ignore[arg-type]
        else:
            yield Misuse(_name_of(node), _("Only “for”, “if” and plain placeholders can be used."))


def _loop(node: nodes.For, scope: dict[str, str], depth: int) -> Iterator[Use | Misuse]:
    target, over = node.target, _written(node.iter)
    if not isinstance(target, nodes.Name) or over is None or node.else_ or node.test or node.recursive:
        yield Misuse("for", _("Write a repetition as “for row in list”, where the list is a placeholder."))
        return
    path = _path(over, scope)
    is_inner = over.split(".")[0] in scope
    if depth >= MAX_DEPTH or (depth and not is_inner):
        yield Misuse(
            over, _("A list inside a repetition has to belong to the row, as in “for item in row.items”.")
        )
        return
    yield Use(f"{path}[]", over)
    yield from _blocks(node.body, {**scope, target.name: f"{path}[]"}, depth + 1)


def _condition(node: nodes.Node, scope: dict[str, str]) -> Iterator[Use | Misuse]:
    if isinstance(node, nodes.Not):
        yield from _condition(node.node, scope)
    elif isinstance(node, nodes.And | nodes.Or):
        yield from _condition(node.left, scope)
        yield from _condition(node.right, scope)
    else:
        for found in _value(node, scope):
            yield Use(found.path, found.written, is_condition=True) if isinstance(found, Use) else found


def _value(node: nodes.Node, scope: dict[str, str]) -> Iterator[Use | Misuse]:
    written = _written(node)
    if written is None:
        yield Misuse(
            _name_of(node), _("A placeholder is a name, nothing else: no sums, functions, filters or texts.")
        )
    elif any(part.startswith("_") for part in written.split(".")):
        yield Misuse(written, _("Names that begin with an underscore are not given away."))
    else:
        yield Use(_path(written, scope), written)


def _written(node: nodes.Node) -> str | None:
    """Return a dotted name as it stands in the document, or None for any other expression."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = _written(node.node)
        return None if before is None else f"{before}.{node.attr}"
    return None


def _path(written: str, scope: dict[str, str]) -> str:
    first, dot, rest = written.partition(".")
    return f"{scope.get(first, first)}{dot}{rest}"


def _name_of(node: nodes.Node) -> str:
    return type(node).__name__.lower()
