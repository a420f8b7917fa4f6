"""The network of the partners and the lives of the products as files, read back."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from mapping.analysis.partner_network import partner_network
from mapping.exports.life_sheets import lives_svg
from mapping.exports.partner_sheets import network_svg
from mapping.exports.sheet_svg import sheet_png
from mapping.view.atlas import Atlas, open_atlas
from mapping.view.state import ViewState
from mapping.words import Words
from tests.unit.paths import ROOT

WORDS = Words()
ADDRESS = "http://example.org/partners?a=1&b=2"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def real() -> Atlas:
    return open_atlas(ROOT / "data")


def texts(drawing: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(drawing).iter(f"{SVG}text")]


def test_the_network_draws_each_link_with_finding_source_and_address(real: Atlas) -> None:
    drawing = network_svg(real, ViewState(), WORDS, ADDRESS)
    lines = [path for path in ElementTree.fromstring(drawing).iter(f"{SVG}path") if path.get("stroke-opacity")]
    assert len(lines) == len(partner_network(real.tables).drawn)
    said = " ".join(texts(drawing))
    for part in (ADDRESS, real.tables.version, "Sources:", "Patient organisations", "Regulators and other public"):
        assert part in said


def test_the_network_mutes_partners_that_a_filter_leaves_out(real: Atlas) -> None:
    def muted(view: ViewState) -> int:
        return sum(1 for group in ElementTree.fromstring(network_svg(real, view, WORDS, ADDRESS)).iter(f"{SVG}g")
                   if group.get("opacity"))  # fmt: skip

    assert muted(ViewState()) == 0
    assert muted(ViewState(countries=("DE",))) > 0


def test_each_product_has_a_line_and_its_end_in_words(real: Atlas) -> None:
    said = texts(lives_svg(real, ViewState(), WORDS, ADDRESS))
    products = real.tables["products"]
    assert set(products["name"]) <= set(said)
    gone = [line for line in said if line.startswith(("withdrawn, ", "not renewed, "))]
    assert len(gone) == int(products["status"].isin(["withdrawn", "not_renewed"]).sum())


def test_no_product_in_view_is_still_a_sheet(real: Atlas) -> None:
    nothing = ViewState(classes=("TEP",), confidences=("unverified",))
    assert ADDRESS.split("?")[0] in " ".join(texts(lives_svg(real, nothing, WORDS, ADDRESS)))


def test_both_become_pictures(real: Atlas) -> None:
    for made in (network_svg, lives_svg):
        assert sheet_png(made(real, ViewState(), WORDS, ADDRESS)).startswith(b"\x89PNG")
