"""The page of a council whose scoring is reopened: the remedy, the earlier round, the sheets that can be changed."""

import pytest
from django.urls import reverse

from clusters.drafts.filling import filled
from clusters.drafts.filling.case import CaseOnPaper
from dossiers.models import Application, Council
from dossiers.services.filing import withdraw_application
from tests.factories.dossiers import Walk, moment

pytestmark = pytest.mark.django_db
PRACTICE = "Pháp luật không có quy định"


def at(walk, name, *more):
    return reverse(f"dossiers:{name}", args=[walk.dossier.code, *more])


def chosen_has_withdrawn():
    made = Walk()
    made.to("open")
    made.join()
    for step in (made.open_all, made.submit, made.accept, made.council):
        step()
    withdraw_application(application=made.application, user=made.investor, reason="Không còn nhu cầu")
    return made


@pytest.fixture(scope="module")
def scene(build_scene):
    return build_scene(chosen_has_withdrawn, at=moment("2026-10-26"))


@pytest.fixture
def walk(scene, db, time_machine):
    """A closed scoring whose chosen applicant has withdrawn."""
    time_machine.move_to(moment("2026-10-26"))
    return scene()


@pytest.fixture
def second(walk):
    return Application.objects.get(dossier=walk.dossier, is_first=False)


def reopen(walk, client):
    return client.post(
        at(walk, "council_reopen"),
        {"seen": walk.fresh().version, "reason": "Nhà đầu tư được chọn đã rút hồ sơ."},
    )


def test_the_page_names_the_remedy_and_says_that_it_is_no_rule_of_the_law(walk, as_user):
    page = as_user(walk.officer).get(at(walk, "council")).content.decode()
    assert "Nhà đầu tư được chọn đã rút hồ sơ." in page
    assert PRACTICE in page
    assert at(walk, "council_reopen") in page
    for other in (walk.chair, walk.clerk):
        assert at(walk, "council_reopen") not in as_user(other).get(at(walk, "council")).content.decode()
    form = as_user(walk.officer).get(at(walk, "council_reopen")).content.decode()
    assert PRACTICE in form
    assert "Điều" not in form.split("<main", 1)[1].split("</main>", 1)[0]


def test_reopening_wants_a_reason_and_then_shows_the_earlier_round_to_members_too(walk, second, as_user):
    client = as_user(walk.officer)
    silent = client.post(at(walk, "council_reopen"), {"seen": walk.fresh().version, "reason": " "})
    assert silent.status_code == 422
    assert "reason" in silent.context["form"].errors
    assert reopen(walk, client).status_code == 302
    for user in (walk.officer, walk.consulted, walk.clerk):
        response = as_user(user).get(at(walk, "council"))
        (kept,) = response.context["page"].rounds
        page = response.content.decode()
        points = ("<strong>80</strong>", "<strong>65</strong>")
        for said in (kept.chosen_name, *points, kept.chair_name, kept.minutes, kept.reason, PRACTICE):
            assert said in page, said
    again = client.get(at(walk, "council_reopen"))
    assert "Việc chấm điểm đang mở." in again.content.decode()
    assert "<textarea" not in again.content.decode()
    assert "Đã mở lại việc chấm điểm" in client.get(walk.fresh().get_absolute_url()).content.decode()


def test_whoever_was_slower_reads_what_happened_and_keeps_the_reason(walk, as_user):
    client = as_user(walk.officer)
    stale = client.post(
        at(walk, "council_reopen"), {"seen": walk.fresh().version - 1, "reason": "Ghi nhầm điểm"}
    )
    assert stale.status_code == 422
    assert "Ghi nhầm điểm" in stale.content.decode()
    assert Council.objects.get().round == 1


def test_a_member_finds_the_sheet_handed_in_and_open_to_change(walk, second, as_user):
    client, council = as_user(walk.consulted), Council.objects.get()
    url = at(walk, "score_sheet", second.pk)
    assert "disabled" in client.get(url).content.decode()
    reopen(walk, as_user(walk.officer))
    (row,) = client.get(reverse("dossiers:council_list")).context["rows"]
    assert row["next"].startswith("Việc chấm điểm được mở lại")
    assert row["is_done"]
    opened = client.get(url)
    assert not opened.context["is_final"]
    lines = council.sub_criteria.order_by("position")
    points = {f"points_{line.pk}": value for line, value in zip(lines, ["15", "15", "30", "39"], strict=True)}
    client.post(url, points, headers={"HX-Request": "true", "HX-Target": "sheet-status"})
    (row,) = client.get(reverse("dossiers:council_list")).context["rows"]
    # The sheet of the one who withdrew is not counted.
    assert "0/1" in row["next"]
    assert client.post(url, {**points, "submit": "1"}).status_code == 302
    assert client.get(url).context["is_final"]


def test_the_minutes_tell_the_earlier_round(walk, second, as_user):
    keeper = as_user(walk.officer)
    reopen(walk, keeper)
    # One is left, but the council has not chosen again.
    assert CaseOnPaper(walk.fresh()).chosen is None
    data = {"chosen": str(second.pk), "held_on": "26/10/2026", "minutes": "Chọn hồ sơ thứ hai."}
    closed = keeper.post(at(walk, "council_close"), {**data, "seen": walk.fresh().version})
    assert closed.status_code == 302
    minutes = filled("minutes", walk.fresh())
    assert CaseOnPaper(walk.fresh()).chosen == second
    (earlier,) = minutes.earlier
    for said in ("Lần 1", "80,00 điểm", "65,00 điểm", "đã rút hồ sơ", str(walk.chair)):
        assert said in earlier, said
    assert [one.name for one in minutes.scores] == [str(second.organisation)]
