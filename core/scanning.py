"""The scan hook: every file goes past it before it is stored, and what cannot be scanned does not come in.

The setting ``FILE_SCANNER`` names the scanner: empty for none, ``signature`` for the test string that every scanner
knows (it proves that the hook works and finds nothing else), ``clamd://host:port`` for a ClamAV daemon, which is sent
the content by its INSTREAM command.
"""

import socket
import struct
from collections.abc import Iterator
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext as _

#: The test string of the European Institute for Computer Antivirus Research, in two parts so that no scanner takes this
#: file for an infected one.
EICAR = b"".join((rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$", rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"))
#: Seconds to wait for the daemon to answer; a document of the largest size takes a few.
TIMEOUT = 30
_CHUNK = 256 * 1024


class ScannerSilent(Exception):
    """The scanner cannot be reached, or answers something that is no verdict."""


def demand_clean(stream: IO[bytes], *, name: str) -> None:
    """Raise ValidationError, a sentence that names the file, for one that is infected or cannot be scanned now."""
    try:
        found = scan(stream)
    except ScannerSilent as error:
        raise ValidationError(
            _(
                "“%(name)s” could not be checked for viruses, so it was not taken. Try again in some minutes; "
                "if it goes on, tell the administrator of the portal."
            )
            % {"name": name},
            code="not_scanned",
        ) from error
    if found:
        raise ValidationError(
            _(
                "“%(name)s” contains a virus (%(virus)s) and was not taken. Clean the computer it comes from, then "
                "choose a clean file."
            )
            % {"name": name, "virus": found},
            code="infected",
        )


def scan(stream: IO[bytes]) -> str:
    """Return the name of what was found in a stream, empty for a clean one or without a scanner.

    Raises ScannerSilent where there is no verdict. The stream is left at its start.
    """
    scanner = settings.FILE_SCANNER
    if not scanner:
        return ""
    stream.seek(0)
    try:
        if scanner == "signature":
            return _find_signature(stream)
        return _ask_daemon(stream, scanner)
    finally:
        stream.seek(0)


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _find_signature(stream: IO[bytes]) -> str:
    tail = b""
    for chunk in _chunks(stream):
        if EICAR in tail + chunk:
            return "EICAR-Test-File"
        tail = chunk[-len(EICAR) :]
    return ""


def _ask_daemon(stream: IO[bytes], address: str) -> str:
    """Send the stream to clamd: chunks with their length before them, an empty one at the end, one line back."""
    host, port = daemon_of(address)
    try:
        with socket.create_connection((host, port), timeout=TIMEOUT) as connection:
            connection.sendall(b"zINSTREAM\0")
            for chunk in _chunks(stream):
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
            answer = b""
            while not answer.endswith(b"\0") and (part := connection.recv(4096)):
                answer += part
    except OSError as error:
        raise ScannerSilent(str(error)) from error
    return _verdict(answer.rstrip(b"\0\n").decode("utf-8", "replace"))


def _verdict(answer: str) -> str:
    """Read ``stream: OK`` or ``stream: <virus> FOUND``; anything else is no verdict."""
    _stream, _colon, said = answer.partition(": ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise ScannerSilent(answer or "no answer")


def daemon_of(address: str) -> tuple[str, int]:
    """Return host and port of ``clamd://host:port``; raise ImproperlyConfigured for any other address."""
    parts = urlsplit(address)
    if parts.scheme != "clamd" or not parts.hostname:
        raise ImproperlyConfigured(
            f"FILE_SCANNER is {address!r}; it may be empty, 'signature' or 'clamd://host:port'."
        )
    return parts.hostname, parts.port or 3310


def is_scanner(setting: str) -> bool:
    """Say whether a value of the setting is understood."""
    parts = urlsplit(setting)
    return setting in ("", "signature") or (parts.scheme == "clamd" and bool(parts.hostname))
