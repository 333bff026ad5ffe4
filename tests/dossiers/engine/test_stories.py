"""From filing to decision under each law, across a Tet: the days of table a.1 reproduced, each counted by hand.

Every act happens on the very last day its step allows, so that a clock that is a day off in either direction shows: the
step would be late, or the act would come before its day. Counting: the day a period starts on is not counted; working
days leave out weekends and days off; a period of calendar days that ends on a day off moves to the next working day.
"""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.urls import reverse

from accounts.roles import Role
from clusters.models import Cluster
from dossiers.choices import Channel, Outcome, Punctuality
from dossiers.models import Application, StepRun
from dossiers.services import supplements
from dossiers.services.events import ActionRefused
from dossiers.services.filing import file_application
from dossiers.services.firing import fire
from tests.factories.accounts import OrganisationFactory, person
from tests.factories.dossiers import Walk, draft, moment

pytestmark = pytest.mark.django_db


@dataclass
class Days:
    """The days of one story; ``due`` are the last days of the steps, by hand."""

    filed: str
    due: dict[str, str]
    published: str = ""
    closes: str = ""
    opened: str = ""
    submitted: str = ""
    accepted: str = ""
    reported: str = ""
    decided: str = ""
    vice_chair_from: str = "Sở Tài chính tỉnh Lào Cai"
    punctuality: dict[str, str] = field(default_factory=dict)


# Decree 68/2017: no notice, no rivals, no council; 5 + 15 + 5 working days. Tet 2019: Mon 4 - Fri 8 February.
R1 = Days(
    filed="2019-01-30",  # Wednesday
    # S3, 5 wd: Thu 31.1 (1), Fri 1.2 (2), Tet, Mon 11 (3), Tue 12 (4), Wed 13.2 (5).
    submitted="2019-02-13",
    # S4, 15 wd from Wed 13.2: 14, 15 (2), 18-22 (7), 25.2-1.3 (12), Mon 4, Tue 5, Wed 6.3 (15).
    accepted="2019-02-14",
    reported="2019-03-06",
    # S5, 5 wd from Wed 6.3: 7, 8 (2), Mon 11, Tue 12, Wed 13.3 (5).
    decided="2019-03-13",
    due={"S3": "2019-02-13", "S4": "2019-03-06", "S5": "2019-03-13"},
)
# Decree 32/2024: 5 wd, 15 d, 5 wd, 25 d, 7 wd. Tet 2025: Mon 27 - Fri 31 January.
R2 = Days(
    filed="2025-01-23",  # Thursday
    # S1, 5 wd: Fri 24.1 (1), Tet, Mon 3.2 (2), 4, 5, Thu 6.2 (5).
    published="2025-02-06",
    # S2, 15 d from 6.2: 21.2, a Friday.
    closes="2025-02-21",
    opened="2025-02-24",
    # S3, 5 wd from the closing day, Fri 21.2: Mon 24 - Fri 28.2 (5).
    submitted="2025-02-28",
    # S4, 25 d from Fri 28.2, when the file was full: 25.3, a Tuesday.
    accepted="2025-03-03",
    reported="2025-03-25",
    # S5, 7 wd from Tue 25.3: 26, 27, 28 (3), Mon 31, 1.4, 2.4, Thu 3.4 (7).
    decided="2025-04-03",
    due={"S1": "2025-02-06", "S2": "2025-02-21", "S3": "2025-02-28", "S4": "2025-03-25", "S5": "2025-04-03"},
    vice_chair_from="Sở Kế hoạch và Đầu tư tỉnh Lào Cai",
)
# The same limits, done by the commune. Tet 2026: Mon 16 - Fri 20 February.
R3 = Days(
    filed="2026-01-29",  # Thursday
    # S1, 5 wd: Fri 30.1 (1), Mon 2.2 (2), 3, 4, Thu 5.2 (5).
    published="2026-02-05",
    # S2, 15 d from 5.2: 20.2, the last day of Tet; moved to Monday 23.2.
    closes="2026-02-23",
    opened="2026-02-24",
    # S3, 5 wd from Mon 23.2: 24, 25, 26, 27 (4), Mon 2.3 (5).
    submitted="2026-03-02",
    # S4, 25 d from 2.3: 27.3, a Friday.
    accepted="2026-03-03",
    reported="2026-03-27",
    # S5, 7 wd from Fri 27.3: 30, 31, 1.4, 2, 3 (5), Mon 6, Tue 7.4 (7).
    decided="2026-04-07",
    due={"S1": "2026-02-05", "S2": "2026-02-23", "S3": "2026-03-02", "S4": "2026-03-27", "S5": "2026-04-07"},
)
# Resolution 19/2026: 3, 10, 5, 20, 5 wd. It cannot reach a Tet by itself, so a supplement carries it over that of 2027
# (Thu 4 - Wed 10 February).
R4 = Days(
    filed="2026-09-11",  # Friday, the last one before Decree 303
    # S1, 3 wd: Mon 14, 15, Wed 16.9 (3).
    published="2026-09-16",
    # S2, 10 wd from Wed 16.9: 17, 18 (2), 21-25 (7), 28, 29, Wed 30.9 (10).
    closes="2026-09-30",
    opened="2026-10-01",
    # S3, 5 wd from Wed 30.9: 1, 2 (2), Mon 5, 6, Wed 7.10 (5).
    submitted="2026-10-07",
    accepted="2026-10-08",
    # S4, 20 wd from Wed 7.10: 8, 9 (2), Mon 12, Tue 13 (4); supplement asked on Wed 14.10, back on Fri 29.1.2027: these
    # days, both included, are not counted; Mon 1.2 (5), 2, Wed 3 (7), Tet, Thu 11, Fri 12 (9), 15-19 (14), 22-26 (19),
    # Mon 1.3 (20).
    reported="2027-03-01",
    # S5, 5 wd from Mon 1.3: 2, 3, 4, 5 (4), Mon 8.3 (5).
    decided="2027-03-08",
    due={"S1": "2026-09-16", "S2": "2026-09-30", "S3": "2026-10-07", "S4": "2027-03-01", "S5": "2027-03-08"},
)
# Decree 303/2026: 2, 5, 5, 20, 5 wd. Tet 2027: Thu 4 - Wed 10 February.
R5 = Days(
    filed="2027-01-25",  # Monday
    # S1, 2 wd: Tue 26, Wed 27.1 (2).
    published="2027-01-27",
    # S2, 5 wd from Wed 27.1: 28, 29 (2), Mon 1.2, 2, Wed 3.2 (5), the eve of Tet.
    closes="2027-02-03",
    opened="2027-02-11",
    # S3, 5 wd from Wed 3.2: Tet, Thu 11, Fri 12 (2), Mon 15, 16, Wed 17.2 (5).
    submitted="2027-02-17",
    # S4, 20 wd from Wed 17.2: 18, 19 (2), 22-26 (7), 1-5.3 (12), 8-12.3 (17), Mon 15, 16, Wed 17.3 (20).
    accepted="2027-02-18",
    reported="2027-03-17",
    # S5, 5 wd from Wed 17.3: 18, 19 (2), Mon 22, 23, Wed 24.3 (5).
    decided="2027-03-24",
    due={"S1": "2027-01-27", "S2": "2027-02-03", "S3": "2027-02-17", "S4": "2027-03-17", "S5": "2027-03-24"},
)
STORIES = {"R1": R1, "R2": R2, "R3": R3, "R4": R4, "R5": R5}


@pytest.fixture
def story(time_machine):
    """Walk a dossier along days, each act at its own moment of them, and return the walk."""

    def act(step, day, clock="10:00"):
        time_machine.move_to(moment(day, clock), tick=False)
        return step(at=moment(day, clock))

    def tell(code):
        days = STORIES[code]
        unit = OrganisationFactory(other_department=True, name=days.vice_chair_from)
        walk = Walk(consulted=person(Role.CONSULTED_OFFICER, organisation=unit))
        act(walk.file, days.filed)
        if days.published:
            act(walk.publish, days.published)
            act(lambda at: walk.join(at=at), days.closes, "23:59")
            act(walk.open_all, days.opened)
        act(walk.submit, days.submitted)
        act(walk.accept, days.accepted)
        if code == "R4":
            _supplement(walk, act)
        if days.published:
            act(walk.council, days.reported, "08:00")
        act(walk.report, days.reported) if days.published else act(
            lambda at: _report(walk, at), days.reported
        )
        act(walk.decide, days.decided)
        act(walk.complete, days.decided, "15:00")
        return walk

    return tell


def _report(walk, at):
    """Send the report where the law knows no council."""
    walk.judge(at - dt.timedelta(minutes=40))
    walk.paper("appraisal_report", walk.officer, at - dt.timedelta(minutes=30))
    fire(walk.dossier, "send_report", actor=walk.leader, at=at)


def _supplement(walk, act):
    def ask(at):
        return supplements.ask_for_supplement(
            dossier=walk.dossier,
            application=walk.application,
            items=[supplements.Wanted("field:place", "Thiếu tên thôn", "Ghi rõ thôn")],
            reason="Địa điểm chưa rõ",
            actor=walk.officer,
            at=at,
        )

    request = act(ask, "2026-10-14")
    assert walk.fresh().due_on is None, "while the clock stands still nobody knows the day"

    def answer(at):
        item = request.items.get()
        supplements.answer_item(item=item, user=walk.investor, answer="Thôn 3", at=at)
        supplements.hand_in_answers(request=request, user=walk.investor, at=at)

    act(answer, "2027-01-29")
    # The department looks at it only on Tuesday: that is its own time, the pause ended with the answer.
    act(lambda at: supplements.close_supplement(request=request, actor=walk.officer, at=at), "2027-02-02")


@pytest.mark.parametrize("code", STORIES)
def test_a_case_runs_to_its_decision_within_the_days_of_its_law(code, story):
    walk, days = story(code), STORIES[code]
    dossier = walk.fresh()
    assert (dossier.regime_code, dossier.state, dossier.is_open) == (code, "completed", False)
    runs = {run.step: run for run in StepRun.objects.filter(dossier=dossier).order_by("pk")}
    computed = {step: run.due_on.isoformat() for step, run in runs.items() if run.due_on}
    assert computed == days.due
    assert {step: run.punctuality for step, run in runs.items() if run.due_on} == dict.fromkeys(
        days.due, Punctuality.ON_TIME
    )
    # Sending the decision has no number of days in any law.
    assert (runs["S6"].punctuality, runs["S6"].due_on) == (Punctuality.NO_LIMIT, None)
    assert list(runs) == [*days.due, "S6"]
    assert walk.application.outcome == Outcome.CHOSEN
    if days.published:
        rival = Application.objects.get(dossier=dossier, is_first=False)
        assert rival.outcome == Outcome.NOT_CHOSEN
        assert dossier.notice.closes_on.isoformat() == days.closes
    assert Cluster.objects.get(name=walk.line.name).stage == "established"


def test_a_case_under_decree_66_goes_its_way_although_nobody_knows_its_days(time_machine, client):
    """R1b: no source tells a number of days, so none is counted and every page says so; a council scores."""
    walk = Walk()

    def act(step, day, clock="10:00"):
        time_machine.move_to(moment(day, clock), tick=False)
        return step(at=moment(day, clock))

    def pages():
        client.force_login(walk.commune_officer, backend="accounts.backends.AuthenticationBackend")
        yield client.get(walk.fresh().get_absolute_url()).content.decode()
        yield client.get(reverse("dossiers:my_work"), {"desk": "unit"}).content.decode()
        client.force_login(walk.investor, backend="accounts.backends.AuthenticationBackend")
        yield client.get(reverse("dossiers:application", args=[walk.application.pk])).content.decode()

    # Tet 2021: Wed 10 - Tue 16 February.
    act(walk.file, "2021-02-03")
    dossier = walk.fresh()
    assert (dossier.regime_code, dossier.state, dossier.step, dossier.due_on) == ("R1b", "opened", "S3", None)
    for page in pages():
        assert "chưa biết thời hạn" in page.lower()
        assert "chưa kiểm chứng" in page
        assert "pháp luật không quy định số ngày" not in page
    act(walk.submit, "2021-02-22")
    act(walk.accept, "2021-02-24")
    with pytest.raises(ActionRefused, match="hội đồng"):
        fire(walk.dossier, "send_report", actor=walk.leader)
    act(walk.council, "2021-03-10", "08:00")
    act(walk.report, "2021-03-12")
    act(walk.decide, "2021-03-25")
    act(walk.complete, "2021-03-25", "15:00")
    dossier = walk.fresh()
    assert (dossier.regime_code, dossier.state, dossier.is_open) == ("R1b", "completed", False)
    runs = StepRun.objects.filter(dossier=dossier).order_by("pk")
    assert [(run.step, run.due_on, run.punctuality, run.trace) for run in runs] == [
        (step, None, Punctuality.NO_LIMIT, {}) for step in ("S3", "S4", "S5", "S6")
    ]
    assert walk.application.outcome == Outcome.CHOSEN
    assert Cluster.objects.get(name=walk.line.name).stage == "established"
    asked = reverse("dossiers:procedure", args=[dossier.procedure_code])
    public = client.get(asked, {"regime": "R1b"}).content.decode()
    assert "chưa biết thời hạn" in public.lower()
    assert "chưa kiểm chứng" in public


def test_a_case_of_28_april_2026_is_decided_in_may_by_its_old_limits(time_machine):
    """Art. 7.1 of Resolution 19/2026: received before 29/4/2026, it keeps the law of the day it was received."""
    walk = Walk()

    def act(step, day):
        time_machine.move_to(moment(day), tick=False)
        step(at=moment(day))

    act(walk.file, "2026-04-28")  # Tuesday
    # S1 under R3, 5 wd: Wed 29.4 (1), 30.4 and 1.5 off, Mon 4 (2), 5, 6, Thu 7.5 (5). Under R4 it were Tue 5.5.
    assert walk.fresh().due_on == dt.date(2026, 5, 7)
    act(walk.publish, "2026-04-29")
    # S2 under R3, 15 d: 14.5. Under R4 10 wd: 15.5.
    assert walk.fresh().notice.closes_on == dt.date(2026, 5, 14)
    act(walk.open_all, "2026-05-15")
    act(walk.submit, "2026-05-15")
    act(walk.accept, "2026-05-18")
    # S4 under R3, 25 d from 15.5: 9.6. Under R4 20 wd: 12.6.
    assert walk.fresh().due_on == dt.date(2026, 6, 9)
    act(walk.council, "2026-05-21")
    act(walk.report, "2026-05-22")
    # S5 under R3, 7 wd from Fri 22.5: 25-29 (5), Mon 1.6, Tue 2.6 (7). Under R4 5 wd: 29.5.
    assert walk.fresh().due_on == dt.date(2026, 6, 2)
    act(walk.decide, "2026-05-27")
    act(walk.complete, "2026-05-28")
    dossier = walk.fresh()
    assert (dossier.regime_code, dossier.state) == ("R3", "completed")
    runs = StepRun.objects.filter(dossier=dossier).order_by("pk")
    assert [(run.step, run.punctuality, run.days_off) for run in runs] == [
        # 29.4 against 7.5: 4, 5, 6, 7 May are left.
        ("S1", "early", 4),
        ("S2", "on_time", 0),
        # From the closing day 14.5, 5 wd: 21.5; sent on Fri 15.5, 18-21 are left.
        ("S3", "early", 4),
        # 22.5 against 9.6, calendar days.
        ("S4", "early", 18),
        # Wed 27.5 against Tue 2.6: 28, 29, 1, 2.
        ("S5", "early", 4),
        ("S6", "no_limit", None),
    ]
    assert Cluster.objects.get(name=walk.line.name).stage == "established"


@pytest.mark.parametrize(
    ("postmarked", "regime"),
    [
        ("2026-04-27", "R3"),
        ("2026-04-28", "R3"),
        # Posted on the day the resolution took effect, or not posted: the new law.
        ("2026-04-29", "R4"),
        ("", "R4"),
    ],
)
def test_a_dossier_sent_by_post_keeps_the_law_of_its_postmark(postmarked, regime, time_machine):
    time_machine.move_to(moment("2026-05-05"), tick=False)
    walk = Walk()
    application = file_application(
        application=draft(walk.line, user=walk.investor),
        user=walk.investor,
        channel=Channel.POST,
        postmarked_on=dt.date.fromisoformat(postmarked) if postmarked else None,
    )
    dossier = application.dossier
    assert dossier.regime_code == regime
    # The days run from the receipt all the same. R3, 5 wd from Tue 5.5: 6, 7, 8, Mon 11, Tue 12; R4, 3 wd: Fri 8.5.
    assert dossier.received_on == dt.date(2026, 5, 5)
    assert dossier.due_on == {"R3": dt.date(2026, 5, 12), "R4": dt.date(2026, 5, 8)}[regime]
