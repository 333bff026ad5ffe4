"""QR codes for slips and pages."""

import io

import segno

# A slip is folded and stamped: a quarter of the code may be lost.
_ERROR_CORRECTION = "q"


def qr_svg(content: str, *, scale: int = 4) -> str:
    """Return the QR code of a text as an SVG image with its quiet zone, ``scale`` units a module.

    It has no XML declaration, style or script and can stand in a page under the strict content security policy.
    Raises ValueError for a text longer than a QR code holds.
    """
    out = io.BytesIO()
    _code(content).save(out, kind="svg", scale=scale, xmldecl=False, svgclass=None, lineclass=None, nl=False)
    return out.getvalue().decode()


def qr_png(content: str, *, scale: int = 6) -> bytes:
    """Return the QR code of a text as a PNG image, ``scale`` pixels a module. Raises ValueError as ``qr_svg``."""
    out = io.BytesIO()
    _code(content).save(out, kind="png", scale=scale)
    return out.getvalue()


def _code(content: str) -> segno.QRCode:
    return segno.make_qr(content, error=_ERROR_CORRECTION)
