"""Solutions and paths as Markdown, each with what it rests on; text from data is shown as text, come what may."""

from collections.abc import Iterable

from mapping.analysis.answer_cards import PathCard, SolutionCard
from mapping.analysis.card import Evidence
from mapping.figures.gap_map import GLYPHS
from mapping.words import Words
from pages.parts.card_markdown import plain, web_link


def solution(card: SolutionCard, words: Words) -> str:
    """Return all that is known of a solution, its title left out."""
    since = words.text("since {year}", year=str(card.since)) if card.since else words.text("start year not stated")
    facts = [
        (words.text("What it is"), card.description),
        (words.text("Organisation"), card.organisation),
        (words.text("Outcome"), card.outcome),
        (words.text("To transfer it"), card.transfer),
    ]
    head = f"{status(card)} · {plain(card.type)} · {plain(card.where)} · {plain(since)} · {plain(card.stage)}"
    lines = [head, *(_fact(label, value) for label, value in facts if value)]
    if not card.has_figure:
        lines.append(f":gray[{words.text('The outcome states no figure.')}]")
    return _lines([*lines, sources(card.evidence, words)])


def status(card: SolutionCard) -> str:
    """Return the status with its mark."""
    return f"{GLYPHS[card.status]} **{plain(card.status_label)}**"


def solution_line(card: SolutionCard, words: Words) -> str:
    """Return a solution as one entry of a list, with its outcome, its transfer and its sources."""
    since = f", {words.text('since {year}', year=str(card.since))}" if card.since else ""
    state = f"{GLYPHS[card.status]} {plain(card.status_label)}"
    told = [
        f"**{plain(card.title)}** – {plain(card.where)}{plain(since)} · {state}",
        plain(card.description),
        _fact(words.text("Outcome"), card.outcome),
        _fact(words.text("To transfer it"), card.transfer),
        sources(card.evidence, words),
    ]
    return "  \n  ".join(told)


def path(card: PathCard, words: Words, linked: bool = False) -> str:
    """Return all that is known of a path forward, its title left out; ``linked`` where ways on stand below."""
    year = f" ({card.year})" if card.year else ""
    own = words.text("JOIN4ATMP's own") if card.is_own else ""
    lines = [
        plain(card.description),
        _fact(words.text("Proposed by"), f"{card.proposed_by}{year}") + (f" · **{plain(own)}**" if own else ""),
        _fact(words.text("Horizon, our reading"), card.horizon),
        _fact(words.text("Lead actor, our reading"), card.lead_actor),
        "" if linked else _fact(words.text("Answers"), "; ".join(title for _, title in card.obstacles)),
        "" if linked else _fact(words.text("Builds on"), "; ".join(title for _, title in card.solutions)),
        sources(card.evidence, words),
    ]
    return _lines(lines)


def path_line(card: PathCard, words: Words) -> str:
    """Return a path as one entry of a list."""
    told = words.text(
        "proposed by {who}; horizon: {horizon}, lead: {lead} (both our reading)",
        who=card.proposed_by,
        horizon=card.horizon,
        lead=card.lead_actor,
    )
    return (
        f"**{plain(card.title)}** – {plain(told)}  \n  {plain(card.description)}  \n  {sources(card.evidence, words)}"
    )


def sources(evidence: Evidence, words: Words) -> str:
    """Return how sure a row is and what it rests on, as links."""
    if not evidence.sources:
        return f":gray[{plain(evidence.confidence_label)}:] {words.text('no source page found')}"
    linked = "; ".join(
        web_link(f"{source.title or source.id}{f' ({source.year})' if source.year else ''}", source.url)
        for source in evidence.sources
    )
    return f":gray[{plain(evidence.confidence_label)}:] {linked}"


def _fact(label: str, value: str) -> str:
    return f":gray[{label}:] {plain(value)}"


def _lines(lines: Iterable[str]) -> str:
    return "  \n".join(line for line in lines if line)
