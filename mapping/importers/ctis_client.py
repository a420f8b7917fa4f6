"""Downloading trials from CTIS: lists of results, then the full record of each."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from mapping.errors import SourceError
from mapping.importers.asking import Asker, Manners
from mapping.importers.ctis_records import NUMBER, records_in
from mapping.importers.downloads import Download

SERVER: Final = "https://euclinicaltrials.eu/ctis-public-api/"
MANNERS: Final = Manners(pause_s=0.6)
"""Below two calls a second: the portal's own interface, not made for us."""
PAGE_SIZE: Final = 100
MOST_PAGES: Final = 500
ATMP_WORDS: Final = (
    "CAR-T, gene therapy, chimeric antigen receptor, adeno-associated, lentiviral, CRISPR, oncolytic virus, "
    "tumour infiltrating lymphocytes, dendritic cell, mesenchymal, chondrocytes, tissue engineered, limbal, "
    "regulatory T cells, cell therapy, autoleucel, parvovec, autotemcel, stem cells"
)
"""What an ATMP may be registered as; CTIS has no criterion for advanced therapies."""
CRITERIA: Final = (
    *("containAll", "containAny", "containNot", "title", "number", "status", "medicalCondition", "sponsor", "endPoint"),
    *("productName", "productRole", "populationType", "orphanDesignation", "msc", "ageGroupCode"),
    *("therapeuticAreaCode", "trialPhaseCode", "sponsorTypeCode", "gender", "eeaStartDateFrom", "eeaStartDateTo"),
    *("eeaEndDateFrom", "eeaEndDateTo", "protocolCode", "rareDisease", "pip", "haveOrphanDesignation"),
    *("hasStudyResults", "hasClinicalStudyReport", "isLowIntervention", "hasSeriousBreach", "hasUnexpectedEvent"),
    *("hasUrgentSafetyMeasure", "isTransitioned", "eudraCtCode", "trialRegion", "vulnerablePopulation", "mscStatus"),
)
"""Every key of a search; the portal wants all, null where unused."""


def query_for(wanted: str) -> dict[str, Any]:
    """Return the criteria of a search for words; "atmp" stands for all that an ATMP may be registered as."""
    words = ATMP_WORDS if wanted.strip().lower() in ("", "atmp") else wanted.strip()
    return {**dict.fromkeys(CRITERIA), "containAny": words}


def numbers_in(wanted: str) -> tuple[str, ...]:
    """Return the EU CT numbers that are asked for, if nothing else is."""
    words = wanted.replace(",", " ").split()
    return tuple(words) if words and all(NUMBER.fullmatch(word) for word in words) else ()


def download_trials(asker: Asker, wanted: str, into: Download, tell: Callable[[str], None]) -> None:
    """Save the lists of results and the full record of each trial; what was saved before is not asked again.

    Raises
    ------
    SourceError
        The portal does not answer, or answers with something else.
    """
    numbers = list(numbers_in(wanted)) or _listed(asker, query_for(wanted), into, tell)
    for position, number in enumerate(numbers, start=1):
        if not into.has(f"{number}.json"):
            record, content = asker.json("GET", f"retrieve/{number}", number)
            records_in(record, number)
            into.save(f"{number}.json", content)
        tell(f"record {position} of {len(numbers)}")
    into.note(is_done=True)


def _listed(asker: Asker, criteria: Mapping[str, Any], into: Download, tell: Callable[[str], None]) -> list[str]:
    """Return the numbers of all results of a search, in order, each once."""
    while not into.state.get("is_listed"):
        number = int(into.state.get("pages", 0)) + 1
        body = {
            "pagination": {"page": number, "size": PAGE_SIZE},
            "sort": {"property": "decisionDate", "direction": "DESC"},
            "searchCriteria": dict(criteria),
        }
        page, content = asker.json("POST", "search", f"page {number} of results", body=body)
        rows, pages = records_in(page, f"page {number} of results"), _pages(page, number)
        numbers = [str(row["ctNumber"]) for row in rows]
        strange = next((found for found in numbers if not NUMBER.fullmatch(found)), None)
        if strange is not None:
            raise SourceError(f"page {number} of results: a trial has no EU CT number at ctNumber")
        known = list(dict.fromkeys([*into.state.get("numbers", []), *numbers]))
        is_last = not rows or number >= min(pages, MOST_PAGES)
        into.save(f"search-{number:04}.json", content, pages=number, numbers=known, is_listed=is_last)
        tell(f"page {number} of {pages} of results")
    return [str(number) for number in into.state.get("numbers", [])]


def _pages(page: Any, number: int) -> int:
    """Return how many pages of results there are."""
    pagination = page.get("pagination") if isinstance(page, Mapping) else None
    pages = pagination.get("totalPages") if isinstance(pagination, Mapping) else None
    if not isinstance(pages, int):
        raise SourceError(f"page {number} of results: pagination.totalPages is gone; the portal may have changed")
    return pages
