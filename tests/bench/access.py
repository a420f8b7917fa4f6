"""How fast the nearest of many sites is found, beside brute force with pandas on the same places."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mapping.analysis.access import EARTH_RADIUS_KM, nearest, unit_vectors

PLACES, SITES, SHARE = 20_000, 5_000, 20
BUDGET_MS, TIMES_FASTER = 100.0, 20.0


@dataclass(frozen=True)
class AccessSpeed:
    """What was measured."""

    ours_ms: float
    brute_force_ms: float

    @property
    def ratio(self) -> float:
        """How many times faster than brute force."""
        return self.brute_force_ms / self.ours_ms

    @property
    def is_reached(self) -> bool:
        return self.ours_ms < BUDGET_MS and self.ratio >= TIMES_FASTER


def measured(places: int = PLACES, sites: int = SITES, repeats: int = 3) -> AccessSpeed:
    """Return the time of the tree and of brute force, best of a few; raise where their distances differ.

    Brute force is run on every twentieth site and its time taken times twenty, as it grows with the sites.
    """
    homes, others = _frame(places, 1), _frame(sites, 2)
    some = others.iloc[::SHARE]
    _, ours_ms = _best(lambda: _by_tree(homes, others), repeats)
    wanted, some_ms = _best(lambda: _by_brute_force(homes, some), repeats)
    if not np.allclose(_by_tree(homes, some), wanted, atol=1e-3):
        raise AssertionError("the tree and brute force differ")
    return AccessSpeed(ours_ms, some_ms * len(others) / len(some))


def _frame(count: int, seed: int) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame({"lat": random.uniform(35, 70, count), "lon": random.uniform(-10, 30, count)})


def _by_tree(homes: pd.DataFrame, sites: pd.DataFrame) -> np.ndarray:
    return nearest(unit_vectors(homes["lat"], homes["lon"]), unit_vectors(sites["lat"], sites["lon"]))[0]


def _by_brute_force(homes: pd.DataFrame, sites: pd.DataFrame) -> np.ndarray:
    """The distance from every place to every site, a site at a time, as one writes it first with pandas."""
    radians = np.radians(homes)
    best = pd.Series(np.inf, index=homes.index)
    for lat, lon in np.radians(sites).itertuples(index=False):
        down, across = np.sin((radians["lat"] - lat) / 2) ** 2, np.sin((radians["lon"] - lon) / 2) ** 2
        half = down + np.cos(radians["lat"]) * np.cos(lat) * across
        best = np.minimum(best, 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half)))
    return best.to_numpy()


def _best(run: Callable[[], np.ndarray], repeats: int) -> tuple[np.ndarray, float]:
    times, answer = [], np.zeros(0)
    for _ in range(repeats):
        begun = time.perf_counter()
        answer = run()
        times.append((time.perf_counter() - begun) * 1000)
    return answer, min(times)


if __name__ == "__main__":
    speed = measured()
    print(f"{PLACES} places, {SITES} sites: {speed.ours_ms:.0f} ms, brute force {speed.brute_force_ms:.0f} ms,")
    print(f"{speed.ratio:.0f} times faster; budget reached: {speed.is_reached}")
