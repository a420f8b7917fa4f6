"""Where the next sites would bring most people within a distance: the maximal covering location problem.

Of the candidates, ``k`` are chosen so that most people who are not within the distance today come within it (Church and
ReVelle 1974). The greedy answer is there at once; the exact one comes from HiGHS and may take a while, so it has a time
limit and says how far from the best it can be at most.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.access import EARTH_RADIUS_KM, Floats, Ints, kept_people, open_sites
from mapping.analysis.scenarios import Distances, vectors
from mapping.tables.loading import Tables

MOST_CANDIDATES: Final = 400
"""Candidates looked at, those that would serve most people alone."""
SMALLEST_TOWN: Final = 50_000
"""People of a town that is a candidate: smaller ones have no university hospital as a rule."""
SECONDS: Final = 20.0
"""Longest time the exact search takes."""


@dataclass(frozen=True, eq=False)
class Covering:
    """Which candidate would serve which groups of people."""

    candidates: pd.DataFrame
    """One row a candidate: id, name, country, lat, lon."""
    served: Any
    """Sparse matrix of 0 and 1: one row a group of people, one column a candidate."""
    people: Floats
    """People of each group: those who would be served by the same candidates."""
    left_out: int
    """Candidates that serve somebody but were beyond the limit of candidates."""
    unserved: float
    """People who are beyond the distance now, whether a candidate reaches them or not."""


@dataclass(frozen=True)
class Answer:
    """Chosen candidates and what they bring."""

    chosen: tuple[int, ...]
    """Positions of the candidates; of the greedy answer in the order of choice."""
    people: float
    """People brought within the distance by all of them together."""


@dataclass(frozen=True)
class Solved:
    """What the exact search found in its time."""

    answer: Answer
    bound: float
    """No choice can serve more people than this."""
    is_proven: bool
    """Whether the answer is the best there is."""


def town_candidates(tables: Tables) -> pd.DataFrame:
    """Return the large towns of the core countries, the largest first: id, name, country, lat, lon."""
    homes = kept_people(tables)
    large = homes[homes["people"] >= SMALLEST_TOWN].sort_values("people", ascending=False, kind="stable")
    return large[["id", "name", "country", "lat", "lon"]].reset_index(drop=True)


def site_candidates(tables: Tables, counted: pd.DataFrame) -> pd.DataFrame:
    """Return the known sites in core countries that test or give ATMPs today and are not counted yet.

    Columns as of :func:`town_candidates`; sites whose name the sponsor does not disclose are left out.
    """
    sites, countries = tables["sites"], tables["countries"]
    core = countries.loc[countries["scope"] == "core", "id"]
    at_work = pd.concat([open_sites(tables, role)["id"] for role in ("trial_sites", "treatment_centres")])
    known = sites["country"].isin(core) & (sites["disclosure"] != "undisclosed") & sites["id"].isin(at_work)
    free = sites[known & ~sites["id"].isin(counted["id"])].sort_values("id")
    return free[["id", "name", "country", "lat", "lon"]].reset_index(drop=True)


def covering(now: Distances, candidates: pd.DataFrame, km: float) -> Covering:
    """Return who would be served by which candidate.

    Parameters
    ----------
    now : Distances
        How far each place is; only places beyond ``km`` can gain.
    candidates : DataFrame
        Where a site could stand; of candidates that would serve the same people the first is kept.
    km : float
        Great-circle distance within which a place is served.
    """
    from scipy.sparse import csc_matrix

    far = ~(now.km <= km)
    homes, people = now.homes[far], now.homes["people"].to_numpy(dtype=float)[far]
    served = csc_matrix(_within(vectors(homes, now.own), vectors(candidates, now.own), km))
    alone = np.asarray(served.T @ people).ravel()
    kept = np.argsort(-alone, kind="stable")
    kept = kept[alone[kept] > 0]
    kept = kept[_first_of_each([served.indices[served.indptr[at] : served.indptr[at + 1]].tobytes() for at in kept])]
    left_out, kept = max(len(kept) - MOST_CANDIDATES, 0), kept[:MOST_CANDIDATES]
    groups, summed = _grouped(served[:, kept].tocsr(), people)
    return Covering(candidates.iloc[kept].reset_index(drop=True), groups, summed, left_out, float(people.sum()))


def greedy(problem: Covering, k: int) -> Answer:
    """Return the choice that takes, one by one, the candidate who serves most of those not served yet."""
    left, chosen = problem.people.copy(), list[int]()
    columns = problem.served.tocsc()
    for _ in range(min(k, columns.shape[1])):
        gains = np.asarray(columns.T @ left).ravel()
        best = int(np.argmax(gains)) if len(gains) else 0
        if gains[best] <= 0:
            break
        chosen.append(best)
        left[columns.indices[columns.indptr[best] : columns.indptr[best + 1]]] = 0.0
    return Answer(tuple(chosen), float(problem.people.sum() - left.sum()))


def people_served(served: Any, people: Floats, chosen: tuple[int, ...]) -> float:
    """Return how many people the chosen candidates serve together."""
    if not chosen:
        return 0.0
    return float(people[np.asarray(served[:, list(chosen)].sum(axis=1)).ravel() > 0].sum())


def optimum(served: Any, people: Floats, k: int, seconds: float) -> Solved:
    """Return the best choice HiGHS finds within a time, and the bound it proved.

    Parameters
    ----------
    served : sparse matrix
        One row a group of people, one column a candidate.
    people : ndarray
        People of each group.
    k : int
        Candidates to choose, at most.
    seconds : float
        Time limit; without any answer by then nobody is chosen.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix, hstack, identity

    groups, candidates = served.shape
    scale = float(people.max()) if groups else 1.0
    count = csr_matrix(np.concatenate([np.ones(candidates), np.zeros(groups)]).reshape(1, -1))
    found = milp(
        np.concatenate([np.zeros(candidates), -people / scale]),
        integrality=np.concatenate([np.ones(candidates), np.zeros(groups)]),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(hstack([served, -identity(groups)], format="csr"), 0, np.inf),
            LinearConstraint(count, 0, k),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 1e-6},
    )
    chosen = tuple(int(at) for at in np.flatnonzero(found.x[:candidates] > 0.5)) if found.x is not None else ()
    everybody = float(people.sum())
    bound = -float(found.mip_dual_bound) * scale if found.mip_dual_bound is not None else everybody
    return Solved(Answer(chosen, people_served(served, people, chosen)), min(bound, everybody), found.status == 0)


def _within(homes: Floats, candidates: Floats, km: float) -> Any:
    """Return a sparse matrix of which places lie within a distance of which candidates."""
    from scipy.sparse import csc_matrix
    from scipy.spatial import cKDTree

    if not len(homes) or not len(candidates):
        return csc_matrix((len(homes), len(candidates)))
    chord = 2 * np.sin(min(km / EARTH_RADIUS_KM, np.pi) / 2)
    found = cKDTree(homes).query_ball_point(candidates, chord, return_sorted=True)
    lengths = [len(rows) for rows in found]
    rows = np.concatenate([np.asarray(rows, dtype=np.int64) for rows in found])
    pointers = np.concatenate([[0], np.cumsum(lengths)])
    return csc_matrix((np.ones(len(rows)), rows, pointers), shape=(len(homes), len(candidates)))


def _first_of_each(keys: list[bytes]) -> Ints:
    """Return the positions at which a key stands for the first time."""
    return np.array(sorted({key: at for at, key in reversed(list(enumerate(keys)))}.values()), dtype=np.int64)


def _grouped(served: Any, people: Floats) -> tuple[Any, Floats]:
    """Return one row for all places that the same candidates serve; places that none serves are left out."""
    served.sort_indices()
    rows = [served.indices[served.indptr[at] : served.indptr[at + 1]].tobytes() for at in range(served.shape[0])]
    reached = [at for at, row in enumerate(rows) if row]
    if not reached:
        return served[:0], np.zeros(0)
    number: dict[bytes, int] = {}
    group: npt.NDArray[np.int64] = np.array([number.setdefault(rows[at], len(number)) for at in reached])
    first = np.unique(group, return_index=True)[1]
    return served[np.array(reached)[first]], np.bincount(group, weights=people[reached]).astype(np.float64)
