"""Write the registry's other records: one door for all of them, with a reason and fresh figures."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models, transaction

from clusters.models import Cluster, Investor, SecondaryProject
from clusters.services.figures import refresh_figures
from clusters.services.searching import investor_keys, refresh_search, words_of
from clusters.services.tax import searchable
from core.history import because
from core.text import sort_key

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def save_record(
    *, record: Row, reason: str, cluster: Cluster | None = None, then: Callable[[], Any] | None = None
) -> Row:
    """Check and save a plot, project, work, clearance, milestone, obstacle, inspection, investor or plan line.

    ``cluster`` names whose figures rest on the record; ``then`` saves what hangs on it (many-to-many rows) in the
    same transaction. Raise ``ValidationError`` by field.
    """
    if isinstance(record, SecondaryProject):
        _name_project(record)
    elif isinstance(record, Investor):
        for column, value in investor_keys(record.name, record.tax_code).items():
            setattr(record, column, value)
    if cluster is not None:
        # Figures of one cluster are recomputed one writer at a time.
        Cluster.objects.select_for_update(of=("self",)).only("pk").get(pk=cluster.pk)
    with because(reason):
        record.full_clean()
        record.save()
        if then is not None:
            then()
    if cluster is not None:
        refresh_figures([cluster.pk])
    return record


@transaction.atomic
def delete_record(*, record: models.Model, reason: str, cluster: Cluster | None = None) -> None:
    """Remove a record entered by mistake; the history keeps it. Raise ``ProtectedError`` for one in use."""
    with because(reason):
        record.delete()
    if cluster is not None:
        refresh_figures([cluster.pk])


@transaction.atomic
def update_cluster_details(*, cluster: Cluster, reason: str, **details: Any) -> Cluster:
    """Change what no decision lays down: address, position, notes, publication, confirmation by the department."""
    cluster = Cluster.objects.select_for_update(of=("self",)).select_related("province").get(pk=cluster.pk)
    for name, value in details.items():
        setattr(cluster, name, value)
    refresh_search(cluster)
    with because(reason):
        cluster.full_clean(exclude=["commune"])
        cluster.save()
    return cluster


def _name_project(project: SecondaryProject) -> None:
    project.search = words_of(
        project.name,
        project.investor.name,
        searchable(project.investor.tax_code),
        project.product,
        project.certificate_number,
        project.cluster.name,
    )
    project.sort_key = sort_key(project.name)[:600]
