"""Who is linked with whom: by networks they are members of, by trials at their sites, by products they share.

Links follow from the tables alone: two partners share a trial when it runs at the site of each, and a product when each
holds its authorisation, makes it or gives it. The layout is computed once for each data version and never depends on
what a reader filters, so that a partner stays where it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.partner_matrix import partners
from mapping.tables.loading import Tables
from mapping.view.known import NETWORK_HUB

NETWORK, TRIALS, PRODUCTS = "network", "trials", "products"
TIES: Final = (NETWORK, TRIALS, PRODUCTS)
HUB: Final = NETWORK_HUB
FEWEST_TRIALS: Final = 3
"""Shared trials from which a link is drawn; all links are in the list."""
_NOT_THE_PLACE: Final = ("network", "patient_organisation", "project_management")
"""Kinds that only have their seat at a site: what happens there is not theirs."""
_LENGTHS: Final = {NETWORK: 1.0, TRIALS: 2.2, PRODUCTS: 1.2}
"""How far apart a link would like its ends to be; trials link so many that they would draw all into one knot."""
_SMALL: Final = 0.062
"""Size of a part beside the largest, times the root of its number of links."""
_GAP: Final = 0.07
_ASIDE: Final = 1.5
"""How far right of the middle of the largest part the others stand."""
_EVEN: Final = 0.65
"""Share of equal distances in a place; the rest is how the links would have it."""
_ROUNDS: Final = 1000
"""Steps of the layout; by then no place moves by a thousandth any more."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PartnerNetwork:
    """Partners, networks and the links between them."""

    nodes: pd.DataFrame
    """One row a partner or network with a link: id, group (``hub`` for a network without a row of its own), x, y."""
    links: pd.DataFrame
    """One row a link: one, other (ids), tie, count (shared networks 1, trials, products), shared (their ids, ``|``)."""
    alone: tuple[str, ...]
    """Ids of partners without any link: listed, not drawn."""

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """Return the links that are drawn."""
        return self.links[is_drawn(self.links)]

    def links_of(self, partner: str) -> pd.DataFrame:
        """Return the links of one partner or network, with ``with`` naming the other end, strongest first."""
        ours = self.links[(self.links["one"] == partner) | (self.links["other"] == partner)]
        other = ours["other"].where(ours["one"] == partner, ours["one"])
        return ours.assign(**{"with": other}).sort_values(["tie", "count", "with"], ascending=[True, False, True])


def partner_network(tables: Tables) -> PartnerNetwork:
    """Return the network of these tables, made once and kept with them."""
    return tables.kept(("partner network",), lambda: _made(tables))


def is_drawn(links: pd.DataFrame) -> "pd.Series[bool]":
    """Return which links are strong enough to be drawn."""
    return (links["tie"] != TRIALS) | (links["count"] >= FEWEST_TRIALS)


def _made(tables: Tables) -> PartnerNetwork:
    everybody = partners(tables)
    rows = [*_memberships(everybody), *_shared_trials(tables, everybody), *_shared_products(tables, everybody)]
    links = pd.DataFrame(rows, columns=["one", "other", "tie", "count", "shared"])
    strong = links[is_drawn(links)]
    places = _layout(strong)
    groups = dict(zip(everybody["id"], everybody["group"], strict=True))
    nodes = pd.DataFrame(
        [(node, groups.get(node, "hub"), x, y) for node, (x, y) in places.items()], columns=["id", "group", "x", "y"]
    )
    linked = {*links["one"], *links["other"]}
    return PartnerNetwork(nodes, links, tuple(one for one in everybody["id"] if one not in linked))


def _memberships(everybody: pd.DataFrame) -> Iterator[tuple[str, str, str, int, str]]:
    """Return a link from each member to its network."""
    ids = set(everybody["id"])
    for row in everybody.dropna(subset=["networks"]).to_dict("records"):
        for network in str(row["networks"]).split("|"):
            hub = hub_of(network, ids)
            if hub != row["id"]:
                yield str(row["id"]), hub, NETWORK, 1, network


def hub_of(network: str, ids: Iterable[str]) -> str:
    """Return the id at which the members of a network meet: the network's own row where it has one."""
    own = network.replace("_", "-")
    return own if own in set(ids) else HUB + network


def _shared_trials(tables: Tables, everybody: pd.DataFrame) -> Iterator[tuple[str, str, str, int, str]]:
    at_site = tables["trial_sites"].dropna(subset=["site_id"]).groupby("site_id")["trial_id"].agg(frozenset)
    trials = {str(partner): frozenset(at_site.get(site, frozenset())) for partner, site in _seats(everybody).items()}
    yield from _overlaps(trials, TRIALS, _seats(everybody))


def _shared_products(tables: Tables, everybody: pd.DataFrame) -> Iterator[tuple[str, str, str, int, str]]:
    products = tables["products"]
    named = dict(zip(products["name"].str.casefold(), products["id"], strict=True))
    at_site: dict[str, set[str]] = {}
    for site, cell in _cells(tables, "treatment_centres", "product_ids"):
        at_site.setdefault(site, set()).update(cell)
    for site, cell in _cells(tables, "facilities", "products"):
        at_site.setdefault(site, set()).update(named[name.casefold()] for name in cell if name.casefold() in named)
    held: dict[str, set[str]] = {}
    for holder, product in zip(products["ma_holder"], products["id"], strict=True):
        held.setdefault(_plain(str(holder)), set()).add(str(product))
    seats = _seats(everybody)
    shared = {
        str(row["id"]): frozenset(
            at_site.get(seats.get(str(row["id"]), ""), set()) | held.get(_plain(str(row["name"])), set())
        )
        for row in everybody.to_dict("records")
    }
    yield from _overlaps(shared, PRODUCTS, seats)


def _cells(tables: Tables, table: str, column: str) -> Iterator[tuple[str, list[str]]]:
    known = tables[table].dropna(subset=["site_id", column])
    for site, cell in zip(known["site_id"], known[column], strict=True):
        yield str(site), str(cell).split("|")


def _plain(name: str) -> str:
    """Return a company's name without what stands in brackets, for a match of whole names only."""
    return name.split(" (")[0].strip().casefold()


def _seats(everybody: pd.DataFrame) -> dict[str, str]:
    """Return the site of each partner that runs it; a network with its seat at a hospital does not."""
    ours = everybody[everybody["site_id"].notna() & ~everybody["kind"].isin(_NOT_THE_PLACE)]
    return dict(zip(ours["id"], ours["site_id"], strict=True))


def _overlaps(
    sets: Mapping[str, frozenset[str]], tie: str, seats: Mapping[str, str]
) -> Iterator[tuple[str, str, str, int, str]]:
    """Return a link for each two partners whose sets overlap; two at one site share all by address, so none."""
    held = sorted(partner for partner, found in sets.items() if found)
    for one, other in combinations(held, 2):
        shared = sorted(sets[one] & sets[other])
        if shared and not (one in seats and seats[one] == seats.get(other)):
            yield one, other, tie, len(shared), "|".join(shared)


def _layout(links: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return a place for each node, the same for the same links: each connected part by itself, side by side."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted({*links["one"], *links["other"]}))
    for row in links.sort_values(["one", "other", "tie"]).itertuples(index=False):
        length = min(_LENGTHS[str(row.tie)], graph.get_edge_data(row.one, row.other, {"length": 9.0})["length"])
        graph.add_edge(row.one, row.other, length=length)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    found: dict[str, tuple[float, float]] = {}
    top = 1.0
    for number, part in enumerate(parts):
        lengths = dict(nx.all_pairs_dijkstra_path_length(graph.subgraph(part), weight="length"))
        at = stress_layout(np.array([[lengths[one][other] for other in part] for one in part]))
        if not number:
            found |= dict(zip(part, _spread(at), strict=True))
            continue
        size = _SMALL * (len(part) - 1) ** 0.5
        found |= {
            node: (_ASIDE + size * x, top - size + size * y) for node, (x, y) in zip(part, at.tolist(), strict=True)
        }
        top -= 2 * size + _GAP
    return {str(node): (round(x, 3), round(y, 3)) for node, (x, y) in found.items()}


def stress_layout(lengths: Floats) -> Floats:
    """Return places in the plane whose distances are as near to given lengths as they can be made from a circle.

    Stress majorisation (Gansner, Koren and North 2004) lowers what Kamada and Kawai's method does, each pair weighted
    by the square of its length, in milliseconds where networkx takes a second and most of scipy.

    Parameters
    ----------
    lengths : ndarray
        Symmetric, one row and column a node, zero on the diagonal and nowhere else.

    Returns
    -------
    ndarray
        One row (x, y) a node, centred, the farthest from the middle at 1.
    """
    nodes = len(lengths)
    turn = np.arange(nodes) * (2 * np.pi / nodes)
    at = np.column_stack([np.cos(turn), np.sin(turn)]) * lengths.mean()
    weights = np.divide(1.0, lengths**2, out=np.zeros_like(lengths), where=lengths > 0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    pulls = weights * lengths
    for _ in range(_ROUNDS):
        apart = np.linalg.norm(at[:, None] - at[None, :], axis=2)
        pull = np.divide(pulls, apart, out=np.zeros_like(pulls), where=apart > 0)
        at = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ at)
    at = at - at.mean(axis=0)
    return np.asarray(at / max(np.abs(at).max(), 1e-9))


def _spread(at: Floats) -> list[tuple[float, float]]:
    """Return places moved halfway to equal distances along each axis, so that names in the middle can be read."""
    rank = np.argsort(np.argsort(at, axis=0, kind="stable"), axis=0) / max(len(at) - 1, 1) * 2 - 1
    mixed = (1 - _EVEN) * at + _EVEN * rank
    return [(float(x), float(y)) for x, y in mixed]
