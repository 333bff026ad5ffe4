"""Uploads are judged by their content; stored files are served so that they can do nothing."""

import hashlib
import io
import zipfile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from core.files import BOUNDARIES, KINDS, MEGABYTE, check_upload, clean_name, store_upload
from core.models import StoredFile
from core.views.files import serve_private

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


DOCX = archive(word__document_dot_xml=b"<w/>")
XLSX = archive(xl__workbook_dot_xml=b"<w/>")
ODT = archive(mimetype=b"application/vnd.oasis.opendocument.text")
GOOD = {
    "pdf": PDF,
    "png": b"\x89PNG\r\n\x1a\nrest",
    "jpg": b"\xff\xd8\xff\xe0rest",
    "jpeg": b"\xff\xd8\xff\xe0rest",
    "docx": DOCX,
    "xlsx": XLSX,
    "odt": ODT,
    "ods": archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "kml": b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"></kml>',
    "geojson": b'{"type": "Polygon", "coordinates": []}',
    "csv": "Tên,Diện tích\nA,1".encode(),
    "txt": "Ghi chú".encode("utf-16"),
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("extension", sorted(KINDS))
def test_every_kind_is_recognised_by_its_content(extension):
    assert check_upload(upload(f"a.{extension}", GOOD[extension]), allowed=KINDS).extension == extension


@pytest.mark.parametrize("extension", sorted(KINDS))
@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"MZ\x90\x00",
        b"\x7fELF\x02\x01",
        b"#!/bin/sh\nrm -rf /",
        b"PK\x03\x04 broken",
    ],
)
def test_pages_scripts_and_programs_are_refused_under_any_name(extension, content):
    with pytest.raises(ValidationError):
        check_upload(upload(f"a.{extension}", content), allowed=KINDS)


@pytest.mark.parametrize("action", [b"/S/JavaScript/JS(app.alert(1))", b"/S/Launch/F(cmd.exe)"])
def test_a_pdf_that_runs_something_is_refused(action):
    hostile = PDF.replace(b"<< >>", b"<</Type/Catalog/OpenAction<<" + action + b">>>>")
    with pytest.raises(ValidationError) as told:
        check_upload(SimpleUploadedFile("QD.pdf", hostile), name="QD.pdf", allowed=["pdf"])
    assert told.value.error_list[0].code == "active"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rỗng.pdf", b"", "empty"),
        ("quyết định.exe", PDF, "kind"),
        ("quyết định", PDF, "kind"),
        ("trang.html", b"<html>", "kind"),
        ("hình.svg", b"<svg/>", "kind"),
        ("ảnh.png", PDF, "content"),
        ("bảng.xlsx", DOCX, "content"),
        ("macro.docx", archive(word__document_dot_xml=b"", word__vbaProject_dot_bin=b""), "content"),
        ("khóa.pdf", PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "encrypted"),
    ],
)
def test_a_refusal_names_the_file_and_what_to_do(name, content, code):
    with pytest.raises(ValidationError) as refused:
        check_upload(upload(name, content))
    assert refused.value.code == code
    assert name in refused.value.messages[0]


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    with pytest.raises(ValidationError, match=r"1,5 MB.*1,0 MB"):
        check_upload(upload("a.pdf", PDF + b" " * (3 * MEGABYTE // 2 - len(PDF))), max_size=MEGABYTE)


def test_a_boundary_with_a_document_type_is_refused():
    bad = b'<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>'
    with pytest.raises(ValidationError):
        check_upload(upload("a.kml", bad), allowed=BOUNDARIES)


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\an\\Quyết định 12.pdf", "Quyết định 12.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "file"),
        ("..", "file"),
    ],
)
def test_names_lose_their_folders(given_name, name):
    assert clean_name(given_name) == name


@given(st.text(max_size=400))
def test_no_name_leads_anywhere_else(name):
    cleaned = clean_name(name)
    assert "/" not in cleaned
    assert "\\" not in cleaned
    assert 1 <= len(cleaned) <= 255


@pytest.mark.django_db
def test_a_stored_file_keeps_size_and_hash_and_duplicates_stay_apart():
    first = store_upload(upload("Quyết định.pdf", PDF), user=AnonymousUser())
    second = store_upload(upload("copy.pdf", PDF))
    assert first.sha256 == second.sha256 == hashlib.sha256(PDF).hexdigest()
    assert first.size == len(PDF)
    assert first.file.name != second.file.name
    assert "Quyết" not in first.file.name
    assert StoredFile.objects.count() == 2
    with first.file.open() as stream:
        assert stream.read() == PDF


@pytest.mark.django_db
def test_a_served_file_can_do_nothing_in_the_browser(rf):
    stored = store_upload(upload("Quyết định.pdf", PDF))
    response = serve_private(rf.get("/"), stored)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Quy")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Length"] == str(len(PDF))


@pytest.mark.django_db
def test_only_harmless_kinds_open_in_the_browser(rf):
    stored = store_upload(upload("a.csv", GOOD["csv"]), allowed=["csv"])
    assert serve_private(rf.get("/"), stored, as_attachment=False)["Content-Disposition"].startswith(
        "attachment"
    )
    stored = store_upload(upload("a.pdf", PDF))
    assert serve_private(rf.get("/"), stored, as_attachment=False)["Content-Disposition"].startswith("inline")
