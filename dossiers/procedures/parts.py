"""What a procedure tells the pages: papers, sections of the wizard, what is missing, panels, drafts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from dossiers.choices import Part
from law.provisions import Cited
from law.words import Text

if TYPE_CHECKING:
    from places.models import Commune, Province


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """A kind of paper as a regime asks for it; ``cited`` is where the law does."""

    code: str
    label: Text
    is_required: bool
    by: Part = Part.APPLICANT
    varieties: tuple[tuple[str, Text], ...] = ()
    cited: Cited = field(default_factory=Cited)
    help: Text = ""
    #: Whether an organisation keeps it for other dossiers too.
    is_reusable: bool = False


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Something an application still lacks: where it is entered and what to do."""

    target: str
    label: Text
    sentence: Text
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A page of the filing wizard: its code in addresses, its title, and whether it takes papers instead of answers."""

    code: str
    title: Text
    help: Text = ""
    takes_papers: bool = False


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """One field of the wizard beside one another for several applications, in words; empty where nothing stands."""

    section: Text
    label: Text
    values: tuple[str, ...]
    is_personal: bool = False

    @property
    def differs(self) -> bool:
        """Whether the applications do not say the same."""
        return len(set(self.values)) > 1


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of a dossier's page that only the concrete room can fill: its heading, its template, what it needs."""

    code: str
    title: Text
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a dossier belongs."""

    province: "Province"
    commune: "Commune | None" = None
    others: "tuple[Commune, ...]" = ()


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How an applicant is reached, as letters and slips write it."""

    address: str = ""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class DraftOffer:
    """A paper that can be drafted from a dossier as it stands: which part writes it, and for whom there is one each.

    ``per`` is one for the whole dossier, one for every application, or one for every seat that scores and application.
    """

    kind: str
    label: Text
    part: Part
    per: Literal["dossier", "application", "member"] = "dossier"
