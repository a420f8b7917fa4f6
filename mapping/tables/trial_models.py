"""Tables of trials, of the sites that run them, and of authorised products."""

import pandas as pd

from mapping.tables.columns import DATE, Sourced, address, code, key, link, number, text, words, year

REGISTRY_NUMBER = r"^(NCT\d{8}|\d{4}-\d{6}-\d{2}|\d{4}-\d{6}-\d{2}-\d{2})$"
"""Numbers of ClinicalTrials.gov, of the EU register (EudraCT), and of CTIS."""


class Trials(Sourced):
    """One row per clinical trial with a site in Europe: a sample, strong for CAR-T and mesenchymal cells."""

    id: str = key("Trial", "Registry number, as the registry writes it", pattern=REGISTRY_NUMBER)
    registry: str = code("Registry", "Registry the number belongs to", "registry")
    other_ids: str = words("Other numbers", "Numbers of the same trial in other registries")
    title: str = text("Title", "Short title in our own words")
    atmp_class: str = code("ATMP class", "Class of the medicine; inferred for most trials", "atmp_class")
    modality: str = code("Modality", "How the medicine works", "modality")
    product: str = text("Product", "Medicine under trial", nullable=True)
    condition: str = text("Condition", "Disease, several joined with semicolons", nullable=True)
    therapeutic_area: str = code("Area", "Field of medicine", "therapeutic_area")
    phase: str = code("Phase", "Phase of the trial", "phase")
    status: str = code("Status", "Status as of the snapshot, not today", "trial_status")
    sponsor: str = text("Sponsor", "Who runs the trial", nullable=True)
    sponsor_kind: str = code("Sponsor kind", "What sort of sponsor", "sponsor_kind")
    start_year: pd.Int64Dtype = year("Start", "Year the trial began or was to begin")
    enrolment: pd.Int64Dtype = number(
        "Enrolment", "Patients planned or enrolled", "patients", lowest=0, highest=100_000, nullable=True
    )
    countries: str = link(
        "Countries",
        "Countries with a site; at least these",
        "countries",
        many=True,
        or_vocabulary="country_elsewhere",
    )
    registry_url: str = address(
        "Registry page", "Page of the trial in its registry; empty where the number is from memory"
    )
    snapshot: str = text(
        "Snapshot", "What the status is as of: the copy of the registry read, or a date", nullable=True
    )
    note: str = text("Note", "What a reader should know about the row", nullable=True)


class TrialSites(Sourced):
    """One row per trial and site."""

    id: str = key("Trial at a site", "Trial and site in one name")
    trial_id: str = link("Trial", "The trial", "trials")
    site_id: str = link("Site", "The site", "sites")
    facility_names: str = words("Names in the registry", "Names of the hospital or unit as the registry spells them")


class Products(Sourced):
    """One row per ATMP ever authorised by the European Commission, as far as found."""

    id: str = key("Product", "Name of the product in links")
    name: str = text("Name", "Brand name")
    inn: str = text("Substance", "International non-proprietary name or description")
    atmp_class: str = code("ATMP class", "Class; inferred, the export of the EMA has none", "atmp_class")
    ma_holder: str = text("Holder", "Holder of the marketing authorisation")
    therapeutic_area: str = code("Area", "Field of medicine; our reading of the indication", "therapeutic_area")
    indication: str = text("Indication", "What it is for, in short")
    ma_date: str = text("Authorised", "Day, or month, or year of the authorisation", pattern=DATE)
    status: str = code("Status", "Whether the authorisation stands", "product_status")
    status_date: str = text("Ended", "Day the authorisation ended", nullable=True, pattern=DATE)
    orphan: str = code("Orphan", "Whether it holds an orphan designation", "yes_no_unknown")
    conditional_at_first: str = code("Conditional", "Whether the first authorisation was conditional", "yes_no_unknown")
    note: str = text("Note", "What a reader should know about the row", nullable=True)
