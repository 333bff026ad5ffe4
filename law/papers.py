"""What a legal instrument is: kind, number, titles, dates."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from law.provisions import Mark
from law.words import Text


class InstrumentKind(models.TextChoices):
    """The kinds of instrument, from the highest."""

    LAW = "law", pgettext_lazy("kind of instrument", "Law")
    RESOLUTION = "resolution", _("Resolution")
    DECREE = "decree", _("Decree")
    PM_DECISION = "pm_decision", _("Decision of the Prime Minister")
    CIRCULAR = "circular", _("Circular")
    JOINT_CIRCULAR = "joint_circular", _("Joint circular")
    DECISION = "decision", _("Decision")
    CONSOLIDATED = "consolidated", _("Consolidated text")
    LETTER = "letter", _("Official letter")


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A legal instrument. Dates are None where they are not known."""

    code: str
    number: str
    kind: InstrumentKind
    title_vi: str
    title_en: str
    issued: dt.date | None = None
    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None
    mark: Mark = Mark.PRIMARY
    source: str = ""
    note: Text = ""

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_vi

    @property
    def name(self) -> str:
        """Kind and number: "Decree 32/2024/NĐ-CP"."""
        kind = _("Decision") if self.kind is InstrumentKind.PM_DECISION else self.kind.label
        return f"{kind} {self.number}"

    def __str__(self) -> str:
        return self.name
