"""The council: set up with exact sums, statement first, sheet kept by itself, handed in once, closed with minutes."""

import pytest
from django.urls import reverse

from dossiers.models import Council, CouncilMember, ScoreSheet
from tests.factories.dossiers import Walk, applicant, moment, pdf

pytestmark = pytest.mark.django_db


def formset(prefix, items):
    data = {f"{prefix}-TOTAL_FORMS": str(len(items)), f"{prefix}-INITIAL_FORMS": "0"}
    for place, item in enumerate(items):
        data |= {f"{prefix}-{place}-{name}": value for name, value in item.items()}
    return data


def at(walk, name, *more):
    return reverse(f"dossiers:{name}", args=[walk.dossier.code, *more])


def two_under_appraisal():
    made = Walk()
    made.to("open")
    made.join(applicant("Công ty Thứ Hai"))
    for step in (made.open_all, made.submit, made.accept):
        step()
    return made


@pytest.fixture(scope="module")
def scene(build_scene):
    return build_scene(two_under_appraisal, at=moment("2026-11-26"))


@pytest.fixture
def walk(scene, db):
    """Two rivals under appraisal."""
    return scene()


@pytest.fixture
def council(walk, as_user):
    members = [
        {"user": str(walk.chair.pk), "seat": "chair", "position": "Phó Chủ tịch"},
        {"user": str(walk.leader.pk), "seat": "vice_chair", "position": "Giám đốc Sở"},
        {"user": str(walk.consulted.pk), "seat": "member", "position": "Phó Giám đốc Sở"},
        {"user": str(walk.officer.pk), "seat": "secretary", "position": "Chuyên viên"},
    ]
    data = {"decision_number": "3801/QĐ-UBND", "decided_on": "20/11/2026", "tie_rule": ""}
    client = as_user(walk.officer)
    two_chairs = [{**members[0]}, {**members[1], "seat": "chair"}, members[3]]
    assert client.post(at(walk, "council_set_up"), data | formset("members", two_chairs)).status_code == 422
    made = client.post(at(walk, "council_set_up"), data | formset("members", members))
    assert made.status_code == 302, made.content.decode()
    return Council.objects.get()


@pytest.fixture
def issued(walk, council, as_user):
    client = as_user(walk.officer)
    start = client.get(at(walk, "council_criteria")).context["form"]
    lines = [row.initial for row in start.rows.forms]
    assert [str(line["maximum"]) for line in lines] == ["15", "15", "30", "40"]
    lines = [{**line, "maximum": str(line["maximum"])} for line in lines]
    wrong = client.post(
        at(walk, "council_criteria"), formset("lines", [{**lines[0], "maximum": "14"}, *lines[1:]])
    )
    assert wrong.status_code == 422
    assert client.post(at(walk, "council_criteria"), formset("lines", lines)).status_code == 302
    return council


def declare(walk, client, answer="no"):
    return client.post(at(walk, "council_statement"), {"has_conflict": answer, "note": "Có góp vốn"})


def points(council, values):
    lines = council.sub_criteria.order_by("position")
    return {f"points_{line.pk}": value for line, value in zip(lines, values, strict=True)}


def test_a_sheet_waits_for_the_statement_is_kept_by_itself_and_handed_in_once(walk, issued, as_user):
    client = as_user(walk.consulted)
    url = at(walk, "score_sheet", walk.application.pk)
    some = dict(list(points(issued, ["12,5", "11", "24", "33"]).items())[:2])
    auto = {"headers": {"HX-Request": "true", "HX-Target": "sheet-status"}}
    early = client.post(url, some, **auto)
    assert "Chưa lưu được" in early.content.decode()
    declare(walk, client)
    kept = client.post(url, some, **auto)
    assert "Đã lưu lúc" in kept.content.decode()
    sheet = ScoreSheet.objects.get(member__user=walk.consulted)
    assert str(sheet.scores.order_by("pk").first().points) == "12.50"
    assert sheet.submitted_at is None
    over = client.post(url, points(issued, ["16", "11", "24", "33"]), **auto)
    assert "Chưa lưu được" in over.content.decode()
    half = client.post(url, {**some, "submit": "1"})
    assert half.status_code == 422
    full = client.post(url, {**points(issued, ["12,5", "11", "24", "33"]), "submit": "1"})
    assert full.status_code == 302
    sheet.refresh_from_db()
    assert sheet.submitted_at
    again = client.post(url, points(issued, ["1", "1", "1", "1"]), **auto)
    assert "Chưa lưu được" in again.content.decode()


def test_nobody_opens_the_sheet_of_another_and_a_conflict_scores_nothing(walk, issued, as_user):
    url = at(walk, "score_sheet", walk.application.pk)
    assert as_user(walk.clerk).get(url).status_code in (403, 404)
    assert as_user(walk.officer).get(url).status_code == 404
    client = as_user(walk.consulted)
    declare(walk, client, "yes")
    refused = client.post(url, {**points(issued, ["1", "1", "1", "1"]), "submit": "1"})
    assert refused.status_code == 422
    assert not ScoreSheet.objects.exists()


def test_totals_are_hidden_from_members_until_the_scoring_is_closed(walk, issued, as_user):
    live = list(walk.fresh().applications.live().order_by("filed_at", "pk"))
    for user, gives in ((walk.leader, "33"), (walk.consulted, "35"), (walk.chair, "30")):
        client = as_user(user)
        declare(walk, client)
        for place, one in enumerate(live):
            values = points(issued, ["12", "11", "24", gives if place == 0 else "10"])
            assert client.post(at(walk, "score_sheet", one.pk), {**values, "submit": "1"}).status_code == 302
    assert as_user(walk.consulted).get(at(walk, "council")).context["page"].standing == []
    keeper = as_user(walk.officer)
    standing = keeper.get(at(walk, "council")).context["page"].standing
    assert [row["application"].pk for row in standing] == [one.pk for one in live]
    data = {
        "seen": walk.fresh().version,
        "chosen": str(live[1].pk),
        "held_on": "25/11/2026",
        "minutes": "Hội đồng thống nhất.",
        "upload": pdf("bien-ban.pdf"),
    }
    wrong = keeper.post(at(walk, "council_close"), data)
    assert wrong.status_code == 422
    assert "chosen" in wrong.context["form"].errors
    right = {**data, "chosen": str(live[0].pk), "upload": pdf("bien-ban.pdf")}
    assert keeper.post(at(walk, "council_close"), right).status_code == 302
    closed = Council.objects.get()
    assert closed.chosen == live[0]
    assert closed.minutes_document.file.name == "bien-ban.pdf"
    shown = as_user(walk.consulted).get(at(walk, "council"))
    assert len(shown.context["page"].standing) == 2


def test_a_member_finds_the_council_and_what_comes_next(walk, issued, as_user):
    client = as_user(walk.consulted)
    (row,) = client.get(reverse("dossiers:council_list")).context["rows"]
    assert row["next"] == "Hãy khai về xung đột lợi ích."
    declare(walk, client)
    (row,) = client.get(reverse("dossiers:council_list")).context["rows"]
    assert "0/2" in row["next"]
    assert client.get(at(walk, "council")).status_code == 200
    assert as_user(walk.commune_officer).get(at(walk, "council")).status_code == 404
    assert CouncilMember.objects.get(user=walk.consulted).declared_at
