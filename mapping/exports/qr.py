"""A link as a QR code: a picture that a phone in the room reads off the screen or the page."""

import io
from typing import Final

import segno

QUIET_ZONE: Final = 4
"""White modules around the code, as ISO/IEC 18004 asks."""
LONGEST_SAFE: Final = 1200
"""Bytes of a link up to which a code of the level that survives smudges stays readable in print."""


def qr_svg(link: str) -> str:
    """Return the link as a QR code in SVG, one unit a module, black on white."""
    out = io.BytesIO()
    _code(link).save(
        out, kind="svg", border=QUIET_ZONE, light="white", xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return out.getvalue().decode()


def qr_png(link: str, scale: int = 8) -> bytes:
    """Return the link as a QR code in PNG, so many pixels a module."""
    out = io.BytesIO()
    _code(link).save(out, kind="png", border=QUIET_ZONE, scale=scale)
    return out.getvalue()


def _code(link: str) -> segno.QRCode:
    """Return the code; 15 % of it may be covered or smudged, less where a long link would not fit otherwise."""
    return segno.make(link, micro=False, error="m" if len(link.encode()) <= LONGEST_SAFE else "l", boost_error=False)
