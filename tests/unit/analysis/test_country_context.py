"""The context of a country: what its figures say, with year and source, and nothing made up."""

from mapping.analysis.country_context import INDICATORS, context_sources, country_contexts
from mapping.tables.loading import Tables
from mapping.words import Words


def test_every_core_country_is_listed_also_where_nobody_looked(real: Tables) -> None:
    contexts = country_contexts(real, Words(strict=True))
    core = real["countries"]
    assert {context.country for context in contexts} == set(core.loc[core["scope"] == "core", "id"])


def test_each_fact_is_a_row_of_the_table_with_its_year_and_source(real: Tables) -> None:
    rows = {row["id"]: row for row in real["country_indicators"].to_dict("records")}
    for context in country_contexts(real, Words(strict=True)):
        for code, fact in context.facts.items():
            row = rows[fact.id]
            assert (row["country"], row["indicator"], row["area"]) == (context.country, code, "country")
            assert fact.sources
            newest = [r["year"] for r in rows.values() if r["country"] == context.country and r["indicator"] == code]
            assert fact.year is None or fact.year == max(newest)


def test_the_context_covers_law_procedure_payment_and_time(real: Tables) -> None:
    contexts = country_contexts(real, Words(strict=True))
    assert {code for context in contexts for code in context.facts} == set(INDICATORS)
    assert set(context_sources(contexts)) <= set(real["sources"]["id"])


def test_german_countries_stand_where_a_german_reader_looks_them_up(real: Tables) -> None:
    order = [context.country for context in country_contexts(real, Words("de", strict=True))]
    assert order.index("DK") < order.index("DE")
    assert order.index("NO") < order.index("AT") < order.index("PL")
