import dataclasses
import math
import re
from collections.abc import Iterator

import pytest

from mapping.analysis.card import Evidence, SiteCard
from mapping.analysis.site_card import site_card
from mapping.errors import ViewError
from mapping.view.atlas import Atlas, atlas_of
from mapping.words import Words, languages

ENGLISH = Words("en", strict=True)


@pytest.fixture(scope="module")
def berlin(mini_atlas: Atlas) -> SiteCard:
    return site_card(mini_atlas, "example-berlin", ENGLISH)


@pytest.fixture(scope="module")
def milan(mini_atlas: Atlas) -> SiteCard:
    return site_card(mini_atlas, "example-milan", ENGLISH)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)


def test_a_site_says_name_place_and_how_exactly_it_is_placed(berlin, milan):
    assert (berlin.name, berlin.place) == ("Example Hospital Berlin", "Berlin, Germany")
    assert (berlin.precision, milan.precision) == ("Placed at the centre of its city", "Placed at its address")


def test_other_names_are_told_apart(berlin):
    assert berlin.aliases == ("Beispielklinik Berlin", "Charité-Beispiel")


def test_a_hospital_with_four_roles_is_one_card(berlin):
    assert [(tally.code, tally.count) for tally in berlin.roles] == [
        ("partners", 1),
        ("facilities", 1),
        ("trial_sites", 1),
        ("treatment_centres", 1),
    ]


def test_a_partner_is_shown_with_its_place_in_the_consortium(berlin):
    [partner] = berlin.partners
    assert (partner.name, partner.consortium_role) == ("Example Hospital Berlin", "Coordinator")
    assert partner.networks == ("JOIN4ATMP", "EUHA")
    assert len(partner.work_packages) == 2


def test_a_unit_is_shown_with_what_it_makes_and_the_year_of_its_source(berlin):
    [unit] = berlin.units
    assert unit.capabilities == ("CAR-T cells", "Mesenchymal stromal cells")
    assert unit.status == "Licensed for trials, as of 2024"
    assert (unit.clean_room, unit.life) == ("250 m²", "Opened 2015")


def test_capabilities_are_said_to_be_indicative(berlin):
    assert "indicative" in berlin.capabilities_note


def test_a_closed_unit_stays_on_the_card_with_its_years(milan):
    [unit] = milan.units
    assert (unit.status, unit.life) == ("Closed, as of 2023", "Opened 2008, closed 2023")


def test_a_unit_whose_source_has_no_date_says_so(mini_atlas):
    [unit] = site_card(mini_atlas, "example-bucharest", ENGLISH).units
    assert unit.status == "In construction; the source gives no date"


def test_no_unit_is_ever_called_active(real):
    atlas = atlas_of(real)
    ids = real["facilities"]["site_id"].dropna().unique()[:60]
    statuses = [unit.status for site_id in ids for unit in site_card(atlas, site_id, ENGLISH).units]
    assert not [status for status in statuses if re.search(r"\bactive\b|operat", status, re.IGNORECASE)]


def test_trials_are_told_with_the_day_their_status_is_as_of(berlin):
    [trial] = berlin.trials
    assert (trial.id, trial.phase, trial.status) == ("NCT00000001", "Phase 1/2", "Recruiting, as of 22 August 2026")
    assert trial.registry_url == "https://clinicaltrials.gov/study/NCT00000001"


def test_the_latest_trial_stands_first_and_undated_ones_last(milan):
    assert [trial.id for trial in milan.trials] == ["2015-000001-11", "NCT00000002"]


def test_a_trial_number_from_memory_is_not_linked(mini_atlas):
    trials = {trial.id: trial for trial in site_card(mini_atlas, "example-paris", ENGLISH).trials}
    assert trials["NCT00000003"].registry_url == ""


def test_trials_are_counted_by_phase_in_the_order_of_phases(milan):
    assert [(tally.code, tally.count) for tally in milan.phases] == [("2", 1), ("3", 1)]


def test_a_treatment_centre_names_its_products(milan):
    [treatment] = milan.treatments
    assert (treatment.status, len(treatment.products)) == ("Designated", 1)


def test_a_site_the_registry_does_not_name_says_so(mini_atlas, berlin):
    assert "does not name" in site_card(mini_atlas, "example-lyon-undisclosed", ENGLISH).undisclosed
    assert berlin.undisclosed == ""


def test_the_figures_of_its_country_are_counted(berlin):
    assert (berlin.obstacles.figures, berlin.obstacles.sources) == (2, 1)
    assert berlin.obstacles.told == "2 published figures about obstacles in Germany"


def test_a_country_without_figures_says_so(milan):
    assert milan.obstacles.told == "No published figure about obstacles in Italy"


def test_the_mix_of_confidence_counts_every_record(milan):
    assert sum(tally.count for tally in milan.confidence_mix) == sum(tally.count for tally in milan.roles)


def great_circle_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula, radius 6371 km."""
    (lat, lon), (lat2, lon2) = [tuple(map(math.radians, point)) for point in (one, other)]
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def test_neighbours_are_the_nearest_sites_by_great_circle(mini_atlas, berlin):
    sites = mini_atlas.tables["sites"].set_index("id")
    here = tuple(sites.loc["example-berlin", ["lat", "lon"]])
    for neighbour in berlin.neighbours:
        there = tuple(sites.loc[neighbour.id, ["lat", "lon"]])
        assert neighbour.km == pytest.approx(great_circle_km(here, there), rel=0.001, abs=0.1)
    assert [n.km for n in berlin.neighbours] == sorted(n.km for n in berlin.neighbours)


def test_a_neighbour_at_the_same_city_centre_is_not_said_to_be_zero_kilometres_away(berlin):
    assert berlin.neighbours[0].distance == "same place on the map"


def test_a_site_is_no_neighbour_of_itself_nor_are_planned_ones(berlin):
    assert {"example-berlin", "example-bucharest"}.isdisjoint(n.id for n in berlin.neighbours)


def test_every_fact_has_a_source_unless_it_is_unverified(real):
    atlas, bare = atlas_of(real), []
    for site_id in real["sites"]["id"].iloc[::9]:
        card = site_card(atlas, site_id, ENGLISH)
        facts = [card, *card.partners, *card.units, *card.trials, *card.treatments]
        evidences: list[Evidence] = [fact.evidence for fact in facts] + [t.evidence_here for t in card.trials]
        bare += [site_id for e in evidences if not e.sources and e.confidence != "unverified"]
    assert bare == []


def test_a_source_says_what_it_is_and_when_it_was_read(berlin):
    source = berlin.units[0].evidence.sources[0]
    assert source.id == "example-page"
    assert source.url.startswith("https://")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", source.retrieved)
    assert source.title


@pytest.mark.parametrize("lang", languages())
def test_a_card_leaves_no_value_unfilled_in_any_language(mini_atlas, lang):
    for site_id in mini_atlas.tables["sites"]["id"]:
        card = site_card(mini_atlas, site_id, Words(lang, strict=True))
        assert [text for text in texts(card) if re.search(r"\{[a-z_]+\}|\bnan\b|<NA>|None", text)] == []


@pytest.mark.parametrize("site_id", ["", "example-nowhere", "../etc", "EXAMPLE-BERLIN"])
def test_an_unknown_site_is_refused_in_words(mini_atlas, site_id):
    with pytest.raises(ViewError, match="no site"):
        site_card(mini_atlas, site_id, ENGLISH)
