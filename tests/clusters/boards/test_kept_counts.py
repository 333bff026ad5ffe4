"""Kept counts say what counting now would say, whoever wrote, and say so when they do not."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.utils import timezone

from accounts.roles import Role
from clusters import boards
from clusters.boards import board_here
from clusters.choices import WorkStatus
from clusters.models import BoardChange, BoardCount, BoardState, Cluster, Investor, Obstacle
from clusters.quality.board import board_of
from clusters.services.boards import BOARDS, count_due, count_province
from clusters.services.records import save_record
from clusters.tasks import count_boards
from clusters.timelines import KINDS
from places.models import Commune
from tests.clusters.boards.cases import CASES, make
from tests.clusters.boards.test_pages import QUALITY_PAGE, busy_cluster
from tests.factories import clusters as made
from tests.factories.accounts import commune, province

pytestmark = pytest.mark.django_db


def here(name="quality", by="commune_id"):
    return board_here(
        name, Cluster.objects.counted(), by=by, day=timezone.localdate(), provinces=[province().pk]
    )


def counted_now(name="quality", by="commune_id"):
    clusters = Cluster.objects.counted().filter(province=province())
    return board_of(BOARDS[name], clusters, by=by, day=timezone.localdate())


def test_what_is_kept_is_what_counting_says():
    busy_cluster(commune=commune())
    busy_cluster(province=province("52"))
    for code in sorted(CASES):
        make(CASES[code][0])

    for name, by in itertools.product(BOARDS, ["province_id", "commune_id"]):
        kept = here(name, by)
        assert kept.board == counted_now(name, by), (name, by)
        assert kept.board.checks
        assert kept.is_behind is False


def test_what_a_service_writes_is_counted_by_the_next_reader():
    cluster = busy_cluster(commune=commune())
    before = here("watch").board.checks["W03"].rows
    obstacle = Obstacle.objects.get(cluster=cluster)
    obstacle.resolved_on = timezone.localdate()
    obstacle.resolution = "đã giải quyết"
    save_record(record=obstacle, reason="đã xong", cluster=cluster)

    after = here("watch").board

    assert before == 1
    assert "W03" not in after.checks
    assert after == counted_now("watch")


def test_raw_sql_is_counted_too():
    busy_cluster(commune=commune())
    here()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clusters_secondaryproject SET land_ha = NULL")
        cursor.execute("DELETE FROM clusters_milestone")

    assert here().board == counted_now()


def test_a_cluster_that_moves_is_counted_at_its_new_place_only():
    cluster = busy_cluster(commune=commune())
    here()
    other = Commune.objects.in_force().filter(province=province()).exclude(pk=commune().pk).order_by("pk")[0]
    made.DecisionFactory(cluster=cluster, sets={"commune": other})

    assert {place for place, tally in here().board.places.items() if tally.clusters} == {other.pk}


@pytest.mark.parametrize("factory", sorted({f"{kind.model.__name__}Factory" for kind in KINDS.values()}))
def test_every_record_of_a_cluster_notes_its_place(factory):
    if not hasattr(made, factory):
        pytest.skip("made by another record's factory")
    BoardChange.objects.all().delete()

    getattr(made, factory)()

    assert BoardChange.objects.exists()


def test_an_investor_and_a_plan_note_the_places_of_their_clusters():
    investor = made.InvestorFactory()
    cluster = busy_cluster(commune=commune(), investor=investor)
    line = made.PlannedClusterFactory(cluster=cluster)
    for row in (investor, line, line.plan):
        BoardChange.objects.all().delete()
        row.save()
        assert set(BoardChange.objects.values_list("commune_id", flat=True)) == {commune().pk}
    assert Investor.objects.filter(pk=investor.pk).exists()


def test_the_illustration_notes_nothing():
    cluster = made.ClusterFactory()
    Cluster.objects.filter(pk=cluster.pk).update(is_illustration=True)
    BoardChange.objects.all().delete()

    made.ObstacleFactory(cluster=cluster)

    assert not BoardChange.objects.exists()


def test_more_than_a_reader_waits_for_is_left_to_the_task_and_said(client_of, monkeypatch):
    busy_cluster(commune=commune())
    here()
    monkeypatch.setattr(boards, "AT_ONCE", 0)
    BoardState.objects.update(counted_at=timezone.now() - dt.timedelta(hours=1))
    busy_cluster(commune=commune())

    behind = here()
    page = client_of(Role.DEPARTMENT_OFFICER).get(QUALITY_PAGE).content.decode()

    assert behind.is_behind
    assert timezone.now() - behind.at > dt.timedelta(minutes=59)
    assert behind.board.clusters == 1
    assert "ít phút" in page

    assert count_boards() == 1
    assert here().board == counted_now()
    assert not here().is_behind


def test_a_new_day_and_other_checks_are_counted_anew():
    busy_cluster(commune=commune())
    here()
    for change in ({"day": timezone.localdate() - dt.timedelta(days=1)}, {"mark": "earlier"}):
        BoardState.objects.update(**change)
        BoardCount.objects.update(findings=77)
        assert here().board == counted_now()


def test_the_task_leaves_what_is_up_to_date_alone():
    busy_cluster(commune=commune())
    assert count_due() == [province().pk]
    assert count_due() == []


def test_a_province_without_clusters_left_is_counted_as_empty():
    cluster = busy_cluster(commune=commune())
    count_province(cluster.province_id)
    Cluster.objects.filter(pk=cluster.pk).update(is_illustration=True)

    assert here().board.clusters == 0


def test_a_mended_finding_is_gone_on_the_next_page(client_of):
    cluster = busy_cluster(commune=commune())
    client = client_of(Role.DEPARTMENT_OFFICER)
    assert "R07" in {line.check.code for line in client.get(QUALITY_PAGE).context["failing"]}

    made.WastewaterPlantFactory(cluster=cluster, status=WorkStatus.IN_USE)

    assert "R07" not in {line.check.code for line in client.get(QUALITY_PAGE).context["failing"]}
