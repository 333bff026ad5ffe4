"""Files come in piece by piece, resume where they stopped, and are refused with a sentence when they may not."""

import hashlib
import io
import json
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.files import MEGABYTE
from core.models import StoredFile
from core.scanning import EICAR
from dossiers.models import Document, Event, Upload
from dossiers.services import uploads
from dossiers.tasks import remove_stale_uploads
from tests.factories.accounts import person
from tests.factories.dossiers import PDF, Walk, applicant, draft, organisation_of

pytestmark = pytest.mark.django_db


class Browser:
    """What the script of the page does: start, pieces, finish."""

    def __init__(self, client, user, application=None, dossier=None):
        self.client, self.user = client, user
        self.place = {"application": application.pk} if application else {"dossier": dossier.code}
        client.force_login(user, backend="accounts.backends.AuthenticationBackend")

    def post(self, name, body=None, **where):
        return self.client.post(
            reverse(f"dossiers:{name}", kwargs=where), json.dumps(body or {}), content_type="application/json"
        )

    def start(self, content, name="hồ sơ.pdf", kind="experience", **other):
        asked = {"kind": kind, "name": name, "size": len(content), **self.place, **other}
        return self.post("upload_start", asked)

    def piece(self, key, offset, content):
        address = reverse("dossiers:upload_piece", kwargs={"key": key})
        return self.client.post(
            f"{address}?offset={offset}", content, content_type="application/octet-stream"
        )

    def send(self, content, **asked):
        """Send a file whole and return the last answer."""
        started = self.start(content, **asked)
        if started.status_code != 200:
            return started
        key = started.json()["key"]
        for offset in range(0, len(content), uploads.PIECE_SIZE):
            answer = self.piece(key, offset, content[offset : offset + uploads.PIECE_SIZE])
            assert answer.status_code == 200, answer.content
        return self.post("upload_finish", key=key)


@pytest.fixture(autouse=True)
def _no_pieces_of_other_tests():
    """Start with an empty folder: a transaction that is rolled back brings rows back, not files."""
    for piece in _pieces_kept():
        default_storage.delete(f"uploads/{piece}")
        default_storage.delete(f"uploads/{piece.split('/')[0]}")


@pytest.fixture
def browser(client):
    user = applicant()
    return Browser(client, user, draft(user=user))


def test_a_file_in_pieces_becomes_a_document_with_size_and_hash_and_leaves_nothing_behind(browser):
    content = PDF + bytes(12 * MEGABYTE)
    answer = browser.send(content)
    assert answer.status_code == 200
    document = Document.objects.get(pk=answer.json()["document"])
    assert answer.json() == {
        "document": document.pk,
        "name": "hồ sơ.pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "kind": "experience",
        "variety": "",
        "version": 1,
    }
    assert document.application_id == browser.place["application"]
    with document.file.file.open("rb") as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == document.file.sha256
    assert not Upload.objects.exists()
    assert _pieces_kept() == []


def test_a_lost_connection_goes_on_where_it_stopped(browser):
    content = PDF + bytes(7 * MEGABYTE)
    key = browser.start(content).json()["key"]
    first = content[: 5 * MEGABYTE]
    assert browser.piece(key, 0, first).json()["received"] == len(first)
    again = browser.start(content)
    assert again.json() == {**again.json(), "key": key, "received": len(first)}
    state = browser.client.get(reverse("dossiers:upload_state", kwargs={"key": key}))
    assert state.json()["received"] == len(first)
    # The answer to the first piece was lost: sent again it is told where to go on, and nothing is doubled.
    repeated = browser.piece(key, 0, first)
    assert (repeated.status_code, repeated.json()["received"]) == (409, len(first))
    too_early = browser.post("upload_finish", key=key)
    assert (too_early.status_code, too_early.json()["received"]) == (409, len(first))
    browser.piece(key, len(first), content[len(first) :])
    done = browser.post("upload_finish", {"sha256": hashlib.sha256(content).hexdigest()}, key=key)
    assert done.json()["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_changed_file_of_the_same_name_and_size_starts_anew(browser):
    first = browser.start(PDF, modified="1764140000000").json()["key"]
    assert browser.start(PDF, modified="1764149999999").json()["key"] != first
    assert browser.start(PDF, modified="1764140000000").json()["key"] == first


def test_a_file_that_arrived_damaged_is_dropped_with_a_sentence(browser):
    key = browser.start(PDF).json()["key"]
    browser.piece(key, 0, PDF)
    answer = browser.post("upload_finish", {"sha256": "0" * 64}, key=key)
    assert answer.status_code == 400
    assert "không nguyên vẹn" in answer.json()["errors"][0]
    assert not Upload.objects.exists()
    assert _pieces_kept() == []


def test_a_newer_version_takes_the_place_of_the_older(browser):
    older = browser.send(PDF).json()["document"]
    key = browser.start(PDF + b" ").json()["key"]
    browser.piece(key, 0, PDF + b" ")
    newer = browser.post(
        "upload_finish", {"replaces": older, "number": "12/BC", "dated": "2026-10-01"}, key=key
    )
    document = Document.objects.get(pk=newer.json()["document"])
    assert (document.version, document.replaces_id, document.number) == (2, older, "12/BC")
    wrong = browser.start(PDF + b"  ").json()["key"]
    browser.piece(wrong, 0, PDF + b"  ")
    assert browser.post("upload_finish", {"dated": "2026-02-31"}, key=wrong).status_code == 400


def _archive(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _bomb():
    """Return a few hundred kilobytes that say they are a document and unpack to more than half a gigabyte."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", "<w/>")
        with archive.open("word/media/image1.png", "w", force_zip64=True) as entry:
            block = bytes(4 * MEGABYTE)
            for _turn in range(130):
                entry.write(block)
    return buffer.getvalue()


HTML = b"<!doctype html><html><script>alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("báo cáo.pdf", HTML, "không đúng định dạng .pdf"),
        ("bản đồ.png", SVG, "không đúng định dạng .png"),
        ("bản đồ.kml", b"<kml><script>alert(1)</script></kml>", "không đúng định dạng .kml"),
        ("báo cáo.docx", b"PK\x03\x04 broken", "không đúng định dạng .docx"),
        ("báo cáo.docx", _archive({"word/document.xml": "<w/>", "word/vbaProject.bin": "x"}), "macro"),
        ("ảnh.jpg", PDF, "không đúng định dạng .jpg"),
        ("trang.html", HTML, "thuộc loại không được nhận"),
        ("bản đồ.svg", SVG, "thuộc loại không được nhận"),
        ("báo cáo.pdf.exe", PDF, "thuộc loại không được nhận"),
        ("báo cáo", PDF, "thuộc loại không được nhận"),
        ("mật khẩu.pdf", PDF + b"/Encrypt 5 0 R", "mật khẩu"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence_in_vietnamese(browser, name, content, sentence):
    before = StoredFile.objects.count()
    answer = browser.send(content, name=name)
    assert answer.status_code == 400
    (said,) = answer.json()["errors"]
    assert name in said
    assert sentence in said
    assert StoredFile.objects.count() == before
    assert not Upload.objects.exists()
    assert _pieces_kept() == []


def test_a_bomb_is_refused_without_being_unpacked(browser):
    answer = browser.send(_bomb(), name="bom.docx")
    assert answer.status_code == 400
    assert "không đúng định dạng .docx" in answer.json()["errors"][0]


def test_two_hundred_megabytes_are_refused_before_a_byte_is_sent(browser):
    asked = {"kind": "experience", "name": "lớn.pdf", "size": 200 * MEGABYTE, **browser.place}
    answer = browser.post("upload_start", asked)
    assert answer.status_code == 400
    assert "200,0 MB" in answer.json()["errors"][0]
    assert "25,0 MB" in answer.json()["errors"][0]
    assert not Upload.objects.exists()


def test_more_bytes_than_announced_and_too_large_a_piece_are_refused(browser):
    key = browser.start(PDF).json()["key"]
    assert browser.piece(key, 0, PDF + b"more").status_code == 400
    assert browser.piece(key, 0, bytes(5 * MEGABYTE + 1)).status_code == 413
    assert browser.piece(key, 0, b"").status_code == 400
    assert browser.piece(key, "x", PDF).status_code == 400
    assert Upload.objects.get().received == 0


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "C:\\Users\\a\\..\\hồ sơ.pdf", "/a/b/c.pdf", "..pdf/.pdf"]
)
def test_a_path_in_the_name_is_cut_to_the_name(browser, name):
    answer = browser.send(PDF, name=name)
    if answer.status_code == 400:
        assert "thuộc loại không được nhận" in answer.json()["errors"][0]
        return
    kept = StoredFile.objects.get(sha256=answer.json()["sha256"], name=answer.json()["name"])
    assert not set("/\\") & set(kept.name)
    assert kept.key.hex in kept.file.name
    assert "passwd" not in kept.file.name


def test_the_test_virus_is_refused_where_the_scan_hook_is_on(browser, settings):
    settings.FILE_SCANNER = "signature"
    answer = browser.send(PDF + EICAR)
    assert answer.status_code == 400
    assert "vi-rút" in answer.json()["errors"][0]
    assert not StoredFile.objects.filter(size=len(PDF + EICAR)).exists()
    settings.FILE_SCANNER = "clamd://127.0.0.1:1"
    assert "không kiểm tra được vi-rút" in browser.send(PDF).json()["errors"][0]


def test_a_key_is_its_owners_alone(browser, client):
    key = browser.start(PDF).json()["key"]
    colleague = person(Role.INVESTOR_MEMBER, organisation=organisation_of(browser.user))
    for other in (colleague, applicant("Công ty khác"), person(Role.PORTAL_ADMINISTRATOR)):
        client.force_login(other, backend="accounts.backends.AuthenticationBackend")
        assert browser.piece(key, 0, PDF).status_code == 404
        assert browser.post("upload_finish", key=key).status_code == 404
        assert client.get(reverse("dossiers:upload_state", kwargs={"key": key})).status_code == 404
    assert Upload.objects.get().received == 0


def test_nobody_uploads_into_what_is_not_theirs_and_is_not_told_that_it_is_there(browser, client):
    stranger = applicant("Công ty khác")
    client.force_login(stranger, backend="accounts.backends.AuthenticationBackend")
    theirs, nothing = browser.start(PDF), browser.post("upload_start", {"application": 0, "kind": "x"})
    assert theirs.status_code == 404
    assert browser.post("upload_start", {"application": 999_999_999}).content == theirs.content
    assert nothing.status_code == 404


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"application": "x"}', b'{"application": 1e999}', b"\xff"])
def test_nonsense_is_refused(browser, body):
    answer = browser.client.post(reverse("dossiers:upload_start"), body, content_type="application/json")
    assert answer.status_code in {400, 404}


def test_a_filed_application_takes_no_upload_that_no_supplement_asks_for(client, time_machine):
    walk = Walk()
    walk.to("received")
    browser = Browser(client, walk.investor, walk.application)
    answer = browser.start(PDF)
    assert answer.status_code == 400
    assert "bổ sung" in answer.json()["errors"][0]
    unknown = Browser(client, walk.investor, draft(user=walk.investor)).start(PDF, kind="nothing")
    assert unknown.status_code == 400


def test_an_officer_uploads_the_paper_their_part_makes_and_no_other(client):
    walk = Walk()
    dossier = walk.to("opened")
    browser = Browser(client, walk.commune_officer, dossier=dossier)
    answer = browser.send(PDF, kind="submission", name="tờ trình.pdf")
    assert answer.status_code == 200
    assert Document.objects.get(pk=answer.json()["document"]).dossier_id == dossier.pk
    assert Event.objects.filter(dossier=dossier, action="document_added").exists()
    assert browser.start(PDF, kind="decision").status_code == 403
    elsewhere = person(Role.COMMUNE_OFFICER, province_code="52", commune_code="21808")
    assert Browser(client, elsewhere, dossier=dossier).start(PDF, kind="submission").status_code == 404


def test_a_person_has_at_most_some_uploads_under_way(browser, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 2)
    for number in range(2):
        assert browser.start(PDF, name=f"{number}.pdf").status_code == 200
    answer = browser.start(PDF, name="2.pdf")
    assert answer.status_code == 400
    assert "2 tệp" in answer.json()["errors"][0]
    assert browser.start(PDF, name="1.pdf").status_code == 200


def test_what_nobody_finished_is_removed_after_some_days(browser):
    fresh = browser.start(PDF, name="mới.pdf").json()["key"]
    old = browser.start(PDF, name="cũ.pdf").json()["key"]
    for key in (fresh, old):
        browser.piece(key, 0, PDF[:10])
    gone = uuid.uuid4()
    default_storage.save(f"uploads/{gone.hex}/000000000000", io.BytesIO(b"left behind"))
    Upload.objects.filter(key=old).update(
        touched_at=timezone.now() - uploads.GIVEN_UP_AFTER - timedelta(hours=1)
    )
    assert remove_stale_uploads() == 2
    assert [str(key) for key in Upload.objects.values_list("key", flat=True).order_by("pk")] == [fresh]
    assert _pieces_kept() == [f"{uuid.UUID(fresh).hex}/000000000000"]
    assert remove_stale_uploads() == 0


def _pieces_kept():
    try:
        folders = default_storage.listdir("uploads")[0]
    except FileNotFoundError:
        return []
    return sorted(f"{one}/{name}" for one in folders for name in default_storage.listdir(f"uploads/{one}")[1])
