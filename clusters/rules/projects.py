"""V42: a secondary project starts operating once the shared infrastructure of its cluster is complete."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clusters.choices import ProjectStage, WorkStatus
from clusters.models import SecondaryProject, SharedWork
from law.citations import cite
from law.rules import Finding, Rule, Severity, register
from law.words import say

#: A work in one of these states is complete.
COMPLETE = (WorkStatus.FINISHED, WorkStatus.IN_USE)


@dataclass(frozen=True)
class ProjectStart:
    """Since when a project operates, and the shared works recorded of its cluster."""

    stage: str
    operating_from: dt.date | None
    works: tuple[SharedWork, ...]

    @property
    def unfinished(self) -> tuple[SharedWork, ...]:
        """The works that were not complete on the day the project started."""
        day = self.operating_from
        return tuple(
            work
            for work in self.works
            if work.status not in COMPLETE
            or (day is not None and work.finished_on is not None and work.finished_on > day)
        )


@register
class WorksBeforeOperation(Rule[ProjectStart]):
    """A project operates only once the shared infrastructure of the cluster is complete (V42).

    The registry states what happens in the field: a project that started too early is recorded, with the reason.
    """

    code = "V42"
    about = ProjectStart
    severity = Severity.WARN
    regimes = ("R5",)
    legal_basis = cite("ND303", part=_("amending Art. 21.1"))
    sentence = _(
        "A secondary project starts operating once the shared infrastructure of the cluster is complete."
    )

    def check(self, subject: ProjectStart) -> Finding:
        """Look at the works on the day the project started."""
        provision = self.regime.shared_works_before_operation
        if subject.stage != ProjectStage.OPERATING or subject.operating_from is None:
            return self.not_applicable(_("The project does not operate, or its first day is not recorded."))
        measured = say(
            _("%(done)s of %(all)s shared works complete on %(day)s"),
            done=len(subject.works) - len(subject.unfinished),
            all=len(subject.works),
            day=subject.operating_from,
        )
        if not subject.works:
            return self.not_met(
                _("No shared work of the cluster is recorded as complete."),
                measured=measured,
                cited=(provision,),
            )
        if subject.unfinished:
            names = ", ".join(work.get_kind_display() for work in subject.unfinished)
            return self.not_met(
                say(_("Not complete: %(works)s."), works=names), measured=measured, cited=(provision,)
            )
        return self.met(measured=measured, cited=(provision,))


def start_of(project: SecondaryProject, works: Iterable[SharedWork] | None = None) -> ProjectStart:
    """Return what V42 looks at; ``works`` are those of the cluster where the caller has read them."""
    if works is None:
        works = SharedWork.objects.filter(cluster_id=project.cluster_id).order_by("kind", "pk")
    return ProjectStart(project.stage, project.operating_from, tuple(works))
