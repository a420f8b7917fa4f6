"""A site card as Markdown: every fact with the page it comes from; text from data is shown as text, come what may."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from mapping.analysis.card import Evidence, Partner, SiteCard, Source, Tally, Treatment, Trial, Unit
from mapping.words import Words

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&@])")
_GAPS: Final = re.compile(r"[ \t-\r\x85\u2028\u2029]+")
"""White space in which a line may break; spaces that hold number and unit together stay."""
_WEB: Final = re.compile(r"https?://[^\s<>()\[\]\"']+")


def plain(text: str) -> str:
    """Return text that Markdown shows letter by letter."""
    return _SPECIAL.sub(r"\\\1", _GAPS.sub(" ", str(text)).strip())


def web_link(label: str, url: str) -> str:
    """Return a link, or the label alone where the address is not a plain web address."""
    return f"[{plain(label)}]({url})" if _WEB.fullmatch(url) else plain(label)


def place(card: SiteCard, words: Words) -> str:
    """Return where the site is, how exactly, and what it is."""
    lines = [plain(card.place), f":gray[{plain(card.precision)}]" if card.precision else "", plain(card.undisclosed)]
    if card.website:
        lines.append(web_link(words.text("Website"), card.website))
    if card.aliases:
        shown = plain(words.list(list(card.aliases[:6])))
        lines.append(f":gray[{words.text('Also written: {names}', names=shown)}]")
    return _lines(lines)


def sections(card: SiteCard, words: Words) -> list[str]:
    """Return one text a role of the site: partner, manufacturing, treatments, and the trials counted by phase."""
    found = [_partner(partner, words) for partner in card.partners]
    found += [_unit(unit, words) for unit in card.units]
    found += [_treatment(treatment, words) for treatment in card.treatments]
    if card.phases:
        found.append(f"**● {words.text('Trials by phase')}**  \n{_tallies(card.phases)}")
    return found


def trials(card: SiteCard, words: Words) -> str:
    """Return the trials as a list, linked to the registry where the number is confirmed."""
    return "\n".join(f"- {_trial(trial, words)}" for trial in card.trials)


def country(card: SiteCard, words: Words) -> str:
    """Return what is published about obstacles in the site's country."""
    return f"**{words.text('In the way here')}**  \n{plain(card.obstacles.told)}"


def footing(card: SiteCard, words: Words) -> str:
    """Return how sure the records are, and what name and place rest on."""
    mix = words.text("Confidence of its records: {mix}.", mix=_tallies(card.confidence_mix))
    return f"{mix} {words.text('Name and place:')} {_sources(card.evidence, words)}"


def _partner(partner: Partner, words: Words) -> str:
    facts = [
        (words.text("Kind"), partner.kind),
        (words.text("In JOIN4ATMP"), partner.consortium_role),
        (words.text("Work packages"), words.list(list(partner.work_packages))),
        (words.text("Networks"), words.list(list(partner.networks))),
        (words.text("Expertise"), words.list(list(partner.expertise))),
    ]
    return _section("◆", partner.name, facts, partner.note, partner.evidence, words, partner.website)


def _unit(unit: Unit, words: Words) -> str:
    facts = [
        (words.text("Operator"), f"{unit.operator} ({unit.kind})" if unit.operator else unit.kind),
        (words.text("ATMP class"), words.list(list(unit.classes))),
        (words.text("Capabilities (indicative)"), words.list(list(unit.capabilities))),
        (words.text("GMP status"), unit.status),
        (words.text("Products"), words.list(list(unit.products))),
        (words.text("Clean rooms"), unit.clean_room),
        (words.text("History"), unit.life),
    ]
    return _section("■", unit.name, facts, unit.note, unit.evidence, words, unit.website)


def _treatment(treatment: Treatment, words: Words) -> str:
    facts = [
        (words.text("Gives"), treatment.scope),
        (words.text("Status"), treatment.status),
        (words.text("Products"), words.list(list(treatment.products))),
        (words.text("ATMP class"), words.list(list(treatment.classes))),
    ]
    return _section("▲", treatment.name, facts, treatment.note, treatment.evidence, words)


def _trial(trial: Trial, words: Words) -> str:
    about = ", ".join(part for part in (trial.phase, trial.modality, trial.status) if part)
    number = web_link(trial.id, trial.registry_url)
    return f"{plain(trial.title)}  \n{number} · {plain(about)} · {_sources(trial.evidence, words)}"


def _section(
    glyph: str,
    name: str,
    facts: Iterable[tuple[str, str]],
    note: str,
    evidence: Evidence,
    words: Words,
    website: str = "",
) -> str:
    lines = [f"**{glyph} {plain(name)}**"]
    lines += [f":gray[{label}:] {plain(value)}" for label, value in facts if value]
    if note:
        lines.append(f":gray[{words.text('Note')}:] {plain(note)}")
    if website:
        lines.append(web_link(words.text("Website"), website))
    lines.append(f":gray[{plain(evidence.confidence_label)}:] {_sources(evidence, words)}")
    return _lines(lines)


def _sources(evidence: Evidence, words: Words) -> str:
    """Return the sources as links, each with its year, or that there is none."""
    if not evidence.sources:
        return words.text("no source page found")
    return "; ".join(_source(source) for source in evidence.sources)


def _source(source: Source) -> str:
    label = source.title or source.publisher or source.id
    return web_link(f"{label} ({source.year})" if source.year else label, source.url)


def _tallies(tallies: Sequence[Tally]) -> str:
    return " · ".join(f"{plain(tally.label)}: {tally.count}" for tally in tallies)


def _lines(lines: Iterable[str]) -> str:
    return "  \n".join(line for line in lines if line)
