"""What stands in a portal once its real clusters and the demo are loaded; asked of a started one by ``test_run.py``.

The real clusters that ship enter through the services, once, with their sources.
"""

import datetime as dt
from io import StringIO

from django.core.management import call_command

from clusters.choices import DecisionKind, Stage
from clusters.loading.cases import TARGETS
from clusters.models import Cluster, Decision, DevelopmentPlan, Observation, SecondaryProject
from clusters.services.figures import stale_figures
from clusters.services.replay import facts_on
from dossiers.models import Application, Dossier, Notification
from dossiers.procedures import procedure


def expect_the_demo() -> None:
    """Check the database of this process; loading again adds nothing to it."""
    again = StringIO()
    call_command("load_demo", stdout=again)
    assert again.getvalue() == "nothing to add\n"
    assert Cluster.objects.counted().count() == 173
    assert SecondaryProject.objects.filter(cluster__is_illustration=False).count() == 59
    assert not Decision.objects.filter(source_title="").exists()
    assert not Observation.objects.filter(source_title="").exists()
    assert not stale_figures().exists()
    _au_lau_is_what_its_papers_say()
    _the_list_of_lao_cai_is_there_and_known_to_be_incomplete()
    _dossiers_are_there_in_every_state()


def _au_lau_is_what_its_papers_say() -> None:
    cluster = Cluster.objects.get(code="CCN-15-0058")
    facts = facts_on(cluster)
    assert (cluster.name, cluster.area_ha, cluster.stage) == ("Âu Lâu", 50, Stage.OPERATING)
    assert facts.source_of("established_on").number == "1656/QĐ-UBND"
    assert facts.source_of("area_ha").kind == DecisionKind.OPENING
    assert not facts_on(cluster, dt.date(2009, 10, 29)).exist
    assert facts_on(cluster, dt.date(2010, 1, 1)).area_ha is None
    assert not cluster.is_confirmed
    assert "tran" in cluster.search
    # One that shows every part of a page, and those the demo dossiers ask for.
    assert Cluster.objects.filter(is_illustration=True).count() == 1 + len(TARGETS)


def _the_list_of_lao_cai_is_there_and_known_to_be_incomplete() -> None:
    plan = DevelopmentPlan.objects.get()
    assert not plan.is_complete
    assert plan.planned_clusters.get(cluster__code="CCN-15-0058").area_ha == 75


def _dossiers_are_there_in_every_state() -> None:
    states = set(Dossier.objects.values_list("state", flat=True))
    assert states == {state.code for state in procedure("establish_cluster").states}
    assert Application.objects.drafts().exists()
    _a_bell_shows_a_handful_and_what_waits_for_an_answer_is_among_it()


def _a_bell_shows_a_handful_and_what_waits_for_an_answer_is_among_it() -> None:
    unread = Notification.objects.unread().order_by("pk")
    for email in Notification.objects.order_by("pk").values_list("user__email", flat=True).distinct():
        assert unread.filter(user__email=email).count() <= 9
    assert unread.filter(user__email="investor@demo.example", sentence="supplement_asked").exists()
    assert unread.filter(user__email="finance.laocai@demo.example", sentence="opinion_asked").exists()
    assert Notification.objects.filter(read_at__isnull=False).count() > 100
    # The newest stands on top because it was told last, not because its story was written last.
    told = Notification.objects.filter(user__email="investor@demo.example").order_by("-created_at", "-pk")
    assert len({one.created_at.date() for one in told}) > 10
    assert told[0].read_at is None
