"""Subjects for the rules, made without a database."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from clusters.choices import ClusterType, DecisionKind, Stage
from clusters.models import Cluster, Decision, Figures
from clusters.rules.subjects import ClusterState, DecisionSubject
from clusters.services.replay import ClusterFacts

DAY = dt.date(2026, 11, 1)


def facts(**values: Any) -> ClusterFacts:
    """Return facts laid down by one decision."""
    paper = Decision()
    return ClusterFacts(values, dict.fromkeys(values, paper))


@pytest.fixture
def state() -> Callable[..., ClusterState]:
    """Return a maker of cluster states: facts by name, ``figures`` and ``cluster`` as dictionaries."""

    def make(
        *, cluster: dict[str, Any] | None = None, figures: dict[str, Any] | None = None, **said: Any
    ) -> ClusterState:
        extra = {
            name: said.pop(name)
            for name in (
                "tenants",
                "planned",
                "plan_is_known",
                "neighbours",
                "overlaps",
                "households_left",
                "on",
            )
            if name in said
        }
        values = {"stage": Stage.ESTABLISHED, "cluster_type": ClusterType.ORDINARY, **said}
        return ClusterState(
            cluster=Cluster(**(cluster or {})),
            facts=facts(**values),
            figures=Figures(**(figures or {})),
            **{"on": DAY, **extra},
        )

    return make


@pytest.fixture
def decision() -> Callable[..., DecisionSubject]:
    """Return a maker of decisions about to be recorded: ``before`` and the facts they lay down."""

    def make(
        kind: DecisionKind,
        *,
        before: dict[str, Any] | None = None,
        figures: dict[str, Any] | None = None,
        planned: tuple[Any, ...] = (),
        plan_is_known: bool = False,
        **sets: Any,
    ) -> DecisionSubject:
        found = {"stage": Stage.ESTABLISHED, "cluster_type": ClusterType.ORDINARY, **(before or {})}
        return DecisionSubject(
            cluster=Cluster(),
            kind=kind,
            before=facts(**found),
            facts=facts(**{**found, **sets}),
            figures=Figures(**(figures or {})),
            on=DAY,
            planned=planned,
            plan_is_known=plan_is_known,
            sets=frozenset(sets),
        )

    return make


def ha(text: str) -> Decimal:
    """Return hectares."""
    return Decimal(text)
