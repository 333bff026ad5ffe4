"""The registry is what the decisions say: replayed, on any day, against raw SQL, by two people at once."""

import datetime as dt
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from clusters.choices import ClusterType, DecisionKind, Stage
from clusters.models import LEGAL_FACTS, Cluster, Decision, Observation
from clusters.services.decisions import ChangedMeanwhile, record_decision
from clusters.services.figures import stale_figures
from clusters.services.observations import add_observation
from clusters.services.replay import facts_on, replay
from core.changes import changes_where
from tests.factories.clusters import ClusterFactory, DecisionFactory, figures_of

START = dt.date(2025, 9, 15)

days = st.dates(START, dt.date(2026, 11, 1))
areas = st.decimals(min_value=1, max_value=500, places=2)
facts = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["CCN Một", "CCN Hai", "CCN Ba"]),
        "area_ha": areas,
        "industrial_land_ha": areas,
        "main_lines": st.sampled_from(["Chế biến gỗ", "Cơ khí"]),
        "stage": st.sampled_from([Stage.ESTABLISHED, Stage.CONSTRUCTION, Stage.OPERATING, Stage.ABOLISHED]),
        "cluster_type": st.sampled_from(list(ClusterType)),
    },
)
clears = st.lists(st.sampled_from(["area_ha", "industrial_land_ha", "main_lines"]), max_size=2, unique=True)
papers = st.lists(st.tuples(days, facts, clears, st.booleans()), min_size=1, max_size=6)


class ReplayProperties(TestCase):
    """Whatever is recorded, in whatever order, the cluster is what its decisions say."""

    @settings(max_examples=20)
    @given(papers)
    def test_the_stored_facts_are_the_replay_of_the_decisions(self, drawn: list[Any]) -> None:
        cluster = ClusterFactory(effective_on=START)
        recorded: list[Decision] = list(Decision.objects.filter(cluster=cluster))
        for number, (day, sets, cleared, corrects_last) in enumerate(drawn):
            last = recorded[-1]
            kind = DecisionKind.CORRECT if corrects_last and len(recorded) > 1 else DecisionKind.OPENING
            recorded.append(
                record_decision(
                    cluster=cluster,
                    kind=kind,
                    sets=sets,
                    clears=[fact for fact in cleared if fact not in sets],
                    effective_on=day,
                    user=None,
                    reason="thử",
                    number=f"{number}/QĐ",
                    corrects=last if kind == DecisionKind.CORRECT else None,
                )
            )
        cluster.refresh_from_db()
        corrected = {decision.corrects_id for decision in recorded}
        standing = sorted(
            (decision for decision in recorded if decision.pk not in corrected),
            key=lambda decision: (decision.effective_on, decision.pk),
        )
        expected = replay(standing).values
        for fact in LEGAL_FACTS:
            stored, said = getattr(cluster, fact), expected.get(fact)
            assert stored == said or (stored in (None, "") and said in (None, "")), fact
        for day in sorted({decision.effective_on for decision in recorded}):
            then = [decision for decision in standing if decision.effective_on <= day]
            assert facts_on(cluster, day).values == replay(then).values
        assert not stale_figures().filter(pk=cluster.pk).exists()


@pytest.mark.django_db
def test_the_state_of_a_past_day_leaves_later_decisions_out() -> None:
    cluster = ClusterFactory()
    DecisionFactory(cluster=cluster, sets={"area_ha": Decimal(66)}, issued_on=dt.date(2026, 5, 1))
    assert not facts_on(cluster, dt.date(2025, 9, 14)).exist
    assert facts_on(cluster, dt.date(2026, 4, 30)).area_ha == Decimal(60)
    assert facts_on(cluster, dt.date(2026, 5, 1)).area_ha == Decimal(66)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clusters_cluster SET area_ha = 1 WHERE id = %s",
        "UPDATE clusters_cluster SET name = 'khác' WHERE id = %s",
        "UPDATE clusters_cluster SET investor_id = NULL, stage = 'operating' WHERE id = %s",
    ],
)
def test_raw_sql_cannot_change_a_legal_fact(statement: str) -> None:
    cluster = ClusterFactory()
    with (
        pytest.raises(DatabaseError, match="recording a decision"),
        transaction.atomic(),
        connection.cursor() as raw,
    ):
        raw.execute(statement, [cluster.pk])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE clusters_decision SET number = '' WHERE id = %s", "DELETE FROM clusters_decision WHERE id = %s"],
)
def test_a_recorded_decision_is_neither_changed_nor_removed(statement: str) -> None:
    decision = DecisionFactory()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as raw:
        raw.execute(statement, [decision.pk])


@pytest.mark.django_db
def test_details_may_change_beside_the_decisions() -> None:
    cluster = ClusterFactory()
    with connection.cursor() as raw:
        raw.execute("UPDATE clusters_cluster SET address = 'Thôn 2' WHERE id = %s", [cluster.pk])
    cluster.refresh_from_db()
    assert cluster.address == "Thôn 2"


@pytest.mark.django_db
def test_a_decision_leaves_who_when_why_in_the_history() -> None:
    decision = DecisionFactory(sets={"area_ha": Decimal(61)}, reason="Đo đạc lại")
    change = changes_where(Cluster, pgh_obj_id=decision.cluster_id)[0][1]
    assert change.reason == "Đo đạc lại"
    assert [(field.old, field.new) for field in change.fields if field.name == "area_ha"] == [("60", "61")]


@pytest.mark.django_db
def test_a_decision_that_takes_effect_before_it_was_issued_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        DecisionFactory(effective_on=dt.date(2026, 3, 1), issued_on=dt.date(2026, 3, 2))
    assert "effective_on" in refused.value.error_dict


def together(*jobs: Any) -> list[Any]:
    """Run jobs in threads with connections of their own; return what each gave back or raised."""
    results: list[Any] = [None] * len(jobs)
    gate = threading.Barrier(len(jobs))

    def run(place: int, job: Any) -> None:
        try:
            gate.wait(timeout=10)
            results[place] = job()
        except ValidationError as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_the_second_is_told_of_the_first() -> None:
    cluster = ClusterFactory()
    seen = Decision.objects.get(cluster=cluster).pk

    def record(number: str) -> Any:
        return lambda: record_decision(
            cluster=cluster,
            kind=DecisionKind.ADJUST,
            sets={"main_lines": number},
            effective_on=dt.date(2026, 3, 2),
            issued_on=dt.date(2026, 3, 2),
            issuer="UBND tỉnh",
            number=number,
            user=None,
            reason="cùng lúc",
            seen=seen,
        )

    results = together(record("1/QĐ"), record("2/QĐ"))
    conflicts = [result for result in results if isinstance(result, ChangedMeanwhile)]
    recorded = [result for result in results if isinstance(result, Decision)]
    assert len(conflicts) == len(recorded) == 1
    assert conflicts[0].newer == recorded
    assert Cluster.objects.get(pk=cluster.pk).main_lines == recorded[0].number


@pytest.mark.django_db(transaction=True)
def test_two_figures_at_once_never_exceed_the_industrial_land() -> None:
    cluster = ClusterFactory(industrial_land_ha=Decimal(45))

    def add(indicator: str) -> Any:
        return lambda: add_observation(
            cluster=cluster,
            indicator=indicator,
            value=Decimal(30),
            as_of=dt.date(2026, 6, 30),
            user=None,
            source_title="Báo cáo",
        )

    results = together(add("leased_ha"), add("approved_ha"))
    assert sum(isinstance(result, Observation) for result in results) == 1
    assert sum(isinstance(result, ValidationError) for result in results) == 1
    figures = figures_of(cluster)
    assert (figures.leased_ha or 0) + (figures.approved_ha or 0) == Decimal(30)
