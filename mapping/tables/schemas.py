"""The schemas of all tables, by name, in the order in which a reader would want to meet them."""

from collections.abc import Mapping
from types import MappingProxyType

from mapping.tables import obstacle_models, place_models, reference_models, trial_models
from mapping.tables.columns import Sourced, Table

SCHEMAS: Mapping[str, type[Table]] = MappingProxyType(
    {
        "sites": place_models.Sites,
        "organisations": place_models.Organisations,
        "facilities": place_models.Facilities,
        "treatment_centres": place_models.TreatmentCentres,
        "trials": trial_models.Trials,
        "trial_sites": trial_models.TrialSites,
        "products": trial_models.Products,
        "obstacles": obstacle_models.Obstacles,
        "obstacle_evidence": obstacle_models.ObstacleEvidence,
        "solutions": obstacle_models.Solutions,
        "pathways": obstacle_models.Pathways,
        "country_indicators": obstacle_models.CountryIndicators,
        "work_packages": reference_models.WorkPackages,
        "countries": place_models.Countries,
        "coverage": reference_models.Coverage,
        "codes": reference_models.Codes,
        "sources": reference_models.Sources,
        "places": place_models.Places,
    }
)


def column_names(table: str) -> tuple[str, ...]:
    """Return the columns of a table in the order of its file: its own, then those that say where a row comes from."""
    schema = SCHEMAS[table].to_schema()
    provenance = Sourced.to_schema().columns if issubclass(SCHEMAS[table], Sourced) else {}
    return (*(name for name in schema.columns if name not in provenance), *provenance)
