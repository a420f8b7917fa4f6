"""Trials of CTIS, the European register under the Clinical Trials Regulation, from their JSON.

The portal's interface is public and undocumented; the paths are those read in records of it, in the shape of today and
in the one of 2023. `personInfo` and contacts are never touched (personal data).
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from mapping.errors import SourceError
from mapping.importers.json_paths import Record, number_at, objects_at, text_at, texts_at, value_at
from mapping.importers.studies import Intervention, Study, StudySite

NUMBER = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}")
OTHER_NUMBER = re.compile(r"NCT\d{8}|\d{4}-\d{6}-\d{2}\b")
NOT_UNDER_TEST: Final = ("2", "3", "4")
"""Role codes of comparators, placebos and auxiliary medicines."""
PHASE_WORDS = re.compile(r"phase\s+(IV|III|II|I)\b(?:\s*(?:/|and|-)\s*(?:phase\s+)?(IV|III|II|I)\b)?", re.IGNORECASE)
ROMAN: Mapping[str, str] = MappingProxyType({"I": "1", "II": "2", "III": "3", "IV": "4"})
COMBINED: Final = ("1/2", "2/3")
STATUS_WORDS: Mapping[str, str] = MappingProxyType(
    {
        r"recruitment (?:pending|not)|not (?:yet )?recruiting|under evaluation": "not_yet",
        r"halted|suspended|early|revoked|not authori[sz]ed": "terminated",
        r"withdrawn|cancelled|lapsed|expired": "withdrawn",
        r"recruitment ended|restart": "active",
        r"recruiting": "recruiting",
        r"ongoing": "active",
        r"ended|completed": "completed",
    }
)
"""Words of a status -> our code, first match first; a number alone is not told (its list is not published)."""


def records_in(content: Any, name: str) -> list[Record]:
    """Return the trials of one file or answer: a page of results, a full record, or a list of either."""
    if isinstance(content, Mapping) and "ctNumber" not in content:
        content = content.get("data")
    found = [content] if isinstance(content, Mapping) else content
    if not isinstance(found, list) or not all(isinstance(trial, Mapping) and "ctNumber" in trial for trial in found):
        raise SourceError(f"{name}: not an answer of CTIS; it has no trials with a `ctNumber`")
    return found


def study_from(record: Record, name: str) -> Study:
    """Return one trial from its full record or its row in a list of results."""
    number = text_at(record, "ctNumber", name)
    if not NUMBER.fullmatch(number):
        raise SourceError(f"{name}: a trial has no EU CT number at ctNumber")
    told = f"{name}: {number}"
    is_full = "authorizedApplication" in record or "authorizedPartI" in record
    return _full(record, number, told, name) if is_full else _summary(record, number, told, name)


def _summary(record: Record, number: str, told: str, name: str) -> Study:
    """Return a trial from its row in a list of results: countries without sites."""
    status = text_at(record, "ctStatus", told)
    return Study(
        id=number,
        registry="ctis",
        title=text_at(record, "shortTitle", told) or text_at(record, "ctTitle", told),
        official_title=text_at(record, "ctTitle", told),
        conditions=texts_at(record, "conditions", told),
        interventions=(Intervention("BIOLOGICAL", (_product_name(record, told),)),),
        study_type="INTERVENTIONAL",
        phase=phase_from(text_at(record, "trialPhase", told)),
        status=status_from(status),
        sponsor=text_at(record, "sponsor", told),
        sponsor_kind=_kind_from(text_at(record, "sponsorType", told)),
        start_year=_year(text_at(record, "startDateEU", told)),
        enrolment=_count(text_at(record, "totalNumberEnrolled", told)),
        country_names=tuple(text.partition(":")[0] for text in texts_at(record, "trialCountries", told)),
        updated=_day(text_at(record, "lastUpdated", told)),
        notes=("sites not stated: only the row of a list of results was read",),
        is_summary=True,
        files=(name,),
    )


def _product_name(record: Record, told: str) -> str:
    """Return the product of a row of results, which has held one text or a list of them."""
    return "; ".join(texts_at(record, "productName", told))


def _full(record: Record, number: str, told: str, name: str) -> Study:
    """Return a trial from its full record."""
    application = value_at(record, "authorizedApplication", told) or record
    part = value_at(application, "authorizedPartI", told) or {}
    details, titles = "trialDetails.trialInformation", "trialDetails.clinicalTrialIdentifiers"
    status = text_at(record, "ctStatus", told)
    phase = text_at(part, f"{details}.trialCategory.trialPhase", told)
    found_status, found_phase = status_from(status), phase_from(phase)
    notes = [f"status in the registry: {status}"] if status and found_status == "unknown" else []
    notes += [f"phase in the registry: {phase}"] if phase and found_phase == "na" else []
    sponsor = _sponsor(part, told)
    return Study(
        id=number,
        registry="ctis",
        title=text_at(part, f"{titles}.shortTitle", told) or _long_title(part, titles, told),
        official_title=text_at(part, f"{titles}.fullTitle", told),
        other_ids=_other_ids(application, part, told),
        conditions=tuple(
            text_at(found, "medicalCondition", told)
            for found in objects_at(part, f"{details}.medicalCondition.partIMedicalConditions", told)
        ),
        interventions=tuple(_products(part, told)),
        study_type="INTERVENTIONAL",
        phase=found_phase,
        status=found_status,
        sponsor=text_at(sponsor, "organisation.name", told),
        sponsor_kind=_sponsor_kind(sponsor, told),
        start_year=_start(record, part, told),
        enrolment=_enrolment(application, told),
        country_names=tuple(_countries(application, part, told)),
        sites=tuple(_sites(application, told)),
        updated=_day(text_at(record, "publishDate", told)),
        notes=tuple(notes),
        files=(name,),
    )


def _long_title(part: Record, titles: str, told: str) -> str:
    """Return the title for the public, else the full one."""
    return text_at(part, f"{titles}.publicTitle", told) or text_at(part, f"{titles}.fullTitle", told)


def phase_from(words: str) -> str:
    """Return our code of a phase in words, such as "Therapeutic exploratory (Phase II)"; na where it is a number."""
    found = PHASE_WORDS.search(words)
    if not found:
        return "na"
    parts = [ROMAN[part.upper()] for part in found.groups() if part]
    both = "/".join(parts)
    return both if both in COMBINED else parts[0]


def status_from(words: str) -> str:
    """Return our code of a status in words; unknown where it is a number."""
    plain = words.lower()
    return next((code for pattern, code in STATUS_WORDS.items() if re.search(pattern, plain)), "unknown")


def _products(part: Record, told: str) -> Iterator[Intervention]:
    """Yield the medicines under test."""
    for found in objects_at(part, "products", told):
        if text_at(found, "part1MpRoleTypeCode", told) in NOT_UNDER_TEST:
            continue
        names = [text_at(found, path, told) for path in ("productName", "productDictionaryInfo.prodName")]
        names += [text_at(found, "productDictionaryInfo.activeSubstanceName", told), *_substances(found, told)]
        yield Intervention("BIOLOGICAL", tuple(dict.fromkeys(text for text in names if text)))


def _substances(product: Record, told: str) -> tuple[str, ...]:
    """Return the active substances, which the register writes as one text or as a list."""
    return texts_at(product, "jsonActiveSubstanceNames", told)


def _sponsor(part: Record, told: str) -> Record:
    """Return the primary sponsor, else the first."""
    sponsors = list(objects_at(part, "sponsors", told))
    return next((found for found in sponsors if found.get("primary") is True), sponsors[0] if sponsors else {})


def _sponsor_kind(sponsor: Record, told: str) -> str:
    """Return the kind of sponsor from its flag, else from its type."""
    flag = value_at(sponsor, "organisation.commercial", told)
    words = text_at(sponsor, "organisation.type", told)
    return "commercial" if flag is True else _kind_from(words)


def _kind_from(words: str) -> str:
    """Return the kind of sponsor from words such as "Hospital/Clinic/Other health care facility"."""
    plain = words.lower()
    if re.search(r"pharma|company|industry|^commercial", plain):
        return "commercial"
    if re.search(r"hospital|universit|education|academ|patient|laborator|research|non.?commercial", plain):
        return "academic"
    return "public" if re.search(r"authority|government|public", plain) else "unknown"


def _other_ids(application: Record, part: Record, told: str) -> tuple[str, ...]:
    """Return the numbers at ClinicalTrials.gov and in the earlier European register."""
    base = "trialDetails.clinicalTrialIdentifiers.secondaryIdentifyingNumbers"
    texts = [text_at(part, f"{base}.nctNumber.number", told), text_at(application, "eudraCt.eudraCtCode", told)]
    texts += [text_at(other, "number", told) for other in objects_at(part, f"{base}.additionalRegistries", told)]
    return tuple(sorted({number for text in texts for number in OTHER_NUMBER.findall(text)}))


def _countries(application: Record, part: Record, told: str) -> Iterator[str]:
    """Yield the member states concerned and the other countries."""
    for state in objects_at(application, "memberStatesConcerned", told):
        yield text_at(state, "mscName", told)
    for country in objects_at(part, "rowCountriesInfo", told):
        yield text_at(country, "isoAlpha2Code", told) or text_at(country, "name", told)


def _sites(application: Record, told: str) -> Iterator[StudySite]:
    """Yield the places of a trial, state by state; who works there is never read."""
    for state in objects_at(application, "authorizedPartsII", told):
        stated = text_at(state, "mscInfo.countryName", told) or text_at(state, "mscInfo.mscName", told)
        for site in objects_at(state, "trialSites", told):
            info = "organisationAddressInfo"
            country = text_at(site, f"{info}.address.countryName", told) or stated
            name = text_at(site, f"{info}.organisation.name", told)
            yield StudySite(name, text_at(site, f"{info}.address.city", told), country)


def _enrolment(application: Record, told: str) -> int | None:
    """Return the patients planned in all states, or nothing where no state says."""
    states = objects_at(application, "authorizedPartsII", told)
    counts = [count for state in states if (count := number_at(state, "recruitmentSubjectCount", told)) is not None]
    return int(sum(counts)) if counts else None


def _start(record: Record, part: Record, told: str) -> int | None:
    """Return the year the trial began in the EU, else the one it was planned for."""
    planned = "trialDetails.trialInformation.trialDuration.estimatedRecruitmentStartDate"
    return _year(text_at(record, "startDateEU", told)) or _year(text_at(part, planned, told))


def _year(date: str) -> int | None:
    """Return the year of dd/mm/yyyy or yyyy-mm-dd."""
    found = re.search(r"\b(?:19|20)\d\d\b", date)
    return int(found.group()) if found else None


def _day(date: str) -> str:
    """Return dd/mm/yyyy, or a day that begins as ISO 8601 has it, as YYYY-MM-DD; empty for anything else."""
    european = re.match(r"(\d{2})/(\d{2})/(\d{4})", date)
    if european:
        return "-".join(reversed(european.groups()))
    return date[:10] if re.match(r"\d{4}-\d{2}-\d{2}", date) else ""


def _count(text: str) -> int | None:
    """Return a number written as text, or nothing."""
    return int(text) if text.isdigit() else None
