"""Studies of ClinicalTrials.gov, API version 2, from their JSON.

The paths are those read in records of the registry; contacts and officials are never touched (personal data).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from mapping.errors import SourceError
from mapping.importers.json_paths import Record, number_at, objects_at, text_at, texts_at, value_at
from mapping.importers.studies import Intervention, Study, StudySite

NUMBER = re.compile(r"NCT\d{8}")
EUROPEAN_NUMBER = re.compile(r"\b(?:\d{4}-5\d{5}-\d{2}-\d{2}|\d{4}-\d{6}-\d{2})\b")
"""EU CT and EudraCT numbers, wherever they stand among the other ids."""
STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "NOT_YET_RECRUITING": "not_yet",
        "RECRUITING": "recruiting",
        "ENROLLING_BY_INVITATION": "recruiting",
        "ACTIVE_NOT_RECRUITING": "active",
        "COMPLETED": "completed",
        "TERMINATED": "terminated",
        "SUSPENDED": "terminated",
        "WITHDRAWN": "withdrawn",
    }
)
PHASES: Mapping[tuple[str, ...], str] = MappingProxyType(
    {
        ("EARLY_PHASE1",): "1",
        ("PHASE1",): "1",
        ("PHASE1", "PHASE2"): "1/2",
        ("PHASE2",): "2",
        ("PHASE2", "PHASE3"): "2/3",
        ("PHASE3",): "3",
        ("PHASE4",): "4",
    }
)
SPONSOR_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "INDUSTRY": "commercial",
        "OTHER": "academic",
        "NETWORK": "academic",
        "OTHER_GOV": "public",
        "NIH": "public",
        "FED": "public",
    }
)
P: Final = "protocolSection."


def records_in(content: Any, name: str) -> list[Record]:
    """Return the studies of one file or answer: a page, a bare list as the site's download has it, or one study."""
    if isinstance(content, Mapping) and "protocolSection" in content:
        return [content]
    found = content.get("studies") if isinstance(content, Mapping) else content
    if isinstance(content, Mapping) and "StudyFieldsResponse" in content:
        raise SourceError(f"{name}: this is the retired format of ClinicalTrials.gov; download it again as JSON")
    if not isinstance(found, list):
        raise SourceError(f"{name}: not an answer of ClinicalTrials.gov; it has no list `studies`")
    if not all(isinstance(study, Mapping) and isinstance(study.get("protocolSection"), Mapping) for study in found):
        raise SourceError(f"{name}: not an answer of ClinicalTrials.gov; a study has no `protocolSection`")
    return found


def study_from(record: Record, name: str) -> Study:
    """Return one study from its JSON.

    Raises
    ------
    SourceError
        It has no NCT number, or a field is not of the documented kind.
    """
    number = text_at(record, P + "identificationModule.nctId", name)
    if not NUMBER.fullmatch(number):
        raise SourceError(f"{name}: a study has no NCT number at {P}identificationModule.nctId")
    told = f"{name}: {number}"
    status, sponsor = (
        text_at(record, P + "statusModule.overallStatus", told),
        P + "sponsorCollaboratorsModule.leadSponsor",
    )
    phases = texts_at(record, P + "designModule.phases", told)
    enrolment = number_at(record, P + "designModule.enrollmentInfo.count", told)
    return Study(
        id=number,
        registry="ctgov",
        title=text_at(record, P + "identificationModule.briefTitle", told),
        official_title=text_at(record, P + "identificationModule.officialTitle", told),
        other_ids=_other_ids(record, told),
        conditions=texts_at(record, P + "conditionsModule.conditions", told),
        interventions=tuple(_interventions(record, told)),
        study_type=text_at(record, P + "designModule.studyType", told),
        phase=PHASES.get(tuple(sorted(set(phases))), "na"),
        status=STATUSES.get(status, "unknown"),
        sponsor=text_at(record, f"{sponsor}.name", told),
        sponsor_kind=SPONSOR_KINDS.get(text_at(record, f"{sponsor}.class", told), "unknown"),
        start_year=_year(text_at(record, P + "statusModule.startDateStruct.date", told)),
        enrolment=None if enrolment is None else int(enrolment),
        sites=tuple(_sites(record, told)),
        updated=text_at(record, P + "statusModule.lastUpdatePostDateStruct.date", told),
        notes=tuple(_unknown_words(status, phases)),
        files=(name,),
    )


def _other_ids(record: Record, told: str) -> tuple[str, ...]:
    """Return the EudraCT and EU CT numbers among the sponsor's and the secondary ids."""
    ids = [text_at(record, P + "identificationModule.orgStudyIdInfo.id", told)]
    ids += [
        text_at(other, "id", told) for other in objects_at(record, P + "identificationModule.secondaryIdInfos", told)
    ]
    return tuple(sorted({number for text in ids for number in EUROPEAN_NUMBER.findall(text)}))


def _interventions(record: Record, told: str) -> Iterator[Intervention]:
    """Yield what is given to the patients."""
    for found in objects_at(record, P + "armsInterventionsModule.interventions", told):
        names = (text_at(found, "name", told), *texts_at(found, "otherNames", told))
        yield Intervention(text_at(found, "type", told), names, text_at(found, "description", told))


def _sites(record: Record, told: str) -> Iterator[StudySite]:
    """Yield the places of a study; their contacts are never read."""
    for found in objects_at(record, P + "contactsLocationsModule.locations", told):
        has_point = value_at(found, "geoPoint", told) is not None
        yield StudySite(
            text_at(found, "facility", told),
            text_at(found, "city", told),
            text_at(found, "country", told),
            number_at(found, "geoPoint.lat", told) if has_point else None,
            number_at(found, "geoPoint.lon", told) if has_point else None,
        )


def _unknown_words(status: str, phases: Iterable[str]) -> Iterator[str]:
    """Yield what the registry says in words we have no code for."""
    if status and status not in STATUSES and status != "UNKNOWN":
        yield f"status in the registry: {status}"
    for phase in phases:
        if phase != "NA" and (phase,) not in PHASES:
            yield f"phase in the registry: {phase}"


def _year(date: str) -> int | None:
    """Return the year of a date that begins with one."""
    return int(date[:4]) if re.match(r"(?:19|20)\d\d(?:-|$)", date) else None
