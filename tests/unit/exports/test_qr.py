"""A QR code holds its link, as SVG and as PNG."""

import io
from xml.etree import ElementTree

from PIL import Image

from mapping.exports.qr import QUIET_ZONE, qr_png, qr_svg

LINK = "https://example.org/?country=DE"


def test_the_svg_scales_and_names_no_size():
    root = ElementTree.fromstring(qr_svg(LINK))
    assert "width" not in root.attrib
    assert root.attrib["viewBox"].startswith("0 0 ")


def test_the_png_has_whole_pixels_a_module_and_a_quiet_zone():
    picture = Image.open(io.BytesIO(qr_png(LINK, scale=5))).convert("L")
    modules = picture.width // 5
    assert picture.width == modules * 5
    assert (modules - 2 * QUIET_ZONE - 17) % 4 == 0  # a version v has 17 + 4 v modules, ISO/IEC 18004
    assert picture.crop((0, 0, picture.width, 5 * QUIET_ZONE)).getextrema() == (255, 255)


def test_the_longest_link_of_the_atlas_still_fits():
    assert qr_png("https://example.org/?q=" + "x" * 1977)
