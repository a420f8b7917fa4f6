"""Views as PowerPoint slides: the finding as title, the picture as shapes, tables and charts that stay editable."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from mapping.errors import ViewError
from mapping.exports.edition import LICENCE_NAME, TITLE
from mapping.exports.funding import funding
from mapping.exports.matrix_layout import legible
from mapping.exports.picture_finding import finding_of
from mapping.exports.screens import Step
from mapping.exports.slide_chart import add_chart
from mapping.exports.slide_foot import add_foot, foot_height
from mapping.exports.slide_legend import column, strip, strip_height
from mapping.exports.slide_map import map_shapes, map_width
from mapping.exports.slide_matrix import layout, name_lines, rows_that_fit, table
from mapping.exports.slide_words import FAMILY, LEADING, balanced, width_of, wrapped
from mapping.exports.slide_xml import INK, QUIET, Box, Pen, paragraph, parsed, run
from mapping.exports.typesetting import ELLIPSIS
from mapping.figures.matrix_fit import MOST_COLUMNS, paged, without_empty_columns
from mapping.figures.pictures import ChartPicture, LegendItem, MapPicture, MatrixPicture, Picture, chart_legend
from mapping.words import Words

WIDTH_PT: Final = 960.0
HEIGHT_PT: Final = 540.0
"""13.333 by 7.5 inches, 16:9."""
MARGIN_PT: Final = 34.0
TITLE_SIZES_PT: Final = ((34, 1), (32, 1), (30, 1), (28, 1), (27, 1), (28, 2), (24, 2), (24, 3))
"""Sizes tried for the finding, each with the lines it may take."""
FILTER_SIZES_PT: Final = ((24, 1), (22, 1), (20, 1), (24, 2), (20, 2), (17, 3), (14, 4))
"""The same for the filters; the notes hold whole what is longer even so."""
TITLE_ONLY: Final = 5
"""Position of the layout "Title Only" in the plain template."""
LONGEST_PROPERTY: Final = 250
"""Letters that a property of the file may hold."""
LANGUAGES: Final = {"en": "en-GB", "de": "de-DE"}
"""Language of the words -> how PowerPoint calls it, where that is not its code alone."""
LEAST_LEGEND_PT: Final = 230.0
ROOM_SIZES_PT: Final = (18, 16, 14)
"""Letters of a heatmap in a talk, the largest tried first."""
LEAST_ROWS: Final = 6
"""Rows for which smaller letters are taken."""


def slides(steps: Sequence[Step], words: Words, base: str, *, title: str = "", every_picture: bool = False) -> bytes:
    """Return a presentation.

    Parameters
    ----------
    steps : sequence of Step
        The views, in order.
    words : Words
        The language.
    base : str
        Address of the Atlas, for links and QR codes.
    title : str
        Title of the file; the first finding where none is given.
    every_picture : bool
        A slide for each picture of a view, a large heatmap over several; otherwise one slide a view, with its first
        picture and, of a large heatmap, the rows with most evidence.

    Raises
    ------
    ViewError
        There is no step.
    """
    if not steps:
        raise ViewError("a presentation needs at least one view")
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    _widen(deck)
    for step in steps:
        titles: list[str] = []
        for picture in _pictures(step, words, base, every_picture):
            told = (finding_of(picture, words) if titles else "") or step.headline or step.screen.headline
            titles.append(told)
            numbered = f"{told} ({titles.count(told)})" if titles.count(told) > 1 else told
            _add(deck, replace(step, headline=numbered) if len(titles) > 1 else step, picture, words, base)
    about = deck.core_properties
    about.title = (title or steps[0].headline or steps[0].screen.headline)[:LONGEST_PROPERTY]
    about.subject, about.author = steps[0].screen.dateline, TITLE
    about.language, about.comments = words.lang, LICENCE_NAME
    about.keywords = f"{TITLE} {steps[0].screen.version}"
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _widen(deck: Any) -> None:
    """Give the layout that we use the size of our slides and our letters; the plain template is 4:3, in Calibri."""
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'typeface="Calibri"', f'typeface="{FAMILY}"'.encode())
    for holder in (*deck.slide_master.placeholders, *deck.slide_layouts[TITLE_ONLY].placeholders):
        ours = holder.placeholder_format.idx == 0
        place = (MARGIN_PT, 20, WIDTH_PT - 2 * MARGIN_PT, 60) if ours else (MARGIN_PT, 510, 200, 20)
        holder.left, holder.top, holder.width, holder.height = (Pt(each) for each in place)


def _pictures(step: Step, words: Words, base: str, every: bool) -> Iterator[Picture]:
    """Yield what stands on a slide each."""
    pictures = step.screen.pictures
    shown = [picture for picture in pictures if not _is_empty(picture)] or list(pictures[:1])
    for picture in shown if every else shown[:1]:
        if not isinstance(picture, MatrixPicture):
            yield picture
            continue
        picture = without_empty_columns(picture, MOST_COLUMNS, words)
        room = _room(step, picture, words, base)
        if every:
            yield from paged(picture, rows_that_fit(picture, room), words, partial(name_lines, picture, room))
        else:
            laid = partial(layout, place=room)
            yield legible(picture, laid, room.height, ROOM_SIZES_PT, LEAST_ROWS, words)


def _is_empty(picture: Picture) -> bool:
    if isinstance(picture, MatrixPicture):
        return not picture.rows
    return isinstance(picture, ChartPicture) and not (picture.categories and picture.series)


def _add(deck: Any, step: Step, picture: Picture, words: Words, base: str) -> None:
    screen, slide, pen = step.screen, deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY]), Pen()
    tree = slide.shapes._spTree
    lines, size = _title(step)
    holder = slide.shapes.title
    holder.text_frame.text = " ".join(lines) if lines[-1].endswith(ELLIPSIS) else step.headline or screen.headline
    holder.text_frame.word_wrap = True
    holder.text_frame.vertical_anchor = 1
    top = _place_title(holder, lines, size)
    said, small = _subtitle(step, picture)
    place = Box(MARGIN_PT, top, WIDTH_PT - 2 * MARGIN_PT, len(said) * small * LEADING)
    tree.append(parsed(pen.words("Filters", place, [paragraph(run(" ".join(said), small, colour=QUIET), small)])))
    _draw(slide, picture, _room(step, picture, words, base), pen)
    add_foot(slide, screen, picture, words, base, pen)
    _notes(slide, step, picture, words, base)
    for part in (slide._element, slide.notes_slide._element):
        _speak(part, LANGUAGES.get(words.lang, words.lang))


def _speak(part: Any, language: str) -> None:
    """Tell programs that read aloud or check spelling what language the words are in."""
    for written in part.iter(qn("a:r")):
        written.get_or_add_rPr().set("lang", language)
    for end in part.iter(qn("a:endParaRPr")):
        end.set("lang", language)


def _title(step: Step) -> tuple[list[str], int]:
    """Return the finding in lines, in the largest letters that fit; what is too long even so is whole in the notes."""
    told, room = step.headline or step.screen.headline, WIDTH_PT - 2 * MARGIN_PT
    for size, most in TITLE_SIZES_PT:
        lines = balanced(told, size, room, bold=True)
        if len(lines) <= most:
            return lines, size
    return wrapped(told, size, room, bold=True, most=most), size


def _place_title(holder: Any, lines: Sequence[str], size: int) -> float:
    """Set the title, as wide as makes its lines about equally long, and return where it ends."""
    height, room = len(lines) * size * LEADING, WIDTH_PT - 2 * MARGIN_PT
    width = room if len(lines) == 1 else min(max(width_of(line, size, bold=True) for line in lines) + 2, room)
    holder.left, holder.top, holder.width, holder.height = Pt(MARGIN_PT), Pt(20), Pt(width), Pt(height)
    frame = holder.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    written = frame.paragraphs[0]
    written.alignment, written.line_spacing = 1, 0.95
    for piece in written.runs:
        piece.font.size, piece.font.bold = Pt(size), True
    return 20 + height + 4


def _subtitle(step: Step, picture: Picture) -> tuple[list[str], int]:
    """Return name of the picture and filters in the largest letters that need one line, or a few of smaller ones."""
    is_said = picture.title in step.headline or (
        isinstance(picture, MapPicture) and picture.title == picture.legend_title
    )
    told = " · ".join((*(() if is_said else (picture.title,)), step.screen.filtered_by))
    room = WIDTH_PT - 2 * MARGIN_PT
    for size, most in FILTER_SIZES_PT:
        lines = wrapped(told, size, room)
        if len(lines) <= most:
            return lines, size
    return wrapped(told, size, room, most=most), size


def _room(step: Step, picture: Picture, words: Words, base: str) -> Box:
    """Return the place between head and foot."""
    lines, size = _title(step)
    said, small = _subtitle(step, picture)
    top = 20 + len(lines) * size * LEADING + 4 + len(said) * small * LEADING + 8
    bottom = HEIGHT_PT - foot_height(step.screen, picture, words, base)
    if isinstance(picture, MatrixPicture):
        bottom -= strip_height(picture.legend_title, picture.legend, WIDTH_PT - 2 * MARGIN_PT) + 6
    return Box(MARGIN_PT, top, WIDTH_PT - 2 * MARGIN_PT, bottom - top)


def _draw(slide: Any, picture: Picture, room: Box, pen: Pen) -> None:
    tree = slide.shapes._spTree
    if isinstance(picture, MapPicture):
        wide = map_width(picture, room.height, room.width - LEAST_LEGEND_PT)
        for markup in map_shapes(picture, Box(room.left, room.top, wide, room.height), pen):
            tree.append(parsed(markup))
        beside = Box(room.left + wide + 18, room.top, room.width - wide - 18, room.height)
        tree.append(parsed(column(picture.legend_title, picture.legend, beside, wide / picture.width, pen)))
        return
    if isinstance(picture, MatrixPicture):
        tree.append(parsed(table(picture, room, pen)))
        below = Box(room.left, room.bottom + 6, room.width, 60)
        if picture.legend:
            tree.append(parsed(strip(picture.legend_title, picture.legend, below, pen)))
        return
    items = chart_legend(picture)
    if picture.marker and picture.kind == "lines":
        items = (*items, LegendItem(picture.marker[1], INK))
    high = strip_height("", items, room.width)
    add_chart(slide, picture, Box(room.left, room.top, room.width, room.height - high))
    if items:
        tree.append(parsed(strip("", items, Box(room.left, room.bottom - high, room.width, high), pen)))


def _notes(slide: Any, step: Step, picture: Picture, words: Words, base: str) -> None:
    """Write what the speaker may be asked: note, method, figures, caption, sources, link."""
    screen = step.screen
    figures = "; ".join(words.text("{filter}: {value}", filter=label, value=value) for label, value in screen.facts)
    parts = (
        step.note,
        screen.headline if step.headline or _title(step)[0][-1].endswith(ELLIPSIS) else "",
        words.text("How this was counted: {method}", method=screen.method),
        words.text("Figures: {figures}.", figures=figures) if figures else "",
        words.text("Filters: {filters}", filters=screen.filtered_by),
        picture.alt,
        picture.caption,
        "\n".join(screen.sources),
        screen.address(base),
        funding(words).views,
    )
    slide.notes_slide.notes_text_frame.text = "\n\n".join(part for part in parts if part)
