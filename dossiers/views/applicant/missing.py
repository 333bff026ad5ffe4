"""What a draft still lacks, page by page, each with the address where it is mended."""

from dataclasses import dataclass

from django.urls import reverse

from dossiers.models import Application
from dossiers.procedures.parts import Missing
from dossiers.views.applicant.access import table_of
from law.words import Text


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, and where to mend it."""

    label: Text
    sentence: Text
    url: str


@dataclass(frozen=True)
class SectionProgress:
    """A page of the wizard with what is missing on it."""

    code: str
    title: Text
    url: str
    missing: list[Gap]


@dataclass(frozen=True)
class Progress:
    """How far a draft is."""

    sections: list[SectionProgress]
    review_url: str

    @property
    def count(self) -> int:
        """How many things are missing."""
        return sum(len(one.missing) for one in self.sections)


def progress_of(application: Application) -> Progress:
    """Return what a draft lacks under the law it would follow today."""
    table, regime = table_of(application)
    missing = table.missing(application, regime)
    return Progress(
        sections=[
            SectionProgress(
                one.code,
                one.title,
                reverse("dossiers:draft_section", args=[application.pk, one.code]),
                [_gap(application, gap) for gap in missing if gap.section == one.code],
            )
            for one in table.wizard_sections(regime)
        ],
        review_url=reverse("dossiers:review", args=[application.pk]),
    )


def _gap(application: Application, missing: Missing) -> Gap:
    kind, _colon, name = missing.target.partition(":")
    page = reverse("dossiers:draft_section", args=[application.pk, missing.section])
    anchor = f"id_{name}" if kind == "field" else f"paper-{name}"
    return Gap(missing.label, missing.sentence, f"{page}#{anchor}")
