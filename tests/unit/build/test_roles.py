"""What the scope of a treatment centre says."""

import pytest

from mapping.build.roles import centre_status, named_products, scope_classes

CLASS_OF = {"kymriah": "GTMP", "yescarta": "GTMP", "libmeldy": "GTMP", "casgevy": "GTMP", "holoclar": "TEP"}


@pytest.mark.parametrize(
    ("scope", "products"),
    [
        ("CAR-T, adults (axi-cel, tisa-cel)", ["kymriah", "yescarta"]),
        ("Libmeldy (MLD); Casgevy (thalassaemia, sickle cell disease)", ["casgevy", "libmeldy"]),
        ("CAR-T, four products", []),
    ],
)
def test_a_scope_names_products_by_trade_name_or_short_name(scope: str, products: list[str]) -> None:
    assert named_products(scope, CLASS_OF) == products


@pytest.mark.parametrize(
    ("scope", "classes"),
    [
        ("CAR-T, children", ["GTMP"]),
        ("Holoclar (limbal stem cell deficiency)", ["TEP"]),
        ("TIL for melanoma", ["sCTMP"]),
        ("Cellular immunotherapy", []),
    ],
)
def test_the_class_follows_from_the_scope_or_stays_empty(scope: str, classes: list[str]) -> None:
    assert scope_classes(scope, named_products(scope, CLASS_OF), CLASS_OF) == classes


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        ("CAR-T, adults", "designated"),
        ("CAR-T (local production planned)", "designated"),
        ("CAR-T (planned)", "planned"),
        ("CAR-T (in development)", "planned"),
        ("CAR-T (starting 2026)", "planned"),
        ("CAR-T, children (protocols)", "protocol_only"),
        ("CAR-T trial, adults and from 12 years", "protocol_only"),
    ],
)
def test_a_centre_that_does_not_treat_yet_is_told_apart(scope: str, status: str) -> None:
    assert centre_status(scope) == status
