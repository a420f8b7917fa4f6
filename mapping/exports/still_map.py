"""A map as SVG, in a box of a still."""

from mapping.exports.svg_parts import box, mark, outlined, ring, text, trace
from mapping.figures.palette import Colour, hex_colour
from mapping.figures.pictures import Land, MapLine, MapPicture, Mark

RIM: Colour = (255, 255, 255)


def map_markup(picture: MapPicture, left: float, top: float, unit: float) -> str:
    """Return the map with its upper left corner there, so many drawn units a unit of the picture."""
    clip = f'<clipPath id="frame"><rect width="{picture.width:g}" height="{picture.height:g}"/></clipPath>'
    parts = [
        f'<g transform="translate({left:.1f} {top:.1f}) scale({unit:.4f})"><defs>{clip}</defs>',
        '<g clip-path="url(#frame)">',
        box(0, 0, picture.width, picture.height, picture.sea),
        *(_land(land, picture) for land in picture.lands),
        *(_line(one) for one in picture.lines),
        *(_mark(one) for one in picture.marks),
        "</g>",
        f'<rect width="{picture.width:g}" height="{picture.height:g}" fill="none"{outlined(picture.border)}/></g>',
    ]
    return "".join(parts)


def _land(land: Land, picture: MapPicture) -> str:
    path = "".join(ring(points) for points in land.rings)
    edge = f'{outlined(picture.border, 0.7)} stroke-linejoin="round"' if land.country else ""
    drawn = f'<path d="{path}" fill="{hex_colour(land.fill)}"{"" if land.edges else edge}/>'
    if land.edges:
        drawn += f'<path d="{"".join(trace(points) for points in land.edges)}" fill="none"{edge}/>'
    return f'{drawn}<path d="{path}" fill="url(#{land.texture})"/>' if land.texture else drawn


def _line(one: MapLine) -> str:
    return f'<path d="{trace(one.points)}" fill="none"{outlined(one.colour, one.width)} stroke-opacity="0.6"/>'


def _mark(one: Mark) -> str:
    colour = one.colour if one.colour != RIM else RIM
    drawn = mark(one.shape, one.x, one.y, one.size, colour, hollow=one.is_hollow)
    if one.colour == RIM:
        drawn = f'<circle cx="{one.x}" cy="{one.y}" r="{one.size / 2:.1f}" fill="#FFFFFF"{outlined((90, 102, 114))}/>'
    if not one.label:
        return drawn
    size = one.size * {1: 0.6, 2: 0.52}.get(len(one.label), 0.4)
    size *= 0.85 if one.shape in {"diamond", "triangle"} else 1
    down = one.y + size * 0.34 + (one.size * 0.12 if one.shape == "triangle" else 0)
    return drawn + text(one.x, down, one.label, size, bold=True, colour=one.ink, anchor="middle")
