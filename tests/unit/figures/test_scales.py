"""Steps and textures stay apart for every eye: measured here by arithmetic of its own, from published numbers."""

import itertools

import numpy as np
import pytest

from mapping.figures.scales import HEAT, STEP_STARTS, contrast, ink_on, step_label, step_of

# Machado, Oliveira and Fernandes 2009, "A physiologically-based model for simulation of color vision deficiency",
# severity 1.0, applied to linear RGB; greyscale by the luminance weights of sRGB (IEC 61966-2-1).
EYES = {
    "full colour": np.eye(3),
    "greyscale": np.array([[0.2126, 0.7152, 0.0722]] * 3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ @ np.ones(3)
CLEARLY_APART = 10  # CIE 1976 colour difference; 2.3 is the smallest one can see side by side


def linear(colour) -> np.ndarray:
    v = np.asarray(colour, float) / 255
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    t = TO_XYZ @ np.clip(light, 0, 1) / WHITE
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: np.ndarray, other: np.ndarray, eye: str) -> float:
    return float(np.linalg.norm(lab(EYES[eye] @ one) - lab(EYES[eye] @ other)))


def seen_from_afar(texture) -> np.ndarray:
    """The even tone a pattern melts into when its lines cannot be told apart."""
    return (1 - texture.solidity) * linear(texture.surface) + texture.solidity * linear(texture.lines)


@pytest.mark.parametrize("theme", HEAT)
@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("kind", ["not_assessed", "none_found", "not_applicable", "zero"])
def test_no_step_can_be_taken_for_a_kind_of_nothing(theme, eye, kind):
    texture = HEAT[theme].nothing[kind]
    distances = [apart(linear(step), seen_from_afar(texture), eye) for step in HEAT[theme].steps]
    assert min(distances) >= CLEARLY_APART


@pytest.mark.parametrize("theme", HEAT)
@pytest.mark.parametrize("eye", EYES)
def test_neighbouring_steps_can_be_told_apart(theme, eye):
    pairs = itertools.pairwise(HEAT[theme].steps)
    assert min(apart(linear(one), linear(other), eye) for one, other in pairs) >= CLEARLY_APART


@pytest.mark.parametrize("theme", HEAT)
@pytest.mark.parametrize("eye", EYES)
def test_more_sources_stand_out_more_from_the_page(theme, eye):
    page = lab(EYES[eye] @ linear(HEAT[theme].surface))[0]
    away = [abs(lab(EYES[eye] @ linear(step))[0] - page) for step in HEAT[theme].steps]
    assert away == sorted(away)


@pytest.mark.parametrize("theme", HEAT)
def test_each_kind_of_nothing_has_a_texture_of_its_own(theme):
    patterns = [texture.pattern for texture in HEAT[theme].nothing.values()]
    assert len(set(patterns)) == len(patterns) == 4


@pytest.mark.parametrize("theme", HEAT)
def test_the_lines_of_a_texture_can_be_seen(theme):
    textures = HEAT[theme].nothing.values()
    assert min(apart(linear(t.surface), linear(t.lines), "greyscale") for t in textures) >= 20


@pytest.mark.parametrize("theme", HEAT)
def test_a_number_can_be_read_on_every_step(theme):
    assert min(contrast(step, ink_on(step)) for step in HEAT[theme].steps) >= 4.5


def test_contrast_runs_from_one_to_twenty_one():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((90, 90, 90), (90, 90, 90)) == 1


@pytest.mark.parametrize(("count", "step"), [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (9, 3), (10, 4), (375, 4)])
def test_a_count_falls_into_its_step(count, step):
    assert step_of(count) == step


def test_steps_are_named_by_their_counts():
    assert [step_label(step) for step in range(len(STEP_STARTS))] == ["1", "2", "3–4", "5–9", "10+"]
