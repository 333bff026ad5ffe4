"""From the paper to the registry: recording, checking, correcting a decision."""

import datetime as dt
import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.roles import Role
from clusters.choices import DecisionKind, Stage
from clusters.models import Cluster, Decision, PlannedCluster
from clusters.services.replay import facts_on
from core.models import StoredFile
from tests.factories.accounts import commune
from tests.factories.clusters import (
    ClusterFactory,
    DecisionFactory,
    InvestorFactory,
    ObservationFactory,
    PlannedClusterFactory,
    SharedWorkFactory,
    WastewaterPlantFactory,
)

pytestmark = pytest.mark.django_db

OFFICER = Role.DEPARTMENT_OFFICER
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def pdf(name: str = "QD 812.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def paper(**fields: Any) -> dict[str, Any]:
    """An adjusting decision as an officer types it."""
    return {
        "kind": "adjust",
        "number": "812/QĐ-UBND",
        "issued_on": "05/03/2026",
        "issuer": "UBND tỉnh Lào Cai",
        "main_lines": "Cơ khí, điện tử",
        "reason": "Quyết định mới ban hành",
        "seen": "",
        **fields,
    }


def record(client: Client, cluster: Cluster, **fields: Any) -> Any:
    return client.post(reverse("registry:decision_create", args=[cluster.code]), paper(**fields))


def preview(client: Client, cluster: Cluster, **fields: Any) -> Any:
    return client.post(reverse("registry:decision_preview", args=[cluster.code]), paper(**fields))


def test_a_decision_with_its_file_goes_from_the_form_to_the_page(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    response = record(client, cluster, file=pdf())
    assert response.status_code == 302, response.context["form"].errors
    decision = Decision.objects.get(cluster=cluster, number="812/QĐ-UBND")
    assert decision.recorded_by == client.user
    assert decision.regime
    assert decision.source_file.sha256 == hashlib.sha256(PDF).hexdigest()
    page = client.get(response["Location"]).content.decode()
    assert "812/QĐ-UBND" in page
    assert decision.source_file.sha256 in page
    assert "Cơ khí, điện tử" in page


def test_the_file_is_served_privately_to_those_who_see_the_cluster(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    record(client, cluster, file=pdf())
    decision = Decision.objects.get(number="812/QĐ-UBND")
    address = reverse("registry:decision_file", args=[cluster.code, decision.pk])
    response = client.get(address)
    assert b"".join(response.streaming_content) == PDF
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client_of(OFFICER, province_code="52").get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_file_of_another_cluster_is_not_reached_through_the_own_one(
    client_of: Callable[..., Client],
) -> None:
    client, own, other = client_of(OFFICER), ClusterFactory(), ClusterFactory()
    record(client, other, file=pdf())
    decision = Decision.objects.get(number="812/QĐ-UBND")
    assert client.get(reverse("registry:decision_file", args=[own.code, decision.pk])).status_code == 404


def test_a_file_sent_as_soon_as_it_is_chosen_answers_with_its_hash(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    answer = client.post(reverse("registry:decision_upload"), {"file": pdf()}).content.decode()
    stored = StoredFile.objects.get()
    assert stored.sha256 in answer
    assert str(stored.key) in answer
    record(client, cluster, file_key=str(stored.key))
    assert Decision.objects.get(number="812/QĐ-UBND").source_file == stored


def test_a_file_that_is_not_what_it_says_is_refused_in_words(client_of: Callable[..., Client]) -> None:
    upload = SimpleUploadedFile("QD.pdf", b"MZ\x90\x00 a program", content_type="application/pdf")
    answer = client_of(OFFICER).post(reverse("registry:decision_upload"), {"file": upload})
    assert not StoredFile.objects.exists()
    assert "QD.pdf" in answer.content.decode()


def test_an_uploaded_file_survives_mistakes_elsewhere(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    response = record(client, cluster, file=pdf(), number="")
    assert response.status_code == 422
    stored = StoredFile.objects.get()
    assert f'value="{stored.key}"' in response.content.decode()


def test_nobody_takes_the_file_that_somebody_else_sent(client_of: Callable[..., Client]) -> None:
    client_of(OFFICER).post(reverse("registry:decision_upload"), {"file": pdf()})
    response = record(client_of(OFFICER), ClusterFactory(), file_key=str(StoredFile.objects.get().key))
    assert "file_key" in response.context["form"].errors


def test_every_gap_of_the_paper_is_named_at_its_field(client_of: Callable[..., Client]) -> None:
    response = record(client_of(OFFICER), ClusterFactory(), number="", issued_on="", issuer="", reason="")
    errors = response.context["form"].errors
    assert {"issued_on", "reason"} <= set(errors)
    response = record(client_of(OFFICER), ClusterFactory(), number="", issuer="")
    assert {"number", "issuer"} <= set(response.context["form"].errors)


def expandable() -> Cluster:
    """A cluster that the law lets grow: full, works in use, in the plan with the greater area."""
    cluster = ClusterFactory(
        operating=True, area_ha=Decimal(40), industrial_land_ha=Decimal(30), commune=commune()
    )
    ObservationFactory(cluster=cluster, value=Decimal(20), as_of=dt.date(2026, 2, 1))
    for kind in ("roads", "water", "wastewater_collection", "wastewater_treatment", "solid_waste", "fire"):
        SharedWorkFactory(cluster=cluster, kind=kind, status="in_use", as_of=dt.date(2026, 2, 1))
    WastewaterPlantFactory(cluster=cluster, as_of=dt.date(2026, 2, 1))
    PlannedClusterFactory(cluster=cluster, commune=cluster.commune, area_ha=Decimal(70))
    return Cluster.objects.get(pk=cluster.pk)


def test_an_expansion_by_the_area_added_gives_the_new_total(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), expandable()
    response = record(
        client,
        cluster,
        kind="expand",
        added_area_ha="25,5",
        industrial_land_ha="48",
        main_lines="",
        warning_reason="x",
    )
    assert response.status_code == 302, response.context["form"].errors
    cluster.refresh_from_db()
    assert cluster.area_ha == Decimal("65.5")
    assert facts_on(cluster, dt.date(2026, 3, 4)).area_ha == Decimal(40)


def test_an_added_area_and_a_total_that_disagree_are_refused(client_of: Callable[..., Client]) -> None:
    response = record(client_of(OFFICER), expandable(), kind="expand", added_area_ha="25", area_ha="70")
    assert "area_ha" in response.context["form"].errors


def test_the_preview_shows_facts_occupancy_and_rules_and_writes_nothing(
    client_of: Callable[..., Client],
) -> None:
    client, cluster = client_of(OFFICER), expandable()
    answer = preview(client, cluster, kind="expand", added_area_ha="30", industrial_land_ha="60")
    page = answer.context["page"]
    changed = {change.key: (change.before, change.after) for change in page.changes if change.changed}
    assert changed["area_ha"] == ("40\u00a0ha", "70\u00a0ha")
    assert page.rates[0][0].value != page.rates[0][1].value
    assert [row.code for row in page.rows]
    assert Decision.objects.filter(cluster=cluster).count() == 1
    assert Cluster.objects.get(pk=cluster.pk).area_ha == Decimal(40)


def test_the_preview_of_an_unfinished_form_asks_for_the_day(client_of: Callable[..., Client]) -> None:
    answer = preview(client_of(OFFICER), ClusterFactory(), issued_on="", number="")
    assert answer.status_code == 200
    assert answer.context["page"] is None


def test_the_day_of_receipt_decides_the_law_and_the_preview_says_why(
    client_of: Callable[..., Client],
) -> None:
    answer = preview(client_of(OFFICER), ClusterFactory(), issued_on="01/10/2026", received_on="02/02/2025")
    page = answer.context["page"]
    assert page.preview.regime.code == "R2"
    assert page.regime_reason


def test_a_blocking_rule_stops_the_record_with_its_sentence(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), expandable()
    response = record(
        client, cluster, kind="expand", added_area_ha="60", industrial_land_ha="48", main_lines=""
    )
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    assert Cluster.objects.get(pk=cluster.pk).area_ha == Decimal(40)


def test_somebody_elses_record_is_shown_and_the_input_kept(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    seen = Decision.objects.get(cluster=cluster).pk
    other = DecisionFactory(cluster=cluster, number="99/QĐ-UBND")
    response = record(client, cluster, seen=str(seen))
    body = response.content.decode()
    assert response.status_code == 422
    assert response.context["newer"] == [other]
    assert "Cơ khí, điện tử" in body
    assert record(client, cluster, seen=response.context["form"]["seen"].value()).status_code == 302


def test_the_same_paper_is_not_recorded_twice(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    assert record(client, cluster).status_code == 302
    assert "number" in record(client, cluster).context["form"].errors


def test_the_investor_is_taken_by_tax_code_or_name(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    investor = InvestorFactory(name="Công ty Hạ tầng Tây Bắc", tax_code="5300123456")
    response = record(client, cluster, kind="assign_investor", investor="ha tang tay bac", main_lines="")
    assert response.status_code == 302, response.context["form"].errors
    cluster.refresh_from_db()
    assert cluster.investor == investor
    answer = record(
        client, cluster, kind="assign_investor", investor="không có ai", main_lines="", number="2"
    )
    assert "investor" in answer.context["form"].errors


def test_the_picker_offers_investors_by_any_word(client_of: Callable[..., Client]) -> None:
    InvestorFactory(name="Công ty Hạ tầng Tây Bắc", tax_code="5300123456")
    answer = client_of(OFFICER).get(
        reverse("registry:investor_suggest"), {"field": "investor", "investor": "tay bac"}
    )
    assert "Công ty Hạ tầng Tây Bắc – 5300123456" in answer.content.decode()


def test_a_correction_takes_the_place_of_the_record_and_both_stay(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    wrong = DecisionFactory(cluster=cluster, sets={"area_ha": Decimal(65)})
    address = reverse("registry:decision_correct", args=[cluster.code, wrong.pk])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields if name not in ("file", "clears")}
    typed |= {"area_ha": "56", "reason": "Đọc nhầm số trên bản quét"}
    typed |= {name: typed[name].strftime("%d/%m/%Y") for name in ("issued_on", "effective_on")}
    response = client.post(address, typed)
    assert response.status_code == 302, response.context["form"].errors
    cluster.refresh_from_db()
    assert cluster.area_ha == Decimal(56)
    body = client.get(response["Location"]).content.decode()
    right = Decision.objects.get(corrects=wrong)
    assert f'href="#decision-{right.pk}"' in body
    assert "<s>" in body


def test_the_preview_of_a_correction_shows_what_differs(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    wrong = DecisionFactory(cluster=cluster, sets={"area_ha": Decimal(65)})
    address = reverse("registry:decision_preview", args=[cluster.code])
    answer = client.post(
        f"{address}?corrects={wrong.pk}",
        paper(kind="correct", number=wrong.number, issued_on="02/03/2026", main_lines="", area_ha="56"),
    )
    assert [(change.key, change.before, change.after) for change in answer.context["page"].diff] == [
        ("area_ha", "65\u00a0ha", "56\u00a0ha")
    ]


def test_a_new_cluster_is_opened_with_its_first_decision(client_of: Callable[..., Client]) -> None:
    client = client_of(OFFICER)
    typed = paper(
        kind="opening",
        name="CCN Bản Qua",
        area_ha="30",
        industrial_land_ha="21,5",
        stage="established",
        seen="0",
    )
    response = client.post(reverse("registry:cluster_create"), typed)
    assert response.status_code == 302, response.context["form"].errors
    cluster = Cluster.objects.get(name="CCN Bản Qua")
    assert (cluster.area_ha, cluster.stage) == (Decimal(30), Stage.ESTABLISHED)
    assert cluster.province == client.user.active_memberships[0].organisation.province


def test_a_refused_decision_leaves_no_empty_cluster_behind(client_of: Callable[..., Client]) -> None:
    client = client_of(OFFICER)
    typed = paper(kind="establish", name="CCN Bản Qua", area_ha="900", seen="0")
    response = client.post(reverse("registry:cluster_create"), typed)
    assert response.status_code == 422
    assert not Cluster.objects.filter(name="CCN Bản Qua").exists()
    client.post(reverse("registry:cluster_create_preview"), typed)
    assert not Cluster.objects.filter(name="CCN Bản Qua").exists()


def test_a_cluster_opened_from_a_line_of_the_plan_is_linked_to_it(client_of: Callable[..., Client]) -> None:
    client, line = client_of(OFFICER), PlannedClusterFactory(name="CCN Bản Vược", area_ha=Decimal(42))
    address = f"{reverse('registry:cluster_create')}?planned={line.pk}"
    assert client.get(address).context["form"]["name"].value() == "CCN Bản Vược"
    client.post(address, paper(kind="opening", name="CCN Bản Vược", area_ha="42", seen="0"))
    assert PlannedCluster.objects.get(pk=line.pk).cluster.name == "CCN Bản Vược"


def test_the_checklist_kept_with_a_decision_is_shown_in_both_languages(
    client_of: Callable[..., Client],
) -> None:
    client, cluster = client_of(OFFICER), expandable()
    response = record(
        client,
        cluster,
        kind="expand",
        added_area_ha="20",
        industrial_land_ha="45",
        main_lines="",
        warning_reason="x",
    )
    assert response.status_code == 302, response.context["form"].errors
    decision = Decision.objects.get(number="812/QĐ-UBND")
    assert decision.checklist
    for language in ("vi", "en"):
        with translation.override(language):
            client.cookies["django_language"] = language
            assert decision.checklist[0][language]["sentence"] in client.get(
                reverse("registry:cluster", args=[cluster.code])
            ).content.decode().replace("&quot;", '"')


@pytest.mark.parametrize("kind", [kind for kind in DecisionKind if kind != DecisionKind.OPENING])
def test_the_form_of_each_kind_is_laid_out(client_of: Callable[..., Client], kind: DecisionKind) -> None:
    page = client_of(OFFICER).get(
        reverse("registry:decision_create", args=[ClusterFactory().code]), {"kind": kind.value}
    )
    assert page.status_code == 200


def test_rules_that_forbid_gaps_of_the_paper_and_warnings_are_told_at_once(
    client_of: Callable[..., Client],
) -> None:
    crossing = '{"type": "Polygon", "coordinates": [[[104, 22], [105, 23], [105, 22], [104, 23], [104, 22]]]}'
    response = record(
        client_of(OFFICER), expandable(), kind="expand", area_ha="35,5", number="", boundary=crossing
    )
    form = response.context["form"]
    assert "number" in form.errors
    assert "warning_reason" in form.errors
    (told,) = [text for text in form.non_field_errors() if text.startswith("V15")]
    assert "35,5" in told  # what was measured, not the sentence of the rule alone


def test_areas_in_a_refusal_are_written_as_the_reader_writes_them(client_of: Callable[..., Client]) -> None:
    response = record(client_of(OFFICER), expandable(), kind="expand", added_area_ha="25,5", area_ha="70")
    (told,) = response.context["form"].errors["area_ha"]
    assert "65,5 ha" in told


def test_a_refused_form_shows_no_word_that_nobody_typed_and_unfolds_only_what_holds_something(
    client_of: Callable[..., Client],
) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    url = reverse("registry:decision_create", args=[cluster.code])
    assert client.get(url).context["form"]["boundary"].value() in (None, "")
    form = record(client, cluster, number="", boundary="", source_class="official").context["form"]
    assert form["boundary"].value() in (None, "")
    assert not form.has_further_input
    assert record(client, cluster, number="", boundary="null").context["form"]["boundary"].value() == ""
    assert record(client, cluster, number="", summary="Trích yếu").context["form"].has_further_input
