"""Tables of obstacles, of the figures about them, of solutions and pathways, and of figures about countries."""

import pandas as pd

from mapping.tables.columns import Sourced, code, key, link, number, text, year

HUGE = 1e12
"""No figure of ours comes near."""


class Obstacles(Sourced):
    """One row per hurdle between an idea and a patient treated."""

    id: str = key("Obstacle", "Name of the obstacle in links")
    title: str = text("Title", "The hurdle in a few words")
    stage: str = code("Stage", "Stage of development at which it stands", "stage")
    category: str = code("Category", "What sort of hurdle it is", "category")
    description: str = text("Description", "What the hurdle is, in our own words")
    stakeholders: str = code(
        "Stakeholders", "Who meets it; our reading in about half of the rows", "stakeholder", many=True
    )
    area: str = code("Area", "Whether the sources tell of the EU, or of single countries only", "area")
    countries: str = link("Countries", "Countries the sources name", "countries", many=True)


class ObstacleEvidence(Sourced):
    """One row per published figure about an obstacle. Compare only within one kind of measure, unit and direction."""

    id: str = key("Figure", "Name of the figure in links")
    obstacle_id: str = link("Obstacle", "The obstacle the figure is filed under; our reading", "obstacles")
    area: str = code("Area", "Whether the figure is about a country, the EU, or Europe", "area")
    country: str = link("Country", "The country; empty for figures about the EU or Europe", "countries", nullable=True)
    stakeholders: str = code(
        "Stakeholders", "Whom it concerns; our reading in about half of the rows", "stakeholder", many=True
    )
    measure: str = text("Measure", "What was measured")
    measure_kind: str = code("Kind of measure", "What sort of figure it is", "measure_kind")
    value: float = number("Value", "The figure", lowest=-HUGE, highest=HUGE)
    unit: str = code("Unit", "Unit of the value and of nothing else", "evidence_unit")
    n: pd.Int64Dtype = number(
        "Out of", "Number of things or people the figure rests on", lowest=0, highest=10**9, nullable=True
    )
    year: pd.Int64Dtype = year("Year", "Year of the data where stated, else of publication")
    page_or_table: str = text("Where", "Where in the source the figure stands", nullable=True)
    direction: str = code("Direction", "Whether a high value is bad, good or neither", "direction")
    scope: str = code("Scope", "What the figure is about: ATMPs, a part of them, or all medicines", "scope")
    restates: str = text(
        "Restates",
        "Figures that say the same: `table/id`, several joined with spaces; count a source once",
        nullable=True,
    )


class Solutions(Sourced):
    """One row per answer somebody has tried or proposed."""

    id: str = key("Solution", "Name of the solution in links")
    title: str = text("Title", "The answer in a few words")
    type: str = code("Type", "What sort of answer it is", "solution_type")
    obstacle_ids: str = link("Obstacles", "Obstacles it answers; our reading", "obstacles", many=True)
    stage: str = code("Stage", "Stage of development it helps", "stage")
    area: str = code("Area", "Whether it works in countries or across the EU", "area")
    countries: str = link("Countries", "Countries it works in; empty for the EU", "countries", many=True)
    organisation: str = text("Organisation", "Who did it")
    status: str = code("Status", "How far it has come", "solution_status")
    start_year: pd.Int64Dtype = year("Start", "Year it began")
    description: str = text("Description", "What it is, in our own words")
    outcome: str = text("Outcome", "What came of it, as far as published")
    transferability: str = text("Transferability", "What it would take elsewhere; our reading")


class Pathways(Sourced):
    """One row per recommended path forward."""

    id: str = key("Pathway", "Name of the pathway in links")
    title: str = text("Title", "The path in a few words")
    horizon: str = code("Horizon", "How long it would take; our reading", "horizon")
    lead_actor: str = text("Lead", "Who would have to act; our reading in about half of the rows")
    obstacle_ids: str = link("Obstacles", "Obstacles it would lower", "obstacles", many=True)
    solution_ids: str = link("Solutions", "Solutions it builds on", "solutions", many=True)
    stage: str = code("Stage", "Stage of development it helps", "stage")
    description: str = text("Description", "What is recommended, in our own words")
    proposed_by: str = text("Proposed by", "Who recommends it")
    year: pd.Int64Dtype = year("Year", "Year of the recommendation")


class CountryIndicators(Sourced):
    """One row per figure about a country or the EU. Baskets and years differ: compare within one indicator and year."""

    id: str = key("Figure", "Country, indicator and year in one name")
    area: str = code("Area", "Whether the figure is about a country, the EU, or Europe", "area")
    country: str = link("Country", "The country; empty for figures about the EU or Europe", "countries", nullable=True)
    indicator: str = code("Indicator", "What is measured", "indicator")
    value: float = number(
        "Value", "The figure; empty where the answer is a category", lowest=-HUGE, highest=HUGE, nullable=True
    )
    value_code: str = code("Category", "The answer where it is not a number", "indicator_value", nullable=True)
    unit: str = code("Unit", "Unit of the value", "evidence_unit")
    year: pd.Int64Dtype = year("Year", "Year of the data")
    note: str = text("Note", "Basket, survey and limits", nullable=True)
