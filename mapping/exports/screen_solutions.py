"""The solutions as data: the evidence gap map, solutions by status, and the countries they come from."""

from collections.abc import Collection
from typing import Any, Final

from mapping.analysis.brief import brief
from mapping.analysis.solution_matrix import STATUSES, by_status, gap_matrix, in_words
from mapping.analysis.solution_words import chips_of, country_words, headline
from mapping.exports.screen_paths import road_map_picture
from mapping.exports.told import PAPER, Asked, Told
from mapping.figures.captions import caption, map_caption
from mapping.figures.extents import extent_of
from mapping.figures.gap_map import COUNT_WORDS, STATE_WORDS
from mapping.figures.map_picture import SYMBOL, disc, ground, picture
from mapping.figures.pictures import (
    ChartPicture,
    LegendItem,
    MapPicture,
    MatrixCell,
    MatrixPicture,
    MatrixRow,
    Picture,
    Series,
)
from mapping.figures.scales import HEAT, ink_on, step_label, step_of
from mapping.figures.solution_map import LARGEST_PX, SMALLEST_PX
from mapping.view.address import EUROPE
from mapping.view.answers import paths_in_view, solution_counts, solutions_in_view
from mapping.words import Words, mark

METHOD: Final = mark(
    "A solution is a real-world answer to an obstacle that a page describes, with its status as that page gives it. "
    "It stands in the row of every obstacle it answers. Hatched means that none is recorded, which is not the same as "
    "none exists: nobody has searched country by country. Horizons of paths forward are our reading."
)


def told(asked: Asked) -> Told:
    """Return what the page of solutions shows; the open part of the page comes first."""
    tables, view, words = asked.atlas.tables, asked.view, asked.words
    shown = solutions_in_view(tables, view)
    source_ids = tuple(source for cell in shown["source_ids"].dropna() for source in cell.split("|"))
    gaps, states, places = _gaps(asked), _states(asked), _map(asked, source_ids)
    pictures: tuple[Picture, ...] = (places, gaps, states) if view.tab == "catalogue" else (gaps, states, places)
    if view.tab == "paths":
        pictures = (road_map_picture(asked), *pictures)
    return Told(
        headline=headline(tables, view, brief(tables, view, words) if view.tab == "brief" else None, words),
        pictures=pictures,
        facts=(
            (words.text("Solutions"), words.number(len(shown))),
            *(
                (words.label(tables, "solution_status", status), words.number(count))
                for status, count in by_status(shown).items()
            ),
            (words.text("Paths forward"), words.number(len(paths_in_view(tables, view)))),
        ),
        method=words.text(METHOD),
        source_ids=source_ids,
        filters=tuple(chip.text for chip in chips_of(tables, view, words)),
    )


def _gaps(asked: Asked) -> MatrixPicture:
    tables, view, words = asked.atlas.tables, asked.view, asked.words
    cells = in_words(gap_matrix(tables, view), tables, words)
    records = cells.to_dict("records")
    types = {cell["type"]: cell["type_label"] for cell in records}
    rows = []
    for at in range(0, len(records), max(len(types), 1)):
        held = records[at : at + len(types)]
        made = tuple(_cell(asked, cell) for cell in held)
        rows.append(
            MatrixRow(
                held[0]["obstacle_label"], made, held[0]["stage_label"], float(sum(cell["count"] for cell in held))
            )
        )
    rest = solutions_in_view(tables, view, ("obstacle", "type"))
    sources = [source for cell in rest["source_ids"].dropna() for source in cell.split("|")]
    note = words.text("A solution stands in the row of every obstacle it answers.")
    return MatrixPicture(
        title=words.text("Solutions by obstacle and type, and where none is recorded"),
        alt=words.text(
            "Heatmap of solutions: {rows} by {columns}.",
            rows=words.plural("{n} obstacle", "{n} obstacles", len(rows)),
            columns=words.plural("{n} type of solution", "{n} types of solution", len(types)),
        ),
        caption=caption(tables, sources, words, note),
        row_head=words.text("Obstacle"),
        heads=tuple(types.values()),
        names=tuple(types.values()),
        rows=tuple(rows),
        legend_title=words.text("Solutions"),
        legend=_legend({cell["state"] for cell in records}, words),
    )


def _legend(states: Collection[str], words: Words) -> tuple[LegendItem, ...]:
    """Return the steps of colour and each kind of nothing that there is."""
    return (
        *(LegendItem(step_label(step), colour) for step, colour in enumerate(HEAT[PAPER].steps)),
        *(
            LegendItem(words.text(STATE_WORDS[state]), texture=_TEXTURE[state], sign=_SIGN[state])
            for state in STATE_WORDS
            if state in states
        ),
    )


_TEXTURE: Final[dict[str, Any]] = {"not_assessed": "hatch", "filtered": ""}
_SIGN: Final = {"not_assessed": "", "filtered": "0"}


def _cell(asked: Asked, cell: dict[Any, Any]) -> MatrixCell:
    words, count = asked.words, int(cell["count"])
    said = words.plural(*COUNT_WORDS, count) if count else words.text(STATE_WORDS[cell["state"]])
    told = words.text(
        "{obstacle} – {type}: {count}", obstacle=cell["obstacle_label"], type=cell["type_label"], count=said
    )
    if not count:
        ink = HEAT[PAPER].text
        return MatrixCell(_SIGN[cell["state"]], cell["state"], told, None, ink, _TEXTURE[cell["state"]])
    colour = HEAT[PAPER].steps[step_of(count)]
    return MatrixCell(words.number(count), "found", told, colour, ink_on(colour))


def _states(asked: Asked) -> ChartPicture:
    tables, view, words = asked.atlas.tables, asked.view, asked.words
    counts = by_status(solutions_in_view(tables, view, {"solution_status"}))
    names = tuple(words.label(tables, "solution_status", status) for status in STATUSES)
    printed = tuple(words.number(counts[status]) for status in STATUSES)
    title = words.text("Solutions by status")
    said = [words.text("{filter}: {value}", filter=name, value=n) for name, n in zip(names, printed, strict=True)]
    return ChartPicture(
        title=title,
        alt=f"{title}. {'; '.join(said)}.",
        caption=caption(tables, (), words),
        kind="bars",
        categories=names,
        series=(
            Series(
                words.text("Solutions"),
                tuple(float(counts[status]) for status in STATUSES),
                HEAT[PAPER].steps[2],
                printed,
            ),
        ),
    )


def _map(asked: Asked, source_ids: tuple[str, ...]) -> MapPicture:
    tables, view, words = asked.atlas.tables, asked.view, asked.words
    counts = solution_counts(tables, view)["country"]
    said = country_words(tables, counts, words)
    on = ground(asked.atlas, words, asked.geo, extent_of(EUROPE, tables, asked.geo))
    middles = on.middles()
    most, colour = max([*counts.values(), 1]), HEAT[PAPER].steps[2]
    marks = [
        disc(
            on,
            middles[code],
            2 * (SMALLEST_PX + (LARGEST_PX - SMALLEST_PX) * (counts[code] / most) ** 0.5),
            colour,
            SYMBOL,
            words.number(counts[code]),
            told,
        )
        for code, told in said.items()
        if code in middles
    ]
    note = words.text(
        "Each disc is the number of solutions recorded in a country. No disc means none recorded: nobody has "
        "searched country by country."
    )
    return picture(
        on,
        marks,
        [LegendItem(words.text("Solutions recorded in a country"), colour, "circle"), on.outside],
        title=words.text("Solutions by country"),
        alt="; ".join(said.values()) or words.text("No country has a solution in view."),
        caption=f"{note} {map_caption(tables, source_ids, words)}",
        legend_title=words.text("Solutions by country"),
    )
