import datetime as dt

import pytest

from clusters.choices import ProjectStage, WorkKind, WorkStatus
from clusters.models import SecondaryProject, SharedWork
from clusters.rules.projects import ProjectStart, WorksBeforeOperation
from clusters.services.projects import project_checklist
from law.regimes import Regime
from law.rules import Outcome, Severity
from tests.factories.clusters import SharedWorkFactory

R5 = Regime.by_code("R5")
STARTED = dt.date(2026, 10, 1)


def start(*works, stage=ProjectStage.OPERATING, operating_from=STARTED):
    return ProjectStart(stage, operating_from, works)


def work(status, finished_on=None, kind=WorkKind.WASTEWATER_TREATMENT):
    return SharedWork(kind=kind, status=status, finished_on=finished_on)


def test_v42_a_project_operates_once_every_shared_work_is_complete():
    roads = work(WorkStatus.IN_USE, dt.date(2026, 9, 30), WorkKind.ROADS)
    rule = WorksBeforeOperation(R5)

    assert rule.check(start(roads, work(WorkStatus.FINISHED))).ok is True
    unfinished = rule.check(start(roads, work(WorkStatus.BUILDING)))
    assert unfinished.ok is False
    assert str(WorkKind.WASTEWATER_TREATMENT.label) in str(unfinished.explanation)
    assert rule.severity is Severity.WARN


@pytest.mark.parametrize(("finished_on", "ok"), [(STARTED, True), (STARTED + dt.timedelta(1), False)])
def test_v42_the_works_are_complete_on_the_day_the_project_starts(finished_on, ok):
    assert WorksBeforeOperation(R5).check(start(work(WorkStatus.IN_USE, finished_on))).ok is ok


def test_v42_where_no_work_is_recorded_nothing_is_complete():
    assert WorksBeforeOperation(R5).check(start()).ok is False


@pytest.mark.parametrize("gap", [{"stage": ProjectStage.LEASED}, {"operating_from": None}])
def test_v42_does_not_apply_before_the_project_operates(gap):
    assert WorksBeforeOperation(R5).check(start(**gap)).outcome is Outcome.NOT_APPLICABLE


def test_v42_rests_on_a_single_source_and_says_so():
    finding = WorksBeforeOperation(R5).check(start(work(WorkStatus.BUILDING)))

    assert finding.verified is False
    assert [rule for rule in Regime.all() if WorksBeforeOperation.applies(rule)] == [R5]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "codes"), [(dt.date(2026, 9, 14), []), (dt.date(2026, 9, 15), ["V42"]), (dt.date(2009, 1, 1), [])]
)
def test_v42_is_asked_under_the_law_of_the_day_the_project_started(day, codes):
    cluster = SharedWorkFactory(status=WorkStatus.BUILDING, finished_on=None).cluster
    project = SecondaryProject(cluster=cluster, stage=ProjectStage.OPERATING, operating_from=day)

    assert [finding.rule.code for finding in project_checklist(project).warnings] == codes


@pytest.mark.django_db
def test_v42_takes_the_works_a_caller_has_read(django_assert_num_queries):
    project = SecondaryProject(stage=ProjectStage.OPERATING, operating_from=STARTED)

    with django_assert_num_queries(0):
        assert project_checklist(project, [work(WorkStatus.IN_USE)]).ok
        assert project_checklist(project, [work(WorkStatus.BUILDING)]).warnings
