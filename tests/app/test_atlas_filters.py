"""The folded groups of the Atlas's filter bar: drawn once they are open, and open where a link filters by them."""

from __future__ import annotations

from tests.app.conftest import Open


def keys(app) -> set[str]:
    return {str(widget.key) for kind in ("multiselect", "pills", "slider") for widget in app.get(kind)}


def test_what_is_folded_away_is_not_sent(opened: Open) -> None:
    app = opened({})
    assert [box.label for box in app.sidebar.expander] == ["Manufacturing", "Trials", "Evidence"]
    assert keys(app).isdisjoint({"kind", "modality", "phase", "years", "confidence"})


def test_a_group_that_is_opened_offers_its_filters(opened: Open) -> None:
    app = opened({})
    app.session_state["filters_trials"] = True
    app.run()
    app.multiselect(key="area").set_value(["oncology_haem"]).run()
    assert not app.exception
    assert any(str(button.key) == "chip-area-oncology_haem" for button in app.button)
    assert {"modality", "phase", "status", "sponsor", "years"} <= keys(app)


def test_a_link_that_filters_opens_the_group_of_its_filter(opened: Open) -> None:
    app = opened({"phase": "3"})
    assert {"phase", "modality"} <= keys(app)
    assert keys(app).isdisjoint({"kind", "confidence"})
