"""Translation catalogues without the gettext programs: extract, merge, check, compile.

Source strings are English and need no catalogue. Every room keeps its Vietnamese in
``locale/<room>/vi/LC_MESSAGES/django.po``; the compiled ``.mo`` beside it is not kept in version control.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

LANGUAGE = "vi"
TEMPLATE_SUFFIXES = {".html", ".txt", ".typ"}
_HEADER = """\
msgid ""
msgstr ""
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
# The arguments of each function that are text: context, singular, plural.
_CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_TEMPLATE_CALL = re.compile(
    rf"(?<!\w)(_|n?p?gettext)\(\s*({_STRING})(?:\s*,\s*({_STRING}))?(?:\s*,\s*({_STRING}))?", re.DOTALL
)
_PERCENT = re.compile(r"%\((\w+)\)[a-z]|%[sd]")
_BRACES = re.compile(r"\{(\w*)(?:[!:][^{}]*)?\}")


@dataclass(frozen=True)
class Text:
    """One source string: what identifies it in a catalogue."""

    singular: str
    plural: str = ""
    context: str = ""

    @property
    def msgid(self) -> str | tuple[str, str]:
        """The key as Babel wants it."""
        return (self.singular, self.plural) if self.plural else self.singular

    def __str__(self) -> str:
        return f"[{self.context}] {self.singular!r}" if self.context else repr(self.singular)


@dataclass
class Report:
    """What is wrong with a room's catalogue, one sentence a fault."""

    room: str
    faults: list[str] = field(default_factory=list)


def rooms() -> list[str]:
    """Return the rooms that have a catalogue."""
    return ["config", *settings.ROOMS]


def catalogue_path(room: str) -> Path:
    """Return where the room keeps its Vietnamese."""
    return Path(settings.BASE_DIR) / "locale" / room / LANGUAGE / "LC_MESSAGES" / "django.po"


def extract(room: str) -> dict[Text, set[str]]:
    """Return every source string of the room with the files it stands in."""
    found: dict[Text, set[str]] = {}
    base = Path(settings.BASE_DIR)
    for path in sorted((base / room).rglob("*.py")):
        if "migrations" not in path.parts:
            for text in texts_of_python(path.read_text(encoding="utf-8")):
                found.setdefault(text, set()).add(str(path.relative_to(base)))
    for path in _templates(room):
        for text in texts_of_template(path.read_text(encoding="utf-8"), path.name):
            found.setdefault(text, set()).add(str(path.relative_to(base)))
    return found


def _templates(room: str) -> Iterator[Path]:
    """Yield the room's templates; ``core`` also owns every folder that is not named after a room."""
    root = Path(settings.BASE_DIR) / "templates"
    others = set(rooms()) - {"core"}
    for path in sorted(root.rglob("*")):
        if path.suffix in TEMPLATE_SUFFIXES and path.is_file():
            folder = path.relative_to(root).parts[0]
            if (folder if folder in others else "core") == room:
                yield path


def texts_of_python(source: str) -> Iterator[Text]:
    """Yield the literal texts handed to the gettext family in Python source."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _CALLS:
            arguments = [
                arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None
                for arg in node.args
            ]
            yield from _text(name, arguments)


def texts_of_template(source: str, origin: str = "") -> Iterator[Text]:
    """Yield the texts of ``translate``, ``blocktranslate`` and ``_("…")`` in template source."""
    for match in _TEMPLATE_CALL.finditer(templatize(source, origin=origin)):
        arguments = [ast.literal_eval(group.replace("\n", "\\n")) for group in match.groups()[1:] if group]
        yield from _text(match[1], arguments)


def _text(name: str, arguments: list[str | None]) -> Iterator[Text]:
    def at(position: int | None) -> str | None:
        return "" if position is None else (arguments[position] if position < len(arguments) else None)

    context, singular, plural = (at(position) for position in _CALLS[name])
    if singular and context is not None and plural is not None:
        yield Text(singular, plural, context)


def read_catalogue(room: str) -> Catalog:
    """Read the room's catalogue; an absent file is an empty one."""
    path = catalogue_path(room)
    if not path.exists():
        return Catalog(locale=LANGUAGE, fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=LANGUAGE, abort_invalid=True)


def _entries(catalogue: Catalog) -> dict[Text, Message]:
    entries = {}
    for message in catalogue:
        if message.id:
            ids = message.id if isinstance(message.id, tuple | list) else (message.id, "")
            entries[Text(ids[0], ids[1], message.context or "")] = message
    return entries


def update(room: str) -> bool:
    """Merge the source strings into the catalogue and return whether the file changed.

    Translations stay with their string, strings that left the source are dropped, nothing is guessed.
    """
    source = extract(room)
    known = _entries(read_catalogue(room))
    merged = Catalog(locale=LANGUAGE, fuzzy=False)
    for text in sorted(source, key=lambda text: (text.singular, text.context)):
        old = known.get(text)
        merged.add(
            text.msgid,
            string=old.string if old else "",
            locations=[(name, 0) for name in sorted(source[text])],
            user_comments=old.user_comments if old else [],
            context=text.context or None,
        )
    path = catalogue_path(room)
    if not source and not path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else b""
    temporary = path.with_suffix(".po.new")
    with temporary.open("wb") as stream:
        stream.write(_HEADER.encode())
        write_po(stream, merged, width=110, omit_header=True, include_lineno=False)
    if temporary.read_bytes() == before:
        temporary.unlink()
        return False
    temporary.replace(path)
    return True


def check(room: str) -> Report:
    """List every string without translation, entry without string, fuzzy mark and lost placeholder."""
    report = Report(room)
    source = extract(room)
    known = _entries(read_catalogue(room))
    for text in sorted(source.keys() - known.keys(), key=str):
        files = ", ".join(sorted(source[text]))
        report.faults.append(f"not in the catalogue: {text} ({files}); run “manage.py translations --update”")
    for text in sorted(known.keys() - source.keys(), key=str):
        report.faults.append(f"no longer in the source: {text}; run “manage.py translations --update”")
    for text in sorted(source.keys() & known.keys(), key=str):
        message = known[text]
        strings = _strings(message)
        if message.fuzzy:
            report.faults.append(f"marked fuzzy: {text}")
        if not strings or not all(strings):
            report.faults.append(f"not translated: {text} ({', '.join(sorted(source[text]))})")
            continue
        wanted = placeholders(text.plural or text.singular)
        report.faults.extend(
            f"placeholders differ: {text} has {sorted(wanted)}, {string!r} has {sorted(placeholders(string))}"
            for string in strings
            if placeholders(string) != wanted
        )
    return report


def contradictions() -> list[str]:
    """Name every string that two rooms translate differently; Django would show one of them everywhere."""
    said: dict[Text, dict[tuple[str, ...], str]] = {}
    for room in rooms():
        for text, message in _entries(read_catalogue(room)).items():
            strings = _strings(message)
            if all(strings):
                said.setdefault(text, {}).setdefault(strings, room)
    return [
        f"{text}: " + "; ".join(f"{room} says {' / '.join(strings)!r}" for strings, room in versions.items())
        for text, versions in said.items()
        if len(versions) > 1
    ]


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)


def placeholders(text: str) -> set[str]:
    """Return the ``%(name)s`` and ``{name}`` of a text.

    >>> sorted(placeholders("%(count)s of {total:.2f}"))
    ['%count', '{total}']
    """
    percent = {"%" + (match[1] or "") for match in _PERCENT.finditer(text)}
    return percent | {"{" + match[1] + "}" for match in _BRACES.finditer(text)}


def compile_all() -> list[Path]:
    """Write every ``.mo`` that is older than its catalogue and return those written.

    What this process had read before is forgotten: the words it says next are those written now.
    """
    written = []
    for room in rooms():
        path = catalogue_path(room)
        compiled = path.with_suffix(".mo")
        if not path.exists() or (compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime):
            continue
        temporary = compiled.with_suffix(".mo.new")
        with temporary.open("wb") as stream:
            write_mo(stream, read_catalogue(room))
        temporary.replace(compiled)
        translation_file_changed(None, compiled)
        written.append(compiled)
    return written
