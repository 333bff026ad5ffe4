"""What do I need, procedure pages, notices: made from the tables, right for every regime."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from clusters.choices import Stage
from clusters.procedures.establish import EstablishCluster
from dossiers.procedures import elsewhere, procedure, procedures
from dossiers.procedures.diagram import diagram_of
from dossiers.standing import time_left
from law.regimes import Regime
from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory, PlannedClusterFactory
from tests.factories.dossiers import Walk, moment, planned

pytestmark = pytest.mark.django_db
RUNS = [(one.code, regime) for one in procedures() for regime in one.regimes]


def need(**query):
    return Client().get(reverse("dossiers:need"), query)


@pytest.mark.parametrize(("code", "regime"), RUNS)
def test_a_procedure_page_says_everything_of_its_table(code, regime):
    page = Client().get(reverse("dossiers:procedure", args=[code]), {"regime": regime})
    text = page.content.decode()
    facts = page.context["facts"]
    assert facts.regime.code == regime
    lines = procedure(code).table(Regime.by_code(regime))
    reachable = {state.code for state in procedure(code).states_of(Regime.by_code(regime))}
    assert [move.transition for move in facts.moves] == [t for t in lines if reachable & set(t.sources)]
    boxes = " ".join(word for box in page.context["diagram"].boxes for _y, word in box.lines)
    for state in procedure(code).states_of(Regime.by_code(regime)):
        assert " ".join(str(state.label).split()) in boxes
    for one in facts.documents:
        assert str(one.label)[1:] in text
    for one in facts.steps:
        assert str(one.limit) in text
    assert '<svg class="diagram"' in text
    assert 'aria-labelledby="diagram-title diagram-desc"' in text


@pytest.mark.parametrize(("code", "regime"), RUNS)
def test_the_diagram_draws_every_move_and_nothing_outside_its_frame(code, regime):
    table, law = procedure(code), Regime.by_code(regime)
    diagram = diagram_of(table, law)
    numbers = {int(one) for arrow in diagram.arrows for one in arrow.numbers.split(", ")}
    assert numbers == set(range(1, len(numbers) + 1))
    assert len(diagram.boxes) == len(table.states_of(law))
    for arrow in diagram.arrows:
        assert arrow.left >= 0
        assert arrow.left + arrow.width <= diagram.width
        assert 11 <= arrow.y <= diagram.height - 11
    badges = [(arrow.x, arrow.y) for arrow in diagram.arrows]
    assert len(set(badges)) == len(badges)
    assert all(box.y + box.height <= diagram.height for box in diagram.boxes)


@pytest.mark.parametrize("code", ["establish_cluster", "expand_cluster"])
def test_articles_of_a_later_decree_are_not_claimed_for_an_older_law(code):
    address = reverse("dossiers:procedure", args=[code])
    for regime in procedure(code).regimes:
        text = Client().get(address, {"regime": regime}).content.decode()
        assert ("khoản 3 Điều 10 Nghị định 32/2024/NĐ-CP" in text) == (regime not in ("R1", "R1b")), regime


def test_an_unknown_procedure_is_not_found_and_an_unknown_regime_is_the_present_one():
    assert Client().get(reverse("dossiers:procedure", args=["khong-co"])).status_code == 404
    page = Client().get(reverse("dossiers:procedure", args=["establish_cluster"]), {"regime": "R99"})
    assert page.context["is_present"]


def test_the_days_of_the_law_in_force_are_added_up_by_unit():
    page = need(procedure="establish_cluster")
    assert page.context["facts"].totals == ["37 ngày làm việc"]
    assert page.context["facts"].is_unverified
    assert "chưa kiểm chứng" in page.content.decode()


def test_what_the_portal_does_not_run_is_said_honestly():
    text = need().content.decode()
    assert len(elsewhere()) >= 3
    assert all(str(one.title) in text for one in elsewhere())


def test_a_line_of_the_list_is_found_by_an_old_district_and_without_tone_marks():
    line = planned(name="Phú Thịnh Thử")
    page = need(procedure="establish_cluster", planned_cluster="phu thinh thu")
    assert page.context["case"]["matter"].endswith(line.name)
    assert page.context["case"]["place"].commune == commune()
    answer = Client().get(reverse("target_suggest", args=["planned"]), {"q": "thành phố Yên Bái"})
    assert any(one["code"] == str(line.pk) for one in answer.json()["results"])


def test_lines_are_offered_as_a_vietnamese_dictionary_orders_them():
    plan = planned(name="Thử Đức 10").plan
    for name in ("Thử Em", "Thử Đức 2", "Thử An", "Thử Dân", "Thử Ánh"):
        PlannedClusterFactory(plan=plan, name=name)
    answer = Client().get(reverse("target_suggest", args=["planned"]), {"q": "thu"})
    names = [one["text"].split(",")[0] for one in answer.json()["results"]]
    assert names == ["Thử An", "Thử Ánh", "Thử Dân", "Thử Đức 2", "Thử Đức 10", "Thử Em"]


def test_a_list_that_was_superseded_offers_nothing():
    line = planned(name="Phú Thịnh Thử")
    line.plan.superseded_on = dt.date(2026, 1, 1)
    line.plan.save()
    answer = Client().get(reverse("target_suggest", args=["planned"]), {"q": "phu thinh thu"})
    assert answer.json()["results"] == []
    assert need(procedure="establish_cluster", planned_cluster="phu thinh thu").context["form"].errors


def test_a_name_of_several_lines_names_the_candidates():
    planned(name="Bắc Văn Yên 1")
    planned(name="Bắc Văn Yên 2")
    errors = need(procedure="establish_cluster", planned_cluster="bac van yen").context["form"].errors
    assert "Bắc Văn Yên 1" in errors["planned_cluster"][0]
    assert "Bắc Văn Yên 2" in errors["planned_cluster"][0]


def test_an_established_cluster_is_expanded_and_not_established_again():
    cluster = ClusterFactory(name="Âu Lâu Thử", commune=commune(), stage=Stage.OPERATING, is_published=True)
    planned(name="Âu Lâu Thử", cluster=cluster)
    errors = need(procedure="establish_cluster", planned_cluster="au lau thu").context["form"].errors
    assert "Âu Lâu Thử" in errors["planned_cluster"][0]
    page = need(procedure="expand_cluster", cluster="au lau thu")
    assert page.context["case"]["matter"] == "Mở rộng cụm công nghiệp Âu Lâu Thử"
    assert f"cluster={cluster.pk}" in page.context["begin_url"]


def test_an_open_notice_is_offered_to_join_and_a_case_without_one_is_not_told_of():
    walk = Walk(line=planned(name="Phú Thịnh Thử"))
    walk.file()
    assert (
        need(procedure="establish_cluster", planned_cluster="phu thinh thu").context["case"]["notice"] is None
    )


def test_the_words_for_cluster_stand_once_in_the_matter():
    line = planned(name="Cụm công nghiệp Bắc Văn Yên")
    page = need(procedure="establish_cluster", planned_cluster="bac van yen")
    assert page.context["case"]["matter"] == "Thành lập cụm công nghiệp Bắc Văn Yên"
    assert EstablishCluster.code in page.context["begin_url"]
    assert line.name.startswith("Cụm")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(3 * 1440 + 125, "3 ngày 2 giờ"), (125, "2 giờ 5 phút"), (1440, "1 ngày"), (0, "chưa đến một phút")],
)
def test_the_time_left_is_said_in_words(minutes, words):
    now = moment("2026-11-26")
    assert time_left(now + dt.timedelta(minutes=minutes), now) == words


def test_notices_are_open_until_the_last_day_is_over_and_closed_afterwards(time_machine):
    time_machine.move_to(moment("2026-10-13", "23:29"))
    walk = Walk(line=planned(name="Phú Thịnh Thử"))
    dossier = walk.to("open")
    assert need(procedure="establish_cluster", planned_cluster="phu thinh thu").context["case"]["notice"]
    opened = Client().get(reverse("dossiers:notices"))
    assert [row["left"] for row in opened.context["rows"]] == ["30 phút"]
    page = Client().get(reverse("dossiers:notice", args=[dossier.code]))
    assert f"dossier={dossier.code}" in page.context["row"]["join_url"]
    time_machine.move_to(moment("2026-10-14", "00:00"))
    assert Client().get(reverse("dossiers:notices")).context["rows"] == []
    (row,) = Client().get(reverse("dossiers:notices"), {"view": "closed"}).context["rows"]
    assert not row["is_open"]
    assert row["join_url"] == ""


def test_a_notice_shows_nothing_of_what_lies_in_the_dossier(time_machine):
    time_machine.move_to(moment("2026-10-10"))
    walk = Walk()
    dossier = walk.to("open")
    rival = walk.join()
    text = Client().get(reverse("dossiers:notice", args=[dossier.code])).content.decode()
    assert str(rival.organisation) not in text
    assert rival.code not in text


def test_where_the_list_is_not_in_the_portal_a_planned_cluster_of_the_registry_is_chosen():
    cluster = ClusterFactory(
        name="Trấn Yên Thử", commune=commune(), stage=Stage.PLANNED, area_ha=Decimal(40), is_published=True
    )
    page = need(procedure="establish_cluster", planned_cluster="", cluster="tran yen thu")
    assert page.context["case"]["matter"] == "Thành lập cụm công nghiệp Trấn Yên Thử"
    assert f"cluster={cluster.pk}" in page.context["begin_url"]
    assert need(procedure="expand_cluster", cluster="tran yen thu").context["form"].errors
    answer = Client().get(reverse("target_suggest", args=["registered"]), {"q": "tran yen thu"})
    assert [one["code"] for one in answer.json()["results"]] == [str(cluster.pk)]
