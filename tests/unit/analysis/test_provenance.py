import pytest

from mapping.analysis.evidence import evidence_sources
from mapping.analysis.provenance import sources_in_view
from mapping.view.filtering import select
from mapping.view.state import ViewState


def split(cell: object) -> set[str]:
    return set(cell.split("|")) if isinstance(cell, str) else set()


@pytest.mark.parametrize("layer", ["facilities", "partners", "treatment_centres"])
def test_the_sources_of_a_layer_are_those_of_its_rows(atlas, layer):
    frame = atlas.tables["organisations" if layer == "partners" else layer]
    wanted = set().union(*frame.loc[frame["site_id"].notna(), "source_ids"].map(split))
    view = ViewState(layers=(layer,), include=("closed", "planned"))
    assert set(sources_in_view(atlas, select(atlas, view))) == wanted


def test_a_trial_at_a_site_brings_the_sources_of_both(atlas):
    wanted = (
        set().union(*atlas.tables["trials"]["source_ids"].map(split)) if len(atlas.tables["trial_sites"]) else set()
    )
    joined = atlas.tables["trials"]["id"].isin(atlas.tables["trial_sites"]["trial_id"])
    wanted = set().union(*atlas.tables["trials"].loc[joined, "source_ids"].map(split))
    wanted |= set().union(*atlas.tables["trial_sites"]["source_ids"].map(split))
    assert set(sources_in_view(atlas, select(atlas, ViewState(layers=("trial_sites",))))) == wanted


def test_nothing_in_view_rests_on_nothing(mini_atlas):
    assert sources_in_view(mini_atlas, select(mini_atlas, ViewState(text="xyzzyq"))) == ()


def test_the_sources_of_a_heatmap_are_those_of_its_countries_and_of_europe(tables):
    evidence = tables["obstacle_evidence"]
    held = (evidence["country"] == "DE") | (evidence["area"] != "country")
    wanted = set().union(*evidence.loc[held, "source_ids"].map(split))
    assert set(evidence_sources(tables, ("DE",))) == wanted
