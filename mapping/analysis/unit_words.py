"""A published value with its unit in words: "1 facility", "29 facilities", "11.7 months", "rank 2 of 3, our coding"."""

from typing import Final

from mapping.analysis.measures import GMO_RANK
from mapping.tables.loading import Tables
from mapping.words import Words, mark_plural

UNITS: Final = {
    "percentage_points": mark_plural("{number} percentage point", "{number} percentage points"),
    "percent_growth": mark_plural("{number} percent growth", "{number} percent growth"),
    "months": mark_plural("{number} month", "{number} months"),
    "days": mark_plural("{number} day", "{number} days"),
    "eur": mark_plural("{number} euro", "{number} euros"),
    "products": mark_plural("{number} product", "{number} products"),
    "trials": mark_plural("{number} trial", "{number} trials"),
    "studies": mark_plural("{number} study", "{number} studies"),
    "countries": mark_plural("{number} country", "{number} countries"),
    "regions": mark_plural("{number} region", "{number} regions"),
    "centres": mark_plural("{number} centre", "{number} centres"),
    "facilities": mark_plural("{number} facility", "{number} facilities"),
    "clean_rooms": mark_plural("{number} clean room", "{number} clean rooms"),
    "square_metres": mark_plural("{number} square metre", "{number} square metres"),
    "patients": mark_plural("{number} patient", "{number} patients"),
    "persons": mark_plural("{number} person", "{number} people"),
    "treatments": mark_plural("{number} treatment", "{number} treatments"),
    "requests": mark_plural("{number} request", "{number} requests"),
    "applications": mark_plural("{number} application", "{number} applications"),
    "procedures": mark_plural("{number} procedure", "{number} procedures"),
    "licence_holders": mark_plural("{number} licence holder", "{number} licence holders"),
    "candidates": mark_plural("{number} candidate", "{number} candidates"),
    "publications": mark_plural("{number} publication", "{number} publications"),
    "reports": mark_plural("{number} report", "{number} reports"),
    "guidelines": mark_plural("{number} guideline", "{number} guidelines"),
    "regulations": mark_plural("{number} regulation", "{number} regulations"),
    "sources": mark_plural("{number} source", "{number} sources"),
    "payments": mark_plural("{number} payment", "{number} payments"),
    "negotiations": mark_plural("{number} negotiation", "{number} negotiations"),
    "roles": mark_plural("{number} role", "{number} roles"),
    "staff": mark_plural("{number} member of staff", "{number} staff"),
    "jobs": mark_plural("{number} job", "{number} jobs"),
    "respondents": mark_plural("{number} respondent", "{number} respondents"),
    "km": mark_plural("{number} kilometre", "{number} kilometres"),
    "score_1_5": mark_plural("score {number} of 5", "score {number} of 5"),
}
"""Unit -> what a value in it is called, for one and for several."""
_SEVERAL: Final = 2
"""The count whose form a fraction takes: 1.5 months."""


def value_words(tables: Tables, words: Words, value: float, unit: str) -> str:
    """Return a value with its unit; a unit without words here is called what the table of codes calls it."""
    is_whole = float(value).is_integer()
    number = words.number(value, 0 if is_whole else 1 if round(value, 1) == value else 2)
    if unit == GMO_RANK:
        return words.text("rank {number} of 3, our coding", number=number)
    if unit == "percent":
        return words.text("{number} %", number=number)
    if unit in UNITS:
        return words.plural(*UNITS[unit], abs(int(value)) if is_whole else _SEVERAL, number=number)
    return words.text("{number} {unit}", number=number, unit=words.label(tables, "evidence_unit", unit))
