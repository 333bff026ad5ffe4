"""Which papers are drafted in which state of a cluster's dossier, and how.

What fills them reads the tables of this room, so it is imported when a paper is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from clusters.drafts import DRAFTS, declared_placeholders, model_path, render_draft
from clusters.procedures.answers import Answers
from dossiers.choices import Part
from dossiers.models import Application, CouncilMember, Dossier
from dossiers.procedures import Procedure
from dossiers.procedures.parts import Contact, DraftOffer
from law.words import Text


@dataclass(frozen=True, kw_only=True)
class Written:
    """A line of the table of drafts: kind, who writes it, in which states; under laws with a window or a council."""

    kind: str
    part: Part
    states: tuple[str, ...]
    per: Literal["dossier", "application", "member"] = "dossier"
    needs: Literal["", "window", "council"] = ""


_EXAMINED = ("submitted", "appraisal", "returned")
_WRITTEN = (
    Written(kind="notice", part=Part.RECEIVER, states=("received", "open"), needs="window"),
    Written(kind="opening_minutes", part=Part.RECEIVER, states=("closed", "opened"), needs="window"),
    Written(kind="submission", part=Part.RECEIVER, states=("opened", "submitted")),
    Written(kind="opinion_letter", part=Part.DEPARTMENT, states=_EXAMINED),
    Written(kind="council_decision", part=Part.DEPARTMENT, states=_EXAMINED, needs="council"),
    Written(kind="council_invitation", part=Part.DEPARTMENT, states=_EXAMINED, needs="council"),
    Written(
        kind="score_sheet",
        part=Part.DEPARTMENT,
        states=(*_EXAMINED, "deciding"),
        per="member",
        needs="council",
    ),
    Written(kind="minutes", part=Part.DEPARTMENT, states=(*_EXAMINED, "deciding"), needs="council"),
    Written(kind="appraisal_report", part=Part.DEPARTMENT, states=("appraisal", "returned", "deciding")),
    Written(kind="decision", part=Part.COMMITTEE, states=("deciding", "decided")),
    Written(
        kind="result_notice",
        part=Part.COMMITTEE,
        states=("decided", "completed"),
        per="application",
    ),
)


class Drafting(Procedure):
    """The part of a cluster's procedure that writes papers."""

    request_kind: ClassVar[str] = "request"

    def contact(self, application: Application) -> Contact:
        """Take head office, telephone and e-mail from the answers."""
        answers = Answers(application.data)
        return Contact(
            address=answers.text("head_office"),
            telephone=answers.text("phone"),
            email=answers.text("email"),
        )

    def drafts(self, dossier: Dossier) -> list[DraftOffer]:
        """List the papers of the present state that the law of the case knows."""
        regime = dossier.regime
        known = {
            "": True,
            "window": self.has_window(regime),
            "council": any(maximum.is_set for maximum in regime.score_maxima.values()),
        }
        return [
            DraftOffer(kind=one.kind, label=DRAFTS[one.kind].title, part=one.part, per=one.per)
            for one in _WRITTEN
            if dossier.state in one.states and known[one.needs]
        ]

    def draft_titles(self) -> Mapping[str, Text]:
        """Name every draft, the investor's request among them."""
        return {kind: draft.title for kind, draft in DRAFTS.items()}

    def draft_placeholders(self, kind: str) -> Mapping[str, Any]:
        """Return what the model of a draft may ask for."""
        return declared_placeholders(kind)

    def draft_model(self, kind: str) -> bytes:
        """Return the portal's model of a draft."""
        return model_path(DRAFTS[kind].kind).read_bytes()

    def render_draft(
        self,
        kind: str,
        dossier: Dossier,
        application: Application | None = None,
        member: CouncilMember | None = None,
        model: bytes | None = None,
    ) -> bytes:
        """Fill a draft from the dossier."""
        from clusters.drafts.filling import filled

        facts = filled(kind, dossier, application=application, member=member)
        return render_draft(kind, facts, model=model)

    def request_docx(self, application: Application, model: bytes | None = None) -> bytes:
        """Fill Model 01 from the answers of the wizard."""
        from clusters.drafts.filling import request_of

        return render_draft(self.request_kind, request_of(application), model=model)
