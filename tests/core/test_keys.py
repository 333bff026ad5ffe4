"""Keys as one alternative among others."""

import pytest
from django.db import connection
from django.db.models import Q

from clusters.models import Cluster
from core.keys import is_among
from tests.factories.clusters import ClusterFactory

pytestmark = pytest.mark.django_db


def test_rows_are_found_by_either_alternative():
    one, other, neither = ClusterFactory(), ClusterFactory(), ClusterFactory()
    condition = Q(code=one.code) | is_among(Cluster.objects.filter(pk=other.pk).values("pk"))
    assert set(Cluster.objects.filter(condition)) == {one, other}
    assert set(Cluster.objects.exclude(condition)) == {neither}


def test_no_keys_find_no_rows():
    ClusterFactory()
    assert not Cluster.objects.filter(is_among(Cluster.objects.filter(name="x").values("pk"))).exists()


def test_both_alternatives_are_answered_by_an_index():
    condition = Q(commune_id=1) | is_among(Cluster.objects.filter(name="x").values("pk"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "BitmapOr" in Cluster.objects.filter(condition).order_by().explain()
