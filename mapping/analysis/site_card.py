"""Everything known about one site, in the reader's words and with its sources."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from mapping.analysis.card import CountryObstacles, Partner, SiteCard, Tally, Treatment, Trial, Unit
from mapping.analysis.cells import Row, evidence, many, names_of, rows_at, said, text, whole
from mapping.analysis.evidence import country_evidence
from mapping.analysis.neighbours import neighbours
from mapping.errors import ViewError
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.address import ROLES
from mapping.view.atlas import Atlas
from mapping.view.options import CONFIDENCES
from mapping.words import Words

_DATE_AT_END = re.compile(r"\b(\d{4}(?:-\d{2}){0,2})$")


def site_card(atlas: Atlas, site_id: str, words: Words) -> SiteCard:
    """Return the card of a site.

    Raises
    ------
    ViewError
        The tables have no site of that id.
    TableError
        A table the card is made from is faulty.
    """
    position = atlas.presence.position(site_id)
    if position < 0:
        raise ViewError(words.text("There is no site “{site}” in this version of the data", site=site_id))
    tables, presence = atlas.tables, atlas.presence
    held = presence.rows_at(position)
    roles, records = presence.role[held], presence.record[held]
    of_role = {role: [int(record) for record in records[roles == at]] for at, role in enumerate(ROLES)}
    [site] = rows_at(tables, "sites", [position])
    trials = _trial_rows(tables, of_role["trial_sites"])
    return SiteCard(
        id=site_id,
        name=text(site["name"]),
        aliases=many(site["aliases"]),
        place=words.text("{city}, {country}", city=text(site["city"]), country=words.country(tables, site["country"])),
        precision=_precision(words, site),
        undisclosed=_undisclosed(words, site),
        website=text(site["website"]),
        note=text(site["note"]),
        roles=_tallies(tables, words, "role", {role: len(rows) for role, rows in of_role.items()}.items()),
        partners=tuple(_partner(tables, words, row) for row in _rows(tables, "organisations", of_role["partners"])),
        units=tuple(_unit(tables, words, row) for row in _rows(tables, "facilities", of_role["facilities"])),
        capabilities_note=words.text("Capabilities are indicative: often inferred from what the unit makes."),
        phases=_phases(tables, words, trials),
        trials=_trials(tables, words, trials),
        treatments=tuple(
            _treatment(tables, words, row) for row in _rows(tables, "treatment_centres", of_role["treatment_centres"])
        ),
        obstacles=_obstacles(tables, words, text(site["country"])),
        neighbours=neighbours(atlas, position, words),
        confidence_mix=_tallies(
            tables,
            words,
            "confidence",
            zip(CONFIDENCES, np.bincount(presence.confidence[held], minlength=len(CONFIDENCES)).tolist(), strict=True),
        ),
        evidence=evidence(tables, words, site),
    )


def _rows(tables: Tables, table: str, positions: Sequence[int]) -> list[Row]:
    return rows_at(tables, table, positions) if positions else []


def _tallies(tables: Tables, words: Words, vocabulary: str, counts: Iterable[tuple[str, int]]) -> tuple[Tally, ...]:
    """Return the counts above zero with their words."""
    return tuple(Tally(code, words.label(tables, vocabulary, code), count) for code, count in counts if count)


def _precision(words: Words, site: Row) -> str:
    if site["coord_precision"] == "address":
        return words.text("Placed at its address")
    return words.text("Placed at the centre of its city")


def _undisclosed(words: Words, site: Row) -> str:
    if site["disclosure"] == "named":
        return ""
    return words.text("The registry does not name this site; all its unnamed sites in one city are shown as one.")


def _partner(tables: Tables, words: Words, row: Row) -> Partner:
    return Partner(
        id=text(row["id"]),
        name=text(row["name"]),
        kind=words.label(tables, "organisation_kind", text(row["kind"])),
        consortium_role="".join(said(tables, words, "consortium_role", many(row["consortium_role"]))),
        work_packages=names_of(tables, "work_packages", "title", many(row["work_packages"])),
        networks=said(tables, words, "network", many(row["networks"])),
        expertise=said(tables, words, "stage", many(row["expertise"])),
        website=text(row["website"]),
        note=text(row["note"]),
        evidence=evidence(tables, words, row),
    )


def _unit(tables: Tables, words: Words, row: Row) -> Unit:
    metres = row["clean_room_m2"]
    return Unit(
        id=text(row["id"]),
        name=text(row["name"]),
        operator=text(row["operator"]),
        kind=words.label(tables, "facility_kind", text(row["kind"])),
        classes=said(tables, words, "atmp_class", many(row["atmp_classes"])),
        capabilities=said(tables, words, "capability", many(row["capabilities"])),
        status=_gmp_status(tables, words, row),
        products=many(row["products"]),
        clean_room=words.text("{area} m²", area=words.number(float(metres))) if text(metres) else "",
        life=_life(words, whole(row["opened_year"]), whole(row["closed_year"])),
        website=text(row["website"]),
        note=text(row["note"]),
        evidence=evidence(tables, words, row),
    )


def _gmp_status(tables: Tables, words: Words, row: Row) -> str:
    status = words.label(tables, "gmp_status", text(row["gmp_status"]))
    year = whole(row["source_year"])
    if year is None:
        return words.text("{status}; the source gives no date", status=status)
    if row["gmp_status"] == "unknown":
        return words.text("{status} (source of {date})", status=status, date=str(year))
    return words.text("{status}, as of {date}", status=status, date=str(year))


def _life(words: Words, opened: int | None, closed: int | None) -> str:
    if opened and closed:
        return words.text("Opened {opened}, closed {closed}", opened=str(opened), closed=str(closed))
    if opened:
        return words.text("Opened {opened}", opened=str(opened))
    return words.text("Closed {closed}", closed=str(closed)) if closed else ""


def _trial_rows(tables: Tables, positions: Sequence[int]) -> list[tuple[Row, Row]]:
    """Return each trial at the site, with the row that joins them."""
    joins = _rows(tables, "trial_sites", positions)
    where = tables.kept(("trial positions",), lambda: {key: at for at, key in enumerate(tables["trials"]["id"])})
    trials = _rows(tables, "trials", [where[text(join["trial_id"])] for join in joins])
    return list(zip(trials, joins, strict=True))


def _trials(tables: Tables, words: Words, rows: Iterable[tuple[Row, Row]]) -> tuple[Trial, ...]:
    trials = [_trial(tables, words, trial, join) for trial, join in rows]
    return tuple(sorted(trials, key=lambda trial: (-(trial.start_year or 0), trial.id)))


def _trial(tables: Tables, words: Words, trial: Row, join: Row) -> Trial:
    return Trial(
        id=text(trial["id"]),
        title=text(trial["title"]),
        phase=words.label(tables, "phase", text(trial["phase"])),
        modality=words.label(tables, "modality", text(trial["modality"])),
        status=_trial_status(tables, words, trial),
        start_year=whole(trial["start_year"]),
        registry_url=text(trial["registry_url"]),
        names_here=many(join["facility_names"]),
        note=text(trial["note"]),
        evidence=evidence(tables, words, trial),
        evidence_here=evidence(tables, words, join),
    )


def _trial_status(tables: Tables, words: Words, trial: Row) -> str:
    status = words.label(tables, "trial_status", text(trial["status"]))
    snapshot = text(trial["snapshot"])
    if not snapshot:
        return words.text("{status}; the source gives no date", status=status)
    day = _DATE_AT_END.search(snapshot)
    if day is None:
        return words.text("{status} ({snapshot})", status=status, snapshot=snapshot)
    return words.text("{status}, as of {date}", status=status, date=words.date(day[1]))


def _phases(tables: Tables, words: Words, rows: Iterable[tuple[Row, Row]]) -> tuple[Tally, ...]:
    phases = [text(trial["phase"]) for trial, _ in rows]
    return _tallies(tables, words, "phase", ((code, phases.count(code)) for code in labels(tables, "phase")))


def _treatment(tables: Tables, words: Words, row: Row) -> Treatment:
    return Treatment(
        id=text(row["id"]),
        name=text(row["name"]),
        scope=text(row["scope"]),
        status=words.label(tables, "centre_status", text(row["status"])),
        products=names_of(tables, "products", "name", many(row["product_ids"])),
        classes=said(tables, words, "atmp_class", many(row["atmp_classes"])),
        note=text(row["note"]),
        evidence=evidence(tables, words, row),
    )


def _obstacles(tables: Tables, words: Words, country: str) -> CountryObstacles:
    figures, sources = country_evidence(tables, country)
    name = words.country_within(tables, country)
    if not figures:
        told = words.text("No published figure about obstacles in {country}", country=name)
    else:
        told = words.plural(
            "{n} published figure about obstacles in {country}",
            "{n} published figures about obstacles in {country}",
            figures,
            country=name,
        )
    return CountryObstacles(country, figures, sources, told)
