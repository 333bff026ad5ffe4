"""Text tables (.csv): the encoding and the separator are found out, not asked."""

import csv
import io
import re
import unicodedata

from core.text import fold
from core.workbooks.cells import Row
from core.workbooks.guards import check_extent, refused

DELIMITERS = ",;\t|"
# What makes a spreadsheet take text for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SAMPLE = 200_000
# The letters of TCVN 5712 (the .VnTime fonts), byte by byte; its capitals with tones are a matter of the font.
_TCVN3 = dict(
    zip(
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadae"
            "b5b6b7b8b9bbbcbdbec6c7c8c9cacb"
            "cccecfd0d1d2d3d4d5d6d7d8dcddde"
            "dfe1e2e3e4e5e6e7e8e9eaebecedee"
            "eff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TCVN3_TABLE = "".join(_TCVN3.get(byte, chr(byte)) for byte in range(256))
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdghklmnpqrstvx])?"
    r"(?:a[iouy]?|e[ou]?|i(?:a|eu?|u)?|o(?:a[ioy]?|e[o]?|i)?|u(?:a|ay|e|i|o[iu]?|u|y(?:a|eu?|u)?)?|y(?:a|eu?)?)"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]+")


def read_delimited(content: bytes, name: str) -> tuple[list[Row], str, str]:
    """Return the rows of a text table, its encoding and its separator. Raises Refused.

    Encodings: UTF-8 and UTF-16 with or without mark, Windows-1258, TCVN 5712 (reported as ``tcvn3``). A
    quoted cell may run over several lines; rows are counted as Excel counts them.
    """
    text, encoding = decode(content)
    delimiter, text = _delimiter(text)
    rows: list[Row] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append([_cell(text) for text in record])
    except csv.Error:
        rows = _leniently(text, delimiter, name)
    while rows and not any(rows[-1]):
        rows.pop()
    check_extent(name, "csv", len(rows), max(map(len, rows), default=0), _longest_gap(rows))
    return rows, encoding, delimiter


def decode(content: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of the encoding it was written in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    sample = content[:2000]
    if sample.count(0) * 3 > len(sample):
        little = sample[1::2].count(0) >= sample[::2].count(0)
        encoding = "utf-16-le" if little else "utf-16-be"
        return content.decode(encoding, "replace"), encoding
    try:
        return content.decode("utf-8-sig"), "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
    except UnicodeDecodeError:
        pass
    windows = unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    tcvn3 = from_tcvn3(content.decode("latin-1"))
    if _plausible(tcvn3[:_SAMPLE]) > _plausible(windows[:_SAMPLE]):
        return tcvn3, "tcvn3"
    return windows, "cp1258"


def from_tcvn3(text: str) -> str:
    """Return text typed for the old .VnTime fonts in Unicode; ``text`` holds its bytes as Latin-1 letters.

    >>> from_tcvn3("Côm c«ng nghiÖp")
    'Cụm công nghiệp'
    """
    return text.translate({code: letter for code, letter in enumerate(_TCVN3_TABLE) if code > 127})


def _plausible(text: str) -> float:
    """Return the share of words with marks that could be Vietnamese syllables."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else 0


def _is_syllable(word: str) -> bool:
    tones = sum(char in _TONES for char in unicodedata.normalize("NFD", word))
    return tones <= 1 and _SYLLABLE.fullmatch(fold(word)) is not None


def _delimiter(text: str) -> tuple[str, str]:
    """Return the separator whose rows are wide and alike, and the text without a line that names it."""
    named = re.match(r"sep=(.)\r?\n", text)
    if named:
        return named[1], text[named.end() :]
    best, score = ",", 0
    for delimiter in DELIMITERS:
        widths = [
            len(record) for record in csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter)
        ]
        alike = sum(one - 1 for one, two in zip(widths, widths[1:] + widths[-1:], strict=True) if one == two)
        if alike > score:
            best, score = delimiter, alike
    return best, text


def _leniently(text: str, delimiter: str, name: str) -> list[Row]:
    """Read on where quotation marks stand inside a cell, unless that swallows the lines that follow."""
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as fault:
        raise refused("csv", name) from fault
    if records and any(cell.count("\n") > 100 for cell in records[-1]):
        raise refused("csv", name)
    return [[_cell(text) for text in record] for record in records]


def _cell(text: str) -> str | None:
    """Return the text of a cell without the apostrophe that keeps a spreadsheet from reading it as a formula."""
    stripped = text.strip()
    if stripped[:1] == "'" and stripped[1:2] in FORMULA_STARTS:
        stripped = stripped[1:]
    return stripped or None


def _longest_gap(rows: list[Row]) -> int:
    longest = run = 0
    for row in rows:
        run = 0 if any(row) else run + 1
        longest = max(longest, run)
    return longest
