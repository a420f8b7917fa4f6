"""Downloading studies from ClinicalTrials.gov, API version 2, page by page."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from mapping.errors import SourceError
from mapping.importers.asking import Asker, Manners, RefusedError
from mapping.importers.ctgov_records import NUMBER, records_in
from mapping.importers.downloads import Download

SERVER: Final = "https://clinicaltrials.gov/api/v2/"
MANNERS: Final = Manners()
PAGE_SIZE: Final = 200
"""Studies a page (1,000 at most); smaller pages lose less when a download breaks."""
MOST_PAGES: Final = 2_000
ATMP_WORDS: Final = (
    'CAR-T OR "chimeric antigen receptor" OR "gene therapy" OR "gene transfer" OR AAV OR "adeno-associated" '
    'OR lentiviral OR CRISPR OR "oncolytic virus" OR "T cell receptor" '
    'OR "tumor infiltrating lymphocytes" OR "dendritic cell" '
    'OR mesenchymal OR chondrocytes OR "tissue engineered" OR limbal OR "regulatory T cells" OR "NK cells" '
    'OR "cell therapy" OR "stem cells"'
)
"""What an ATMP may be registered as; the rules then tell which of the found ones are."""
EUROPE: Final = "atmp"
"""The word for the stock query."""


def query_for(wanted: str, countries: Sequence[str]) -> dict[str, str]:
    """Return the parameters of a search.

    Parameters
    ----------
    wanted : str
        NCT numbers, words for the interventions, or "atmp" for all that an ATMP may be registered as.
    countries : sequence of str
        English names of the countries of which a site must lie in one.
    """
    words = wanted.replace(",", " ").split()
    if words and all(NUMBER.fullmatch(word.upper()) for word in words):
        return {"filter.ids": ",".join(word.upper() for word in words)}
    interventions = ATMP_WORDS if wanted.strip().lower() in ("", EUROPE) else wanted.strip()
    places = " OR ".join(f'"{name}"' if re.search(r"\W", name) else name for name in countries)
    return {"query.intr": interventions, "query.locn": places}


def download_studies(asker: Asker, query: Mapping[str, str], into: Download, tell: Callable[[str], None]) -> None:
    """Save all pages of a search; a download that broke off goes on with the page it lacks.

    Raises
    ------
    SourceError
        The registry does not answer, answers with something else, or repeats itself.
    """
    seen: set[str] = set()
    while not into.state.get("is_done"):
        number, token = int(into.state.get("pages", 0)) + 1, str(into.state.get("next", ""))
        if token in seen or number > MOST_PAGES:
            raise SourceError(f"ClinicalTrials.gov: page {number} was sent before; the download is stopped")
        seen.add(token)
        page, content = _page(asker, query, number, token, into)
        found, following = len(records_in(page, f"page {number}")), _token(page)
        total = page.get("totalCount") if isinstance(page, Mapping) else None
        reached = {"pages": number, "next": following, "studies": int(into.state.get("studies", 0)) + found}
        if isinstance(total, int):
            reached["total"] = total
        into.save(f"page-{number:04}.json", content, **reached, is_done=not following)
        known_total = into.state.get("total")
        tell(f"page {number}: {reached['studies']} studies" + (f" of {known_total}" if known_total else ""))


def _page(asker: Asker, query: Mapping[str, str], number: int, token: str, into: Download) -> tuple[Any, bytes]:
    """Return one page; where the registry has forgotten the place we stopped at, the download begins anew."""
    paging = {"pageToken": token} if token else {"countTotal": "true"}
    try:
        return asker.json("GET", "studies", f"page {number}", {**query, **paging, "pageSize": str(PAGE_SIZE)})
    except RefusedError as error:
        if token and error.status == 400:
            into.note(pages=0, next="", studies=0)
            raise SourceError(
                f"page {number}: the registry has forgotten this search; start the same import again"
            ) from error
        raise


def _token(page: Any) -> str:
    """Return where the next page begins; empty on the last one."""
    token = page.get("nextPageToken") if isinstance(page, Mapping) else None
    return token if isinstance(token, str) else ""
