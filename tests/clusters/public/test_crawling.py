"""Search engines are led to every public page once, and to nothing else."""

import re
from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client

from tests.assertions import assert_num_queries
from tests.factories.clusters import ClusterFactory

pytestmark = pytest.mark.django_db


def _rules(client: Client) -> RobotFileParser:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.content.decode().splitlines())
    return rules


def _places(client: Client, path: str) -> list[str]:
    return re.findall(r"<loc>(?:http://testserver)([^<]*)</loc>", client.get(path).content.decode())


def test_a_demo_asks_to_be_left_alone(client, settings):
    settings.DEMO = True
    assert not _rules(client).can_fetch("*", "/")


def test_public_pages_are_read_and_those_behind_the_sign_in_are_not(client, settings):
    settings.DEMO = False
    rules = _rules(client)
    assert rules.site_maps() == ["http://testserver/sitemap.xml"]
    for path in ("/", "/clusters/", "/clusters/CCN-15-0056/", "/land/", "/law/"):
        assert rules.can_fetch("*", path), path
    for path in (
        "/registry/clusters/",
        "/dossiers/work/",
        "/api/v1/clusters/",
        "/admin/",
        "/accounts/login/",
    ):
        assert not rules.can_fetch("*", path), path
    # The standard library takes the asterisk for a letter.
    assert "Disallow: /*?\n" in client.get("/robots.txt").content.decode()


def test_every_published_cluster_is_told_once_and_no_other(client):
    shown = ClusterFactory()
    ClusterFactory(is_published=False)
    ClusterFactory(is_illustration=True)
    sections = _places(client, "/sitemap.xml")
    assert sections == ["/sitemap-pages.xml", "/sitemap-clusters.xml"]
    pages, clusters = (_places(client, section) for section in sections)
    assert clusters == [shown.get_absolute_url()]
    assert {client.get(path).status_code for path in pages} == {200}


def test_the_list_of_clusters_costs_the_same_whatever_it_holds(client):
    ClusterFactory()
    client.get("/sitemap-clusters.xml")
    with assert_num_queries(2):
        client.get("/sitemap-clusters.xml")
    ClusterFactory.create_batch(5)
    with assert_num_queries(2):
        client.get("/sitemap-clusters.xml")
