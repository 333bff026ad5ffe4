"""Every kind of paper that is made from a model document: the letters of any procedure, and each procedure's drafts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from dossiers.papers.letters import declared_placeholders, model_path
from dossiers.procedures import Procedure, procedures
from law.words import Text

LETTER_TITLES: Mapping[str, Text] = {
    "supplement_letter": _("Letter asking for a supplement"),
    "refusal_letter": _("Letter of refusal"),
    "apology_letter": _("Letter of apology for lateness"),
}


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A kind of paper: title, the procedures that write it (none for letters of all), placeholders, portal's model."""

    kind: str
    title: Text
    procedures: tuple[Procedure, ...]
    placeholders: Callable[[], Mapping[str, Any]]
    model: Callable[[], bytes]


def paper_kinds() -> list[PaperKind]:
    """List every kind, letters first; a paper that several procedures share stands there once."""
    found = {
        kind: PaperKind(
            kind=kind,
            title=title,
            procedures=(),
            placeholders=lambda kind=kind: declared_placeholders(kind),  # type: ignore[misc]
            model=lambda kind=kind: model_path(kind).read_bytes(),  # type: ignore[misc]
        )
        for kind, title in LETTER_TITLES.items()
    }
    for table in procedures():
        for kind, title in table.draft_titles().items():
            others = found[kind].procedures if kind in found else ()
            found[kind] = PaperKind(
                kind=kind,
                title=title,
                procedures=(*others, table),
                placeholders=lambda kind=kind, table=table: table.draft_placeholders(kind),  # type: ignore[misc]
                model=lambda kind=kind, table=table: table.draft_model(kind),  # type: ignore[misc]
            )
    return list(found.values())


def paper_kind(kind: str) -> PaperKind:
    """Return a kind of paper; raise LookupError for one that nobody writes."""
    for one in paper_kinds():
        if one.kind == kind:
            return one
    raise LookupError(f"There is no paper {kind!r}.")
