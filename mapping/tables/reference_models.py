"""Tables the others rest on: work packages, coverage, codes and sources."""

import pandas as pd

from mapping.tables.columns import DAY, Sourced, Table, address, code, key, link, number, text, words, year


class WorkPackages(Sourced):
    """One row per work package of JOIN4ATMP."""

    id: str = key("Work package", "Name of the work package in links")
    title: str = text("Title", "Title in our own words")
    lead_organisation_id: str = link(
        "Lead", "Organisation that leads it; empty where not published", "organisations", nullable=True
    )
    topic: str = code("Topic", "Stages of development it is about", "stage", many=True)


class Coverage(Sourced):
    """One row per core country and subject: whether somebody looked, and whether anything was found."""

    id: str = key("Coverage", "Country and subject in one name")
    country: str = link("Country", "The country", "countries")
    subject: str = code("Subject", "What was looked for: the table it would stand in", "coverage_subject")
    state: str = code("State", "Found, looked for without finding, not looked for, or not applicable", "coverage_state")
    basis: str = text("Basis", "What the state rests on")


class Codes(Table):
    """One row per code of a vocabulary, with the words for it."""

    vocabulary: str = text("Vocabulary", "The list the code belongs to", pattern=r"^[a-z][a-z_]*$")
    code: str = text("Code", "What stands in the tables; no meaning beyond its definition", pattern=r"^[A-Za-z0-9_/]+$")
    label: str = text("Label", "What readers see, in English")
    definition: str = text("Definition", "What it means, in one line of plain words")
    synonyms: str = words("Synonyms", "Other words a reader may search for")
    position: pd.Int64Dtype = number("Position", "Place in its vocabulary when listed, from 1", lowest=1, highest=1000)


class Sources(Table):
    """One row per document or page that a fact rests on."""

    id: str = key("Source", "Name of the source in the other tables")
    title: str = text("Title", "Title; empty where the page was not catalogued", nullable=True)
    publisher: str = text("Publisher", "Who published it; for uncatalogued pages the host or the repository")
    authors: str = text("Authors", "Authors in short", nullable=True)
    year: pd.Int64Dtype = year("Year", "Year of publication where the page states one")
    url: str = address("Address", "Where it was read", nullable=False)
    kind: str = code("Kind", "What sort of document it is", "source_kind")
    confidence: str = code("Confidence", "How sure we are of the entry", "confidence")
    retrieved: str = text("Retrieved", "Day on which it was read", pattern=DAY)
