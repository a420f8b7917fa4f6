"""A chart on a slide: native, with its figures in a sheet behind it."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from mapping.exports.slide_words import FAMILY, width_of, wrapped
from mapping.exports.slide_xml import INK, Box
from mapping.exports.still_chart import totals
from mapping.figures.pictures import ChartPicture, Series

FONT_PT: Final = 14
SIZES_PT: Final = (24, 22, 20, 18, 16, FONT_PT)
"""Sizes tried for the words of a chart, the largest that fits is taken."""
AXIS_PT: Final = 20
"""The largest of these where an axis is numbered."""
UPRIGHT_PT: Final = 16
"""Their size where there are so many that they are set upright."""
NAMES: Final = 0.4
"""Share of the width that names beside bars may take."""
NAME_LINES: Final = 2
FEW: Final = 6
"""Counts below which an axis is numbered one by one."""
BAR_PT: Final = 18.0
"""Height of a bar with its name in the smallest letters."""
FORMATS: Final = {"number": "#,##0", "share": "0 %"}
PLAIN: Final = re.compile(r"[\d.,\s]+%?")
"""A number as the chart itself prints it."""
_TYPES: Final = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "columns": XL_CHART_TYPE.COLUMN_STACKED,
}


def add_chart(slide: Any, picture: ChartPicture, place: Box) -> None:
    """Draw a chart; more bars than fit under each other stand in two or three columns."""
    if not picture.categories or not picture.series:
        return
    parts = list(_parts(picture, place.height))
    width = place.width / len(parts)
    size = _size(picture, place) if len(parts) == 1 else FONT_PT
    for at, part in enumerate(parts):
        wide = width - (10 if len(parts) > 1 else 0)
        frame = _drawn(slide, part, Box(place.left + at * width, place.top, wide, place.height), size)
        if picture.kind in {"bars", "stacked"}:
            _alike(frame.chart, picture, wide, size)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", part.alt)
        frame.name = f"Chart: {part.title}"


def _size(picture: ChartPicture, place: Box) -> int:
    """Return the largest size at which the names fit beside their bars, or under their columns."""
    names = _names(picture)
    if picture.kind == "lines":
        return AXIS_PT
    if picture.kind == "columns":
        column = place.width * 0.92 / len(names)
        return next((size for size in SIZES_PT if size <= AXIS_PT and _widest_word(names, size) <= column), UPRIGHT_PT)
    row = place.height / len(names)
    for size in SIZES_PT:
        lines = max(len(wrapped(name, size, place.width * NAMES)) for name in names)
        if lines <= NAME_LINES and size * 1.3 * lines <= row:
            return size
    return FONT_PT


def _widest_word(names: Sequence[str], size: float) -> float:
    return max(width_of(word, size) for name in names for word in name.split()) + 4


def _alike(chart: Any, picture: ChartPicture, width: float, size: float) -> None:
    """Give bars the room that their names and numbers leave; parts of one chart are so drawn to one scale."""
    names = min(max(width_of(name, size) for name in _names(picture)), width * (NAMES if size > FONT_PT else 0.7)) + 12
    said = picture.series[0].printed if picture.kind == "bars" and len(picture.series) == 1 else ()
    ends = max((width_of(one, size) for one in said), default=0.0) + 12
    if picture.kind == "bars":
        chart.value_axis.maximum_scale = max(max(totals(picture)), FEW / 2)
    held = {"x": names / width, "y": 0.01, "w": max(1 - (names + ends) / width, 0.2), "h": 0.98}
    inner = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    sizes = "".join(f'<c:{side} val="{share:.4f}"/>' for side, share in held.items())
    made = parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{inner}{sizes}</c:manualLayout></c:layout>")
    plot = chart._chartSpace.chart.plotArea
    for old in plot.findall(qn("c:layout")):
        plot.remove(old)
    plot.insert(0, made)
    _name_all(chart.category_axis)


def _parts(picture: ChartPicture, height: float) -> Iterator[ChartPicture]:
    """Yield a chart in as many parts as its bars need, as even as can be."""
    if picture.kind in {"lines", "columns"}:
        yield picture
        return
    number = math.ceil(len(picture.categories) * BAR_PT / max(height, BAR_PT))
    size = math.ceil(len(picture.categories) / number)
    for start in range(0, len(picture.categories), size):
        yield _slice(picture, start, start + size)


def _slice(picture: ChartPicture, start: int, end: int) -> ChartPicture:
    series = tuple(replace(one, values=one.values[start:end], printed=one.printed[start:end]) for one in picture.series)
    return replace(picture, categories=picture.categories[start:end], series=series, ends=picture.ends[start:end])


def _drawn(slide: Any, picture: ChartPicture, place: Box, size: int) -> Any:
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS if picture.kind == "lines" else _TYPES[picture.kind]
    data = _points(picture) if picture.kind == "lines" else _bars(picture)
    sizes = (Pt(place.left), Pt(place.top), Pt(place.width), Pt(place.height))
    frame = slide.shapes.add_chart(kind, *sizes, data)
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(size), FAMILY
    chart.has_legend = False
    chart.has_title = False
    shown = [*picture.series, Series("", (), INK, is_dashed=True)]  # the last for the marker, where there is one
    for plotted, one in zip(chart.plots[0].series, shown, strict=False):
        _coloured(plotted, one, picture, size)
    _axes(chart, picture, Pt(size), place.width)
    return frame


def _names(picture: ChartPicture) -> list[str]:
    """Return what stands beside the bars: their names, and at stacked ones what each comes to."""
    return [
        f"{name}  {end}" if end and picture.kind == "stacked" else name
        for name, end in zip(picture.categories, picture.ends or ("",) * len(picture.categories), strict=True)
    ]


def _bars(picture: ChartPicture) -> CategoryChartData:
    data = CategoryChartData(number_format=FORMATS[picture.unit])
    data.categories = _names(picture)
    for one in picture.series:
        data.add_series(one.name, [None if math.isnan(value) else value for value in one.values])
    return data


def _points(picture: ChartPicture) -> XyChartData:
    data = XyChartData(number_format="0 %" if picture.unit == "share" else "General")
    for one in picture.series:
        line = data.add_series(one.name)
        for x, y in _thinned(picture.xs, one.values):
            line.add_data_point(x, y)
    if picture.marker:
        line = data.add_series(picture.marker[1])
        for y in (0.0, 1.0):
            line.add_data_point(picture.marker[0], y)
    return data


def _thinned(xs: Sequence[float], ys: Sequence[float], most: int = 120) -> list[tuple[float, float]]:
    """Return at most so many points of a line, its last among them."""
    points = [(x, y) for x, y in zip(xs, ys, strict=True) if y == y]
    step = max(1, math.ceil(len(points) / most))
    kept = points[::step]
    return kept if not points or kept[-1] == points[-1] else [*kept, points[-1]]


def _coloured(plotted: Any, one: Series, picture: ChartPicture, size: int) -> None:
    if picture.kind == "lines":
        plotted.smooth = False
        plotted.format.line.color.rgb = RGBColor(*one.colour)
        plotted.format.line.width = Pt(2.25 if one.is_dashed else 3.5)
        if one.is_dashed:
            plotted.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        return
    plotted.format.fill.solid()
    plotted.format.fill.fore_color.rgb = RGBColor(*one.colour)
    plotted.invert_if_negative = False
    if len(picture.series) == 1 and picture.kind == "bars":
        labels = plotted.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, FORMATS[picture.unit], False
        labels.font.size, labels.position = Pt(size), XL_LABEL_POSITION.OUTSIDE_END
        if not all(PLAIN.fullmatch(said) and value.is_integer() for said, value in _printed(one)):
            _as_printed(plotted, one, size)


def _printed(one: Series) -> list[tuple[str, float]]:
    """Return what the page prints for each bar that has a value, with the value."""
    return [(said, value) for said, value in zip(one.printed, one.values, strict=False) if not math.isnan(value)]


def _as_printed(plotted: Any, one: Series, size: int) -> None:
    """Print beside the bars what the page prints, such as 37.5 (n = 92), which no format of numbers can say."""
    for at, said in enumerate(one.printed):
        if not math.isnan(one.values[at]):
            label = plotted.points[at].data_label
            label.text_frame.text, label.text_frame.word_wrap = said, False
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
            label.position = XL_LABEL_POSITION.OUTSIDE_END


def _axes(chart: Any, picture: ChartPicture, size: Any, width: float) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.has_major_gridlines = picture.kind in {"lines", "columns"}
    if values.has_major_gridlines:
        values.major_gridlines.format.line.color.rgb = RGBColor(218, 224, 230)
    values.minimum_scale = 0
    values.tick_labels.font.size = names.tick_labels.font.size = size
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = FORMATS[picture.unit], False
    if picture.unit == "share" and picture.kind in {"stacked", "lines"}:
        values.maximum_scale = 1
    if picture.kind in {"bars", "stacked"}:
        names.reverse_order = True
        values.visible = False
        chart.plots[0].gap_width, chart.plots[0].overlap = 35, 100 if picture.kind == "stacked" else 0
    if picture.kind == "columns":
        _upright(names, picture, width, size.pt)
        most = max(totals(picture), default=0.0)
        if most.is_integer() and most < FEW:
            values.major_unit = 1  # else PowerPoint puts halves between, and prints them rounded
        chart.plots[0].gap_width, chart.plots[0].overlap = 25, 100
    if picture.kind == "lines":
        names.has_major_gridlines, names.minimum_scale, names.maximum_scale = False, 0, picture.xs[-1]
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for axis, title in ((names, picture.category_title), (values, picture.value_title)):
        if title and picture.kind in {"lines", "columns"}:
            axis.has_title = True
            axis.axis_title.text_frame.text = title
            axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = size


def _upright(names: Any, picture: ChartPicture, width: float, size: float) -> None:
    """Set the names under columns upright where they would else stand aslant or on each other."""
    column = width * 0.92 / len(picture.categories)
    if _widest_word(picture.categories, size) > column:
        names._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "-5400000")
    _name_all(names)


def _name_all(names: Any) -> None:
    """Name every category, whatever a program thinks of its room."""
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        every = parse_xml(f'<{tag} {nsdecls("c")} val="1"/>')
        names._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
