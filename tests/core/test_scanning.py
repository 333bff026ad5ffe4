"""Every stored file passes the scanner; what it finds, and what it cannot judge, does not come in."""

import io
import socketserver
import struct
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from core import scanning
from core.files import keep_file, store_upload
from core.models import StoredFile
from core.scanning import EICAR, is_scanner, scan

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
INFECTED = PDF + EICAR


class Clamd(socketserver.BaseRequestHandler):
    """Speaks INSTREAM as the daemon does: reads the chunks to the empty one, then gives its verdict."""

    def handle(self) -> None:
        stream = self.request.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", stream.read(4))[0]:
            content += stream.read(size)
        self.server.seen.append(len(content))
        said = self.server.says or ("stream: Eicar-Signature FOUND" if EICAR in content else "stream: OK")
        self.request.sendall(said.encode() + b"\0")


@pytest.fixture
def clamd(settings):
    """A daemon of the test's own; ``says`` makes it answer something else."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.daemon_threads = True
        server.seen, server.says = [], ""
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.FILE_SCANNER = f"clamd://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def pdf(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("hồ sơ.pdf", content)


@pytest.mark.django_db
def test_the_test_string_is_refused_wherever_it_stands_and_nothing_is_stored(settings):
    settings.FILE_SCANNER = "signature"
    across_two_chunks = PDF.ljust(scanning._CHUNK - 20, b" ") + EICAR
    for content in (INFECTED, across_two_chunks):
        with pytest.raises(ValidationError, match="chứa vi-rút") as refused:
            store_upload(pdf(content))
        assert refused.value.code == "infected"
        assert "hồ sơ.pdf" in refused.value.messages[0]
    with pytest.raises(ValidationError):
        keep_file(pdf(INFECTED), name="a.pdf", content_type="application/pdf")
    assert not StoredFile.objects.exists()
    assert store_upload(pdf(PDF)).size == len(PDF)


@pytest.mark.django_db
def test_without_a_scanner_files_come_in_unscanned(settings):
    settings.FILE_SCANNER = ""
    assert store_upload(pdf(INFECTED)).size == len(INFECTED)


@pytest.mark.django_db
def test_clamd_gets_the_whole_content_and_its_verdict_counts(clamd):
    big = PDF + b" " * (2 * scanning._CHUNK)
    stored = store_upload(pdf(big))
    assert clamd.seen == [len(big)]
    assert stored.size == len(big)
    with pytest.raises(ValidationError, match="Eicar-Signature"):
        store_upload(pdf(INFECTED))


@pytest.mark.django_db
def test_a_scanner_that_gives_no_verdict_lets_nothing_through(clamd, settings):
    for answer in ("INSTREAM size limit exceeded. ERROR", "stream: nonsense", "UNKNOWN COMMAND"):
        clamd.says = answer
        with pytest.raises(ValidationError, match="không kiểm tra được vi-rút") as refused:
            store_upload(pdf(PDF))
        assert refused.value.code == "not_scanned"
    settings.FILE_SCANNER = "clamd://127.0.0.1:1"
    with pytest.raises(ValidationError, match="không kiểm tra được vi-rút"):
        store_upload(pdf(PDF))
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_scanner_that_hangs_is_given_up(clamd, monkeypatch):
    monkeypatch.setattr(scanning, "TIMEOUT", 0.2)
    monkeypatch.setattr(Clamd, "handle", lambda self: threading.Event().wait(1))
    with pytest.raises(ValidationError) as refused:
        store_upload(pdf(PDF))
    assert refused.value.code == "not_scanned"


def test_a_scanner_the_portal_does_not_know_is_no_setting(settings):
    assert [is_scanner(one) for one in ("", "signature", "clamd://scanner:3310", "clamd://scanner")] == [
        True
    ] * 4
    assert not any(is_scanner(one) for one in ("clamav", "clamd://", "http://scanner", "off"))
    settings.FILE_SCANNER = "clamav"
    with pytest.raises(ImproperlyConfigured, match="clamav"):
        scan(io.BytesIO(PDF))
