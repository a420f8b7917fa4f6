"""What others did about these: a brief in plain words, composed from the tables and from nothing else.

The reader picks obstacles, or a country; for a country the brief takes the obstacles that published figures or the
table of obstacles place there, those with most sources first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mapping.analysis.answer_cards import PathCard, SolutionCard, path_cards, solution_cards
from mapping.analysis.card import Evidence
from mapping.analysis.cells import names_of
from mapping.analysis.solution_matrix import STATUSES
from mapping.tables.loading import Tables
from mapping.view.answers import is_own
from mapping.view.state import ViewState
from mapping.words import Words

OBSTACLES_TOLD: Final = 6
"""Obstacles of a country told in full; the rest are named, so that the brief stays a few pages."""


@dataclass(frozen=True)
class Chapter:
    """One obstacle: what it is, who says so, and what is done about it."""

    obstacle: str
    """Its id."""
    title: str
    description: str
    evidenced: str
    """How many published figures there are, in words."""
    elsewhere: tuple[SolutionCard, ...]
    """What others did, from what is in use to what is over."""
    here: tuple[SolutionCard, ...]
    """What the countries picked already do; none where no country was picked."""
    paths: tuple[PathCard, ...]


@dataclass(frozen=True)
class Brief:
    """The whole brief."""

    title: str
    summary: str
    chapters: tuple[Chapter, ...]
    others: tuple[str, ...]
    """Titles of obstacles of the country that are not told in full."""
    source_ids: tuple[str, ...]


def brief(tables: Tables, view: ViewState, words: Words) -> Brief | None:
    """Return the brief a view asks for (obstacles in ``about``, countries), None where it asks for nothing."""
    asked = [code for code in tables["obstacles"]["id"] if code in view.about]
    ranked = asked or obstacles_of(tables, view.countries)
    if not ranked and not view.countries:
        return None
    told = ranked if asked else ranked[:OBSTACLES_TOLD]
    chapters = tuple(_chapter(tables, obstacle, view.countries, words) for obstacle in told)
    rest = names_of(tables, "obstacles", "title", ranked[len(told) :])
    return Brief(_title(tables, view, words), _summary(chapters, words), chapters, rest, _sources(chapters))


def obstacles_of(tables: Tables, countries: Sequence[str]) -> list[str]:
    """Return the obstacles placed in any of the countries, most sources there first, then by title."""
    if not countries:
        return []
    figures = tables["obstacle_evidence"]
    here = figures[figures["country"].isin(list(countries))]
    pairs = tables.pairs("obstacle_evidence", "source_ids").merge(here[["id", "obstacle_id"]], on="id")
    counts = pairs.groupby("obstacle_id")["value"].nunique().to_dict()
    named = tables.pairs("obstacles", "countries")
    counts = dict.fromkeys(named.loc[named["value"].isin(list(countries)), "id"], 0) | counts
    titles = dict(zip(counts, names_of(tables, "obstacles", "title", [str(code) for code in counts]), strict=True))
    return [str(code) for code in sorted(counts, key=lambda code: (-counts[code], titles[code]))]


def _chapter(tables: Tables, obstacle: str, countries: Sequence[str], words: Words) -> Chapter:
    pairs, paths = tables.pairs("solutions", "obstacle_ids"), tables.pairs("pathways", "obstacle_ids")
    frame = tables["solutions"]
    answers = frame[frame["id"].isin(pairs.loc[pairs["value"] == obstacle, "id"])]
    answers = answers.iloc[answers["status"].map(STATUSES.index).argsort(kind="stable")]
    held = tables.pairs("solutions", "countries")
    own = set(held.loc[held["value"].isin(list(countries)), "id"])
    proposed = tables["pathways"]
    proposed = proposed[proposed["id"].isin(paths.loc[paths["value"] == obstacle, "id"])]
    proposed = proposed.iloc[(~is_own(proposed)).argsort(kind="stable")]
    row = tables["obstacles"].set_index("id").loc[obstacle]
    return Chapter(
        obstacle=obstacle,
        title=str(row["title"]),
        description=str(row["description"]),
        evidenced=_evidenced(tables, obstacle, countries, words),
        elsewhere=tuple(solution_cards(tables, [code for code in answers["id"] if code not in own], words)),
        here=tuple(solution_cards(tables, [code for code in answers["id"] if code in own], words)),
        paths=tuple(path_cards(tables, list(proposed["id"]), words)),
    )


def _evidenced(tables: Tables, obstacle: str, countries: Sequence[str], words: Words) -> str:
    """Return how many figures and sources there are about an obstacle, everywhere and in the countries picked."""
    figures = tables["obstacle_evidence"]
    about = figures[figures["obstacle_id"] == obstacle]
    if about.empty:
        return words.text("No published figure is on record about this obstacle; its description has a source.")
    pairs = tables.pairs("obstacle_evidence", "source_ids")
    sources = pairs.loc[pairs["id"].isin(about["id"]), "value"].nunique()
    told = words.text(
        "{figures} from {sources}",
        figures=words.plural("{n} published figure", "{n} published figures", len(about)),
        sources=words.plural("{n} source", "{n} sources", sources),
    )
    if not countries:
        return words.text("{told}.", told=told)
    here = int(about["country"].isin(list(countries)).sum())
    places = words.list([words.country_within(tables, code) for code in countries])
    return words.text("{told}, {here} of them about {places}.", told=told, here=here, places=places)


def _title(tables: Tables, view: ViewState, words: Words) -> str:
    if view.countries:
        places = words.list([words.country(tables, code) for code in view.countries])
        return words.text("{places}: what others did about what stands in the way", places=places)
    if len(view.about) == 1:
        title = names_of(tables, "obstacles", "title", view.about)[0]
        return words.text("What others did about: {obstacle}", obstacle=title)
    return words.plural(
        "What others did about {n} obstacle", "What others did about these {n} obstacles", len(view.about)
    )


def _summary(chapters: Sequence[Chapter], words: Words) -> str:
    """Return the brief in a few sentences: how many answers, what works, what is proposed, what is open."""
    if not chapters:
        return words.text("No published figure names an obstacle there, which does not mean that there is none.")
    solutions = {card.id: card for chapter in chapters for card in (*chapter.elsewhere, *chapter.here)}
    paths = {card.id: card for chapter in chapters for card in chapter.paths}
    working = sum(card.status == "in_use" for card in solutions.values())
    figures = sum(card.has_figure for card in solutions.values())
    own = sum(card.is_own for card in paths.values())
    bare = [chapter.title for chapter in chapters if not (chapter.elsewhere or chapter.here)]
    sentences = [
        words.plural(
            "{n} real-world solution is on record for {obstacles}; {working} in use, {figures} with a figure of its "
            "outcome.",
            "{n} real-world solutions are on record for {obstacles}; {working} in use, {figures} with a figure of "
            "their outcome.",
            len(solutions),
            obstacles=words.plural("{n} obstacle", "{n} obstacles", len(chapters)),
            working=working,
            figures=figures,
        ),
        words.plural(
            "{n} path forward is proposed, {own} by JOIN4ATMP.",
            "{n} paths forward are proposed, {own} by JOIN4ATMP.",
            len(paths),
            own=own,
        ),
    ]
    if bare:
        sentences.append(words.text("No solution is on record for: {titles}.", titles=words.list(bare)))
    return " ".join(sentences)


def _sources(chapters: Sequence[Chapter]) -> tuple[str, ...]:
    rests: list[Evidence] = []
    for chapter in chapters:
        rests += [card.evidence for card in (*chapter.elsewhere, *chapter.here)]
        rests += [card.evidence for card in chapter.paths]
    return tuple(dict.fromkeys(source.id for rest in rests for source in rest.sources))
