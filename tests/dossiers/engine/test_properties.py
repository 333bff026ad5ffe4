"""Random legal walks over the table: whatever people do, the dossier stays sound and has a way out."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers.choices import Stance
from dossiers.models import Application, Council, Dossier, Event, OutboxMessage, Pause, StepRun
from dossiers.procedures import procedure, procedures
from dossiers.services import opinions, supplements
from dossiers.services.clocks import extend_step
from dossiers.services.events import ActionRefused
from dossiers.services.filing import withdraw_application
from dossiers.services.firing import available, fire
from law.provisions import DayUnit
from law.regimes import Regime
from law.vocabulary import DecisionItem
from tests.factories.dossiers import Walk, applicant, moment, organisation_of

pytestmark = pytest.mark.django_db
REFUSED = (ActionRefused, PermissionDenied, ValidationError)


#: Where walks begin, so that they are not all spent before the opening, and the moment then.
STARTS = {
    "open": moment("2026-10-06", "10:00"),
    "submitted": moment("2026-10-15", "10:00"),
    "appraisal": moment("2026-10-16", "10:00"),
    "deciding": moment("2026-10-27", "10:00"),
    "decided": moment("2026-10-30", "10:00"),
}


class Office:
    """Everybody around one dossier, doing what comes to their minds; the time goes on between two acts."""

    def __init__(self, clock, start: str) -> None:
        self.clock = clock
        now = STARTS[start]
        self.clock.move_to(now, tick=False)
        self.walk = Walk()
        self.walk.to(start)
        self.walk.rival = self.walk.rival or applicant("Công ty TNHH Đầu tư Đối Thủ")
        walk = self.walk
        self.people = [walk.commune_officer, walk.officer, walk.leader, walk.clerk, None]

    @property
    def dossier(self) -> Dossier:
        return self.walk.fresh()

    def wait(self, hours: int) -> None:
        self.clock.move_to(timezone.now() + dt.timedelta(hours=hours), tick=False)

    # --- The table ----------------------------------------------------------------------------------------------

    def actions(self) -> list[tuple[str, object]]:
        """List what anybody can do now by the table, with who."""
        dossier = self.dossier
        return [
            (one.transition.action, who)
            for who in self.people
            for one in available(dossier, who)
            if one.is_mine and one.is_now
        ]

    def act(self, action: str, who: object) -> Event:
        """Do an action with everything it needs: papers, facts, the council's choice."""
        dossier = self.dossier
        makers = {"submission": self.walk.commune_officer, "decision": self.walk.clerk}
        transition = procedure(dossier.procedure_code).transition(action, dossier.regime)
        for kind in transition.documents:
            self.walk.paper(kind, makers.get(kind, self.walk.officer), timezone.now())
        facts = {
            "publish_notice": {"text": "Thông báo", "media": "Đài truyền thanh"},
            "open_applications": {"present": "Mọi người"},
            "complete": {"sent_on": timezone.localdate()},
            "decide": {
                "number": "1/QĐ-UBND",
                "issued_on": timezone.localdate(),
                "signer": "Chủ tịch",
                "name": self.walk.line.name,
                "area_ha": self.walk.line.area_ha,
                "cluster_type": "ordinary",
                "main_lines": "Cơ khí",
                "items": {item.value: "Theo quyết định" for item in DecisionItem},
            },
        }.get(action, {})
        note = "Lý do" if transition.asks_reason else ""
        return fire(dossier, action, actor=who, note=note, **facts)

    # --- What is done besides -----------------------------------------------------------------------------------

    def join(self) -> None:
        self.walk.join(self.walk.rival, at=timezone.now())

    def withdraw_rival(self) -> None:
        own = Application.objects.filter(dossier=self.dossier, organisation=organisation_of(self.walk.rival))
        withdraw_application(application=own.live().get(), user=self.walk.rival, reason="Đổi ý")

    def withdraw_first(self) -> None:
        withdraw_application(application=self.walk.application, user=self.walk.investor, reason="Đổi ý")

    def ask(self) -> None:
        application = Application.objects.filter(dossier=self.dossier).live().order_by("-pk").first()
        supplements.ask_for_supplement(
            dossier=self.dossier,
            application=application,
            items=[supplements.Wanted("field:place", "Thiếu", "Bổ sung")],
            reason="Chưa rõ",
            actor=self.walk.officer,
        )

    def answer(self) -> None:
        request = self.dossier.supplements.filter(answered_at__isnull=True, closed_at__isnull=True).latest(
            "pk"
        )
        own = organisation_of(self.walk.rival)
        user = self.walk.rival if request.application.organisation_id == own.pk else self.walk.investor
        supplements.answer_item(item=request.items.get(), user=user, answer="Đã bổ sung")
        supplements.hand_in_answers(request=request, user=user)

    def close(self) -> None:
        request = self.dossier.supplements.filter(closed_at__isnull=True).latest("pk")
        supplements.close_supplement(request=request, actor=self.walk.officer, note="Hết hạn")

    def consult(self) -> None:
        opinions.ask_for_opinions(
            dossier=self.dossier,
            organisations=[organisation_of(self.walk.consulted)],
            question="Ý kiến",
            actor=self.walk.officer,
        )

    def opine(self) -> None:
        request = self.dossier.opinions.filter(answered_at__isnull=True).latest("pk")
        opinions.give_opinion(request=request, stance=Stance.AGREES, answer="", actor=self.walk.consulted)

    def extend(self) -> None:
        extend_step(
            dossier=self.dossier, days=2, unit=DayUnit.WORKING, reason="Phức tạp", actor=self.walk.leader
        )

    def score(self) -> None:
        if not Council.objects.filter(dossier=self.dossier).exists():
            self.walk.council(timezone.now())

    def others(self) -> list[Callable[[], None]]:
        """List what can be tried besides, so that few turns are spent on what has nothing to act on."""
        dossier = self.dossier
        if dossier.is_sealed:
            return [self.join, self.withdraw_rival, self.extend]
        made = [self.ask, self.consult, self.extend, self.score, self.withdraw_first]
        if dossier.supplements.filter(closed_at__isnull=True).exists():
            made += [self.answer, self.close, self.withdraw_rival]
        if dossier.opinions.filter(answered_at__isnull=True).exists():
            made.append(self.opine)
        return made

    # --- The way out --------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Bring the dossier to an end by what is always possible: close, wait, submit, refuse."""
        wanted = ("complete", "refuse", "refuse_incomplete", "recommend_refusal")
        for _turn in range(12):
            dossier = self.dossier
            if not dossier.is_open:
                return
            for request in dossier.supplements.filter(closed_at__isnull=True):
                supplements.close_supplement(request=request, actor=self.walk.officer, note="Hết hạn")
            self.wait(24 * 30)
            actions = self.actions()
            ending = [pair for name in wanted for pair in actions if pair[0] == name]
            self.act(*(ending or actions)[0])
        raise AssertionError(f"{self.dossier.state}: no way out in twelve actions")


def check(office: Office) -> None:
    """Assert what holds of a dossier at any time."""
    dossier = office.dossier
    state = dossier.state_row
    running = list(StepRun.objects.filter(dossier=dossier, ended_at__isnull=True))
    assert len(running) <= 1
    assert dossier.step == (running[0].step if running else "")
    assert state.step is None or not dossier.is_open or dossier.step == state.step
    assert dossier.is_open is not state.is_end
    assert dossier.waiting_for == state.waits_for
    assert (dossier.ended_at is None) is dossier.is_open
    events = Event.objects.filter(dossier=dossier)
    # The version is that of the last event: one that is sealed has the number of the one before it.
    assert dossier.version == max(events.values_list("version", flat=True))
    moved = list(events.exclude(to_state="").order_by("at", "pk").values_list("from_state", "to_state"))
    assert not moved or moved[-1][1] == dossier.state
    assert all(before[1] == after[0] for before, after in pairwise(moved))
    assert not dossier.is_open or Application.objects.filter(dossier=dossier).live().exists()
    assert dossier.state != "withdrawn" or dossier.cluster_case.decision_id is None
    open_pauses = Pause.objects.filter(dossier=dossier, ends_on__isnull=True).count()
    assert open_pauses == dossier.supplements.filter(closed_at__isnull=True).count()
    assert not dossier.is_open or (dossier.paused_since is not None) is (open_pauses > 0)
    assert not OutboxMessage.objects.filter(sent_at__isnull=False).exists()


@settings(
    max_examples=12,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(chance=st.randoms(use_true_random=True))
def test_whatever_people_do_the_dossier_stays_sound_and_comes_to_an_end(chance, time_machine):
    with transaction.atomic():
        office = Office(time_machine, chance.choice(list(STARTS)))
        for _turn in range(8):
            if not office.dossier.is_open:
                break
            office.wait(chance.choice([1, 20, 30, 200]))
            actions = office.actions()
            choice = chance.choice([*actions, *office.others()])
            before = office.dossier
            try:
                with transaction.atomic():
                    office.act(*choice) if isinstance(choice, tuple) else choice()
            except (*REFUSED, ObjectDoesNotExist) as refused:
                # What is refused, or has nothing to act on, leaves everything as it was.
                assert office.dossier.version == before.version, refused
                assert office.dossier.state == before.state
            check(office)
        office.end()
        check(office)
        transaction.set_rollback(True)


def test_from_every_state_of_every_law_an_end_can_be_reached():
    for table in procedures():
        for regime in map(Regime.by_code, table.regimes):
            lines = table.table(regime)
            for state in table.states_of(regime):
                reached = {state.code}
                while more := {one.target for one in lines if reached.intersection(one.sources)} - reached:
                    reached |= more
                ends = {code for code in reached if table.state(code).is_end}
                assert ends, f"{table.code} {regime.code}: no end after {state.code}"
                assert state.is_end is not any(state.code in one.sources for one in lines), state.code
