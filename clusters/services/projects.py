"""Secondary projects: what the law says of one that is about to be recorded."""

from collections.abc import Iterable

from clusters.choices import ProjectStage
from clusters.models import SecondaryProject, SharedWork
from clusters.rules.projects import start_of
from law.regimes import NoRegimeError, Regime
from law.rules import Checklist, evaluate


def project_checklist(project: SecondaryProject, works: Iterable[SharedWork] | None = None) -> Checklist:
    """Return every rule about the start of a project, under the law of the day it started.

    The project need not be saved. ``works`` spares the query where the works of the cluster are known. A project that
    does not operate, or that started before any national law on clusters, has no finding.
    """
    oldest = Regime.all()[0]
    if project.stage != ProjectStage.OPERATING or project.operating_from is None:
        return Checklist(regime=oldest, findings=())
    try:
        regime = Regime.on(project.operating_from)
    except NoRegimeError:
        return Checklist(regime=oldest, findings=())
    if not regime.shared_works_before_operation.value:
        return Checklist(regime=regime, findings=())
    return evaluate(start_of(project, works), regime=regime)
