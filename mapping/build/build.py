"""Making every table of the data folder from what is in data/raw and data/decisions.

The order matters twice: sources come first because all rows name them, coverage last because it tells of the others.
Codes and the edition are written by hand and left alone.
"""

from pathlib import Path

from mapping.build import coverage, indicators, obstacles, restating, sources, trials
from mapping.build.describing import write_readme
from mapping.build.organisation_codes import coded_organisation
from mapping.build.placed import write_placed_tables
from mapping.build.writing import write_table
from mapping.tables.csvs import Row, read_rows
from mapping.tables.files import TABLE_FILES
from mapping.tables.package import write_package

REGISTER_MARK = "github-com-"
"""Start of the ids of the copies of registers: files in public repositories."""


def build(data: Path) -> None:
    """Write all derived tables, the description of them for readers, and the one for software.

    Parameters
    ----------
    data : Path
        The data folder; `raw/`, `decisions/`, `codes.csv` and `edition.toml` in it are read, the rest is written. A
        second call changes nothing.
    """
    raw = data / "raw"
    catalogue = sources.source_rows(raw, indicators.COUNTRY_SOURCES)
    ids = sources.SourceIds.of(catalogue)
    write_table(data, "sources", catalogue)
    write_placed_tables(data, ids)
    organisations = read_rows(data / TABLE_FILES["organisations"])
    write_table(data, "organisations", [coded_organisation(row) for row in organisations])
    for name, rows in _other_tables(data, ids).items():
        write_table(data, name, rows)
    write_table(data, "coverage", _coverage(data))
    write_readme(data)
    write_package(data)


def _other_tables(data: Path, ids: sources.SourceIds) -> dict[str, list[Row]]:
    """Return the tables that rest on the raw tables alone."""
    raw = data / "raw"
    figures = indicators.indicator_rows(raw, ids)
    reviewed = read_rows(data / "decisions" / "restated_figures.csv")
    return {
        "trials": trials.trial_rows(raw, ids),
        "products": trials.product_rows(raw, ids),
        "obstacles": obstacles.obstacle_rows(raw),
        "obstacle_evidence": restating.with_restated(obstacles.evidence_rows(raw), figures, reviewed),
        "solutions": obstacles.solution_rows(raw, ids),
        "pathways": obstacles.pathway_rows(raw, ids),
        "country_indicators": figures,
        "work_packages": indicators.work_package_rows(raw, ids),
        "countries": indicators.country_rows(raw),
        "places": indicators.place_rows(raw),
    }


def _coverage(data: Path) -> list[Row]:
    """Return the table of coverage for the tables as they were just written."""
    tables = {name: read_rows(data / TABLE_FILES[name]) for name in (*coverage.BASIS_OF_NOTHING, "sites", "countries")}
    country_of = {site["id"]: site["country"] for site in tables["sites"]}
    for row in (row for name in coverage.BASIS_OF_NOTHING for row in tables[name]):
        row.setdefault("country", country_of.get(row.get("site_id", ""), ""))
    registers = [
        source
        for row in tables["trial_sites"]
        for source in row["source_ids"].split("|")
        if source.startswith(REGISTER_MARK)
    ]
    return coverage.coverage_rows(
        tables["countries"], {name: tables[name] for name in coverage.BASIS_OF_NOTHING}, registers
    )
