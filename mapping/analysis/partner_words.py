"""The partners in view in words: the finding, the rows of the tables, and the links of one partner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from mapping.analysis.filter_words import filters_in_words
from mapping.analysis.partner_matrix import GROUPS, expertise, partners, uncovered
from mapping.analysis.partner_network import HUB, PartnerNetwork, partner_network
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import labels
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words

_LISTS: Final[Mapping[str, str]] = {"networks": "network", "expertise": "stage"}
_CODES: Final[Mapping[str, str]] = {
    "kind": "organisation_kind",
    "consortium_role": "consortium_role",
    "confidence": "confidence",
}


@dataclass(frozen=True)
class WorkPackage:
    """One work package of the project in words."""

    name: str
    lead: str
    """Empty where no page states it."""
    topics: tuple[str, ...]
    source: str
    """Id of its first source."""


def partners_headline(shown: pd.DataFrame, atlas: Atlas, view: ViewState, words: Words) -> str:
    """Return the finding for the partners in view as one sentence without a full stop."""
    if shown.empty:
        return words.text("No organisation matches: {filters}", filters=filters_in_words(atlas.tables, view, words))
    ours = int((shown["group"] == "consortium").sum())
    said = _taking_part(ours, len(shown), words)
    gaps = uncovered(shown, labels(atlas.tables, "stage"))
    if not gaps:
        return words.text("{finding}; each stage of a therapy’s life is covered", finding=said)
    stages = ", ".join(words.label(atlas.tables, "stage", stage) for stage in gaps)
    return words.text("{finding}; nobody is recorded for: {stages}", finding=said, stages=stages)


def _taking_part(ours: int, count: int, words: Words) -> str:
    if count == 1:
        if ours:
            return words.text("The only organisation in view takes part in JOIN4ATMP")
        return words.text("The only organisation in view does not take part in JOIN4ATMP")
    return words.plural(
        "{n} of {all} organisations takes part in JOIN4ATMP",
        "{n} of {all} organisations take part in JOIN4ATMP",
        ours,
        all=count,
    )


def in_words(atlas: Atlas, words: Words) -> pa.Table:
    """Return all partners with codes, lists and countries in words, and the address of the first source of each.

    What no page states is said so in the columns of roles, work packages and expertise. Made once a language, in the
    order of :func:`mapping.analysis.partner_matrix.partners`; take the rows wanted.
    """
    return atlas.tables.kept(
        ("partners in words", words.lang),
        lambda: pa.Table.from_pandas(_in_words(partners(atlas.tables), atlas.tables, words), preserve_index=False),
    )


def _in_words(shown: pd.DataFrame, tables: Tables, words: Words) -> pd.DataFrame:
    silent = words.text("not stated")
    said = {
        column: [_joined(cell, vocabulary, tables, words) for cell in shown[column].fillna("")]
        for column, vocabulary in _LISTS.items()
    }
    said |= {
        column: [words.label(tables, vocabulary, code) if isinstance(code, str) else "" for code in shown[column]]
        for column, vocabulary in _CODES.items()
    }
    packages = [
        ", ".join(cell.upper() for cell in str(found).split("|")) for found in shown["work_packages"].fillna("")
    ]
    project = shown["group"] == "consortium"
    countries = [words.country(tables, code) if isinstance(code, str) else None for code in shown["country"]]
    first = shown["source_ids"].fillna("").str.split("|").str[0]
    frame = shown.assign(**{name: pd.Series(cells, index=shown.index, dtype="str") for name, cells in said.items()})
    packages_told = pd.Series(packages, index=shown.index, dtype="str")
    return frame.assign(
        expertise=frame["expertise"].where(frame["expertise"] != "", silent),
        work_packages=packages_told.where(~project | (packages_told != ""), silent),
        country=pd.Series(countries, index=shown.index, dtype="str"),
        source=first.map(tables["sources"].set_index("id")["url"]),
    )


def _joined(cell: str, vocabulary: str, tables: Tables, words: Words) -> str:
    return ", ".join(words.label(tables, vocabulary, code) for code in cell.split("|") if code)


def matrix_rows(shown: pd.DataFrame, atlas: Atlas, words: Words) -> list[dict[str, Any]]:
    """Return the consortium partners in view with the stages each is said to know, under headings of their roles."""
    ours = shown[shown["group"] == "consortium"]
    known = expertise(ours, labels(atlas.tables, "stage"))
    rows: list[dict[str, Any]] = []
    role = ""
    for position, row in ours.iterrows():
        if row["consortium_role"] != role:
            role = str(row["consortium_role"])
            rows.append({"head": words.label(atlas.tables, "consortium_role", role)})
        stages = {str(stage) for stage in known.columns if known.at[position, stage]}
        rows.append({"id": row["id"], "label": short_name(row), "known": stages})
    return rows


def short_name(row: Mapping[Any, Any] | pd.Series) -> str:
    """Return what an organisation is called where there is little room."""
    return str(row["short_name"]) if isinstance(row["short_name"], str) else str(row["name"])


def named_nodes(atlas: Atlas, words: Words) -> pd.DataFrame:
    """Return the nodes of the network with what they are called, made once a language; do not write to it.

    Returns
    -------
    DataFrame
        One row a node: id, group, x, y, label, told, and named: whether its label is always written.
    """
    return atlas.tables.kept(("named nodes", words.lang), lambda: _named_nodes(atlas, words))


def _named_nodes(atlas: Atlas, words: Words) -> pd.DataFrame:
    network = partner_network(atlas.tables)
    rows = {row["id"]: row for row in partners(atlas.tables).to_dict("records")}
    members = pd.concat([network.drawn["one"], network.drawn["other"]]).value_counts()
    names = {node: _node_name(node, rows, atlas, words) for node in network.nodes["id"]}
    label = {node: short_name(rows[node]) if node in rows else names[node] for node in names}
    links = {node: words.plural("{n} link", "{n} links", int(members.get(node, 0))) for node in names}
    return network.nodes.assign(
        label=network.nodes["id"].map(label),
        told=[words.text("{name}: {links}", name=names[node], links=links[node]) for node in network.nodes["id"]],
        named=network.nodes["group"].isin(["consortium", "network", "hub"])
        | (network.nodes["id"].map(members).fillna(0) >= NAMED_FROM),
    )


NAMED_FROM: Final = 6
"""Links from which a node bears its name even where it is no partner of the consortium."""


def _node_name(node: str, rows: Mapping[Any, Mapping[Any, Any]], atlas: Atlas, words: Words) -> str:
    if node.startswith(HUB):
        return words.label(atlas.tables, "network", node.removeprefix(HUB))
    return str(rows[node]["name"])


def links_in_words(network: PartnerNetwork, links: pd.DataFrame, atlas: Atlas, words: Words) -> pd.DataFrame:
    """Return links with names for ids: one, other, tie, count and what is shared (networks and products by name)."""
    rows = {row["id"]: row for row in partners(atlas.tables).to_dict("records")}
    nodes = {*network.links["one"], *network.links["other"]}
    names = {node: _node_name(node, rows, atlas, words) for node in nodes}
    products = atlas.tables["products"].set_index("id")["name"].to_dict()

    def told(tie: str, shared: str) -> str:
        codes = shared.split("|")
        if tie == "network":
            return ", ".join(words.label(atlas.tables, "network", code) for code in codes)
        return ", ".join(str(products.get(code, code)) for code in codes)

    return links.assign(
        one=links["one"].map(names),
        other=links["other"].map(names),
        shared=[told(tie, shared) for tie, shared in zip(links["tie"], links["shared"], strict=True)],
    )


def work_packages(atlas: Atlas, words: Words) -> list[WorkPackage]:
    """Return the work packages of the project, made once a language."""
    return atlas.tables.kept(("work packages", words.lang), lambda: _work_packages(atlas, words))


def _work_packages(atlas: Atlas, words: Words) -> list[WorkPackage]:
    names = atlas.tables["organisations"].set_index("id")["name"].to_dict()
    return [
        WorkPackage(
            f"{str(row['id']).upper()}: {row['title']}",
            str(names.get(row["lead_organisation_id"], "")),
            tuple(words.label(atlas.tables, "stage", code) for code in str(row["topic"]).split("|")),
            str(row["source_ids"]).split("|")[0],
        )
        for row in atlas.tables["work_packages"].to_dict("records")
    ]


def groups_in_view(shown: pd.DataFrame) -> Sequence[str]:
    """Return the groups that have a partner in view, in their order."""
    held = set(shown["group"])
    return [group for group in GROUPS if group in held]
