"""How long each product has been authorised in the EU, as a sheet: a line a product on an axis of years."""

import math
from collections.abc import Iterator
from typing import Any, Final

from mapping.analysis.approvals import lives_of, products_in_view, tally
from mapping.analysis.filter_words import chips
from mapping.analysis.pipeline import pipeline
from mapping.analysis.pipeline_words import pipeline_headline
from mapping.analysis.trial_sample import sampled_sources
from mapping.exports.sheet_svg import Sheet, sheet_svg
from mapping.exports.svg_parts import LINE, QUIET, outlined, text
from mapping.exports.svg_parts import mark as shape
from mapping.exports.told import PAPER
from mapping.figures.approvals_timeline import STATUS_WORDS, life_words
from mapping.figures.captions import caption
from mapping.figures.pictures import LegendItem
from mapping.figures.pipeline_charts import COLOURS
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words

WIDTH_PX: Final = 1100
NAMES_PX: Final = 150
ENDS_PX: Final = 300
"""Room beside the lines for what became of a product."""
ROW_PX: Final = 19.0
LETTERS: Final = 12
AXIS_PX: Final = 26.0
EVERY_YEARS: Final = 5


def lives_svg(atlas: Atlas, view: ViewState, words: Words, address: str) -> str:
    """Return the lives of the products in view as SVG; ``address`` is where they stand on the screen."""
    tables, colours = atlas.tables, COLOURS[PAPER]
    shown = products_in_view(tables, view)
    lives, counts = lives_of(shown, tables), tally(shown)
    rows: list[Any] = list(lives.itertuples(index=False))
    said = [life_words(row, words) for row in rows]
    title = words.text("Products authorised in the EU")
    legend = (
        LegendItem(words.text("still authorised: {n}", n=counts.authorised), colours.life),
        LegendItem(words.text("withdrawn: {n}", n=counts.withdrawn), colours.ended),
        LegendItem(words.text("not renewed: {n}", n=counts.not_renewed), colours.ended, "diamond", is_hollow=True),
    )
    sheet = Sheet(
        headline=pipeline_headline(pipeline(atlas, view), counts, atlas, view, words),
        title=title,
        filters=tuple(chip.text for chip in chips(tables, view, words)),
        caption=caption(tables, sampled_sources(shown), words),
        address=address,
        alt=f"{title}. {'; '.join(said)}.",
        legend=legend,
        lang=words.lang,
    )
    return sheet_svg(sheet, "".join(_drawn(rows, words)), WIDTH_PX, AXIS_PX + len(rows) * ROW_PX + 6)


def _drawn(rows: list[Any], words: Words) -> Iterator[str]:
    """Yield the years and, below, a line a product between its name and what became of it."""
    if not rows:
        return
    first, last = math.floor(min(row.begin for row in rows)), math.ceil(max(row.end for row in rows))
    wide, bottom = (WIDTH_PX - NAMES_PX - ENDS_PX) / max(last - first, 1), AXIS_PX + len(rows) * ROW_PX
    for year in range(-(-first // EVERY_YEARS) * EVERY_YEARS, last + 1, EVERY_YEARS):
        x = NAMES_PX + (year - first) * wide
        yield f'<path d="M{x:.1f} {AXIS_PX - 6}V{bottom:.1f}"{outlined(LINE, 0.6)}/>'
        yield text(x, AXIS_PX - 10, str(year), LETTERS, colour=QUIET, anchor="middle")
    for at, row in enumerate(rows):
        y, colour = AXIS_PX + (at + 0.5) * ROW_PX, COLOURS[PAPER].ended if row.ended else COLOURS[PAPER].life
        start, end = NAMES_PX + (row.begin - first) * wide, NAMES_PX + (row.end - first) * wide
        yield text(NAMES_PX - 10, y + 4, row.name, LETTERS, anchor="end")
        yield f'<path d="M{start:.1f} {y:.1f}H{end:.1f}"{outlined(colour, 2 if row.ended else 4)}/>'
        if row.status == "not_renewed":
            yield shape("diamond", end, y, 10, colour, hollow=True)
        told = f"{words.text(STATUS_WORDS[row.status])}, {words.date(row.status_date)}" if row.ended else ""
        yield text(end + 8, y + 4, told, LETTERS, colour=colour)
