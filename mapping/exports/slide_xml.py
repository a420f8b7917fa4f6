"""Shapes of a slide as DrawingML, written straight: a thousand marks through a library's objects take ten seconds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from pptx.oxml import parse_xml

from mapping.exports.svg_parts import safe
from mapping.figures.palette import Colour
from mapping.figures.pictures import Point, Texture

EMU: Final = 12700
"""Units of DrawingML in a point; every length here is in points."""
NAMESPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PATTERNS: Final = {"hatch": "wdUpDiag", "dots": "pct20", "grid": "diagCross"}
"""Texture of a kind of nothing -> PowerPoint's own pattern."""
PRESETS: Final = {"diamond": "diamond", "square": "rect", "circle": "ellipse", "triangle": "triangle", "swatch": "rect"}
WHITE: Final[Colour] = (255, 255, 255)
INK: Final[Colour] = (23, 32, 42)
QUIET: Final[Colour] = (70, 82, 94)
LINE: Final[Colour] = (150, 158, 166)
TEXTURE: Final[Colour] = (118, 127, 137)
"""Lines of a texture: dark enough for a projector."""


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.top + self.height


@dataclass(frozen=True)
class Pen:
    """Writes shapes with numbers of their own, which each slide begins anew."""

    numbers: Iterator[int] = field(default_factory=lambda: count(100))

    def named(self, name: str, alt: str = "") -> str:
        """Return the properties that give a shape its number, its name and its words for who does not see it."""
        told = f' descr="{safe(alt)}"' if alt else ""
        return f'<p:cNvPr id="{next(self.numbers)}" name="{safe(name)}"{told}/>'

    def shape(
        self, name: str, place: Box, geometry: str, fill: str, line: str = "", *, said: str = "", alt: str = ""
    ) -> str:
        """Return one shape."""
        body = said or "<p:txBody><a:bodyPr/><a:p/></p:txBody>"
        return (
            f"<p:sp><p:nvSpPr>{self.named(name, alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{transform(place)}{geometry}{fill}{line or NO_LINE}</p:spPr>{body}</p:sp>"
        )

    def preset(
        self, name: str, shape: str, place: Box, fill: str, line: str = "", *, said: str = "", alt: str = ""
    ) -> str:
        """Return a shape that PowerPoint knows by name."""
        geometry = f'<a:prstGeom prst="{PRESETS[shape]}"><a:avLst/></a:prstGeom>'
        return self.shape(name, place, geometry, fill, line, said=said, alt=alt)

    def freeform(
        self,
        name: str,
        rings: Sequence[Sequence[Point]],
        fill: str,
        line: str,
        *,
        alt: str = "",
        edges: Sequence[Sequence[Point]] = (),
    ) -> str:
        """Return an outline whose points are in points of the slide; where edges are given, they alone are lines."""
        xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
        place = Box(min(xs), min(ys), max(max(xs) - min(xs), 0.1), max(max(ys) - min(ys), 0.1))
        size = f'w="{emu(place.width)}" h="{emu(place.height)}"'
        closed = "".join(f"{_path(ring, place)}<a:close/>" for ring in rings)
        stroke = ' stroke="0"' if edges else ""
        paths = f"<a:path {size}{stroke}>{closed}</a:path>"
        if edges:
            paths += f'<a:path {size} fill="none">{"".join(_path(edge, place) for edge in edges)}</a:path>'
        geometry = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
            f"<a:pathLst>{paths}</a:pathLst></a:custGeom>"
        )
        return self.shape(name, place, geometry, fill, line, alt=alt)

    def group(self, name: str, place: Box, shapes: Sequence[str], alt: str) -> str:
        """Return shapes that move as one."""
        inner = transform(place, "a:xfrm", child=True)
        return (
            f"<p:grpSp><p:nvGrpSpPr>{self.named(name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr>{inner}</p:grpSpPr>{''.join(shapes)}</p:grpSp>"
        )

    def words(self, name: str, place: Box, paragraphs: Sequence[str], *, anchor: str = "t", link: str = "") -> str:
        """Return a text box of finished paragraphs."""
        return self.shape(
            name, place, '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>', NO_FILL, said=body(paragraphs, anchor)
        ).replace("<p:cNvSpPr/>", '<p:cNvSpPr txBox="1"/>', 1)


def emu(points: float) -> int:
    """Return points in the units of DrawingML."""
    return round(points * EMU)


def transform(place: Box, tag: str = "a:xfrm", *, child: bool = False) -> str:
    """Return where a shape lies; the children of a group lie in the same units as the slide."""
    at = f'<a:off x="{emu(place.left)}" y="{emu(place.top)}"/><a:ext cx="{emu(place.width)}" cy="{emu(place.height)}"/>'
    inner = at.replace("a:off", "a:chOff").replace("a:ext", "a:chExt") if child else ""
    return f"<{tag}>{at}{inner}</{tag}>"


def _path(ring: Sequence[Point], place: Box) -> str:
    points = [f'<a:pt x="{emu(x - place.left)}" y="{emu(y - place.top)}"/>' for x, y in ring]
    lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in points[1:])
    return f"<a:moveTo>{points[0]}</a:moveTo>{lines}"


NO_FILL: Final = "<a:noFill/>"
NO_LINE: Final = "<a:ln><a:noFill/></a:ln>"


def rgb(colour: Colour) -> str:
    """Return a colour."""
    return '<a:srgbClr val="{:02X}{:02X}{:02X}"/>'.format(*colour)


def solid(colour: Colour) -> str:
    """Return a plain fill."""
    return f"<a:solidFill>{rgb(colour)}</a:solidFill>"


def filled(colour: Colour | None, texture: Texture, lines: Colour = TEXTURE) -> str:
    """Return a fill, or the texture of a kind of nothing."""
    if not texture:
        return solid(colour or WHITE)
    pattern = f'<a:pattFill prst="{PATTERNS[texture]}">'
    return f"{pattern}<a:fgClr>{rgb(lines)}</a:fgClr><a:bgClr>{rgb(colour or WHITE)}</a:bgClr></a:pattFill>"


def line(colour: Colour, width: float = 0.75) -> str:
    """Return an outline."""
    return f'<a:ln w="{emu(width)}">{solid(colour)}</a:ln>'


def run(said: str, size: float, *, bold: bool = False, colour: Colour = INK, link: str = "") -> str:
    """Return some text of one size; ``link`` is the id of a relationship of the slide."""
    heavy = ' b="1"' if bold else ""
    click = f'<a:hlinkClick r:id="{link}"/>' if link else ""
    return (
        f'<a:r><a:rPr sz="{round(size * 100)}"{heavy} dirty="0">{solid(colour)}{click}</a:rPr>'
        f"<a:t>{safe(said)}</a:t></a:r>"
    )


def paragraph(runs: str, size: float, align: str = "l", pitch: float = 0.0) -> str:
    """Return a paragraph; its end has the same size, so that no smaller letter hides in it.

    Parameters
    ----------
    runs : str
        Its text, as :func:`run` gives it.
    size, pitch : float
        Of its letters, and from line to line; in points. 0 leaves the pitch to the program that shows the slide.
    align : str
        l, ctr or r.
    """
    spacing = f'<a:lnSpc><a:spcPts val="{round(pitch * 100)}"/></a:lnSpc>' if pitch else ""
    end = f'<a:endParaRPr sz="{round(size * 100)}" dirty="0"/>'
    return f'<a:p><a:pPr algn="{align}">{spacing}</a:pPr>{runs}{end}</a:p>'


def body(paragraphs: Sequence[str], anchor: str = "t", tag: str = "p:txBody", wrap: str = "square") -> str:
    """Return paragraphs in a box without margins."""
    return (
        f'<{tag}><a:bodyPr wrap="{wrap}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/>'
        f"</a:bodyPr><a:lstStyle/>{''.join(paragraphs)}</{tag}>"
    )


def parsed(markup: str) -> object:
    """Return markup of this module as an element that a slide takes."""
    end = next(at for at, letter in enumerate(markup) if letter in " >/" and at)
    return parse_xml(f"{markup[:end]} {NAMESPACES}{markup[end:]}")
