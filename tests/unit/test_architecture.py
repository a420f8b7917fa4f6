"""Holds the arrows between the rooms, and the few rules of the house that a machine can see.

Everything is read from the source by `ast`, so a forbidden import is found even where no test runs it.
"""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAPPING = sorted((ROOT / "mapping").rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))
SCREENS = sorted(path for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py")
PRODUCT = [*MAPPING, *PAGES, *ROOT.glob("app.py")]

BELOW = {  # a room and the rooms it may look into
    "tables": set(),
    "view": {"tables"},
    "analysis": {"view", "tables"},
    "figures": {"analysis", "view", "tables"},
    "places": set(),
    "store": {"tables"},
    "importers": {"tables", "view", "analysis", "places"},
    "build": {"tables", "view", "places", "importers"},
    "exports": {"figures", "analysis", "view", "tables"},
    "api": {"exports", "figures", "analysis", "view", "tables", "store"},
}
COUNTING = {"groupby", "merge", "pivot", "pivot_table", "value_counts", "crosstab"}
NAMELESS = {"utils", "helpers", "common", "misc", "util", "helper"}
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_SCREEN = 300, 40, 60  # lines


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports(path: Path) -> frozenset[str]:
    """Dotted names a module imports anywhere in it; `from a import b` gives `a` and `a.b`."""
    package = name_of(path).split(".") if path.name == "__init__.py" else name_of(path).split(".")[:-1]
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *filter(None, [node.module])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return frozenset(found)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, its docstring not counted."""
    first = function.body[0]
    told = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if told else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of each call; a method gives its last name."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield node.lineno, name


def room(dotted: str) -> str | None:
    parts = dotted.split(".")
    return parts[1] if parts[0] == "mapping" and len(parts) > 1 and parts[1] in BELOW else None


def within(tops: set[str], dotted: frozenset[str]) -> set[str]:
    return {name for name in dotted if name.split(".")[0] in tops}


@pytest.mark.parametrize("path", MAPPING, ids=name_of)
def test_mapping_knows_neither_streamlit_nor_the_screens(path: Path) -> None:
    assert not within({"streamlit", "pages", "app"}, imports(path))


@pytest.mark.parametrize("path", MAPPING, ids=name_of)
def test_a_room_looks_only_into_the_rooms_below_it(path: Path) -> None:
    here = room(name_of(path))
    if here is None:  # errors, words and the command line stand outside the rooms
        return
    seen = {there for name in imports(path) if (there := room(name)) and there != here}
    assert seen <= BELOW[here]


def test_every_folder_of_mapping_is_a_known_room() -> None:
    assert {path.relative_to(ROOT / "mapping").parts[0] for path in MAPPING if path.parent != ROOT / "mapping"} <= set(
        BELOW
    )


def test_no_module_reaches_itself_through_its_imports() -> None:
    names = {name_of(path) for path in MAPPING}
    arrows = {name_of(path): imports(path) & names - {name_of(path)} for path in MAPPING}
    packages = {name for name in names if any(other.startswith(name + ".") for other in names)}
    circles = []

    def walk(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            circles.append(" -> ".join([*trail[trail.index(name) :], name]))
        elif name not in done:
            for next_name in sorted(arrows[name] - packages):
                walk(next_name, (*trail, name))
            done.add(name)

    done: set[str] = set()
    for name in sorted(names):
        walk(name, ())
    assert not circles


@pytest.mark.parametrize("path", MAPPING, ids=name_of)
def test_only_figures_draw(path: Path) -> None:
    if room(name_of(path)) != "figures":
        assert not within({"plotly", "pydeck", "altair", "matplotlib"}, imports(path))


@pytest.mark.parametrize("path", [path for path in MAPPING if room(name_of(path)) == "figures"], ids=name_of)
def test_figures_do_not_count(path: Path) -> None:
    assert [(line, name) for line, name in calls(path) if name in COUNTING] == []


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_a_module_is_short_enough_to_read_and_named_for_its_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert path.stem not in NAMELESS


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_a_function_is_short_enough_to_read(path: Path) -> None:
    assert {f.name: lines_of(f) for f in functions(path) if lines_of(f) > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_a_module_says_what_it_gives(path: Path) -> None:
    assert path.name == "__init__.py" or ast.get_docstring(tree_of(path))


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_only_the_command_line_prints(path: Path) -> None:
    """A module that `python -m` starts is one: it says so by its name or by its last `if`."""
    if path.name != "__main__.py" and 'if __name__ == "__main__":' not in path.read_text(encoding="utf-8"):
        assert [line for line, name in calls(path) if name in {"print", "pprint"}] == []


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_no_error_is_caught_without_being_named(path: Path) -> None:
    broad = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]
    assert broad == []


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_no_module_keeps_a_global_that_changes(path: Path) -> None:
    assert [node.lineno for node in ast.walk(tree_of(path)) if isinstance(node, ast.Global)] == []


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_a_screen_reads_like_a_table_of_contents(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_SCREEN
    assert [f.name for f in functions(path)] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_widget_owns_the_address(path: Path) -> None:
    assert not re.search(r"bind\s*=\s*[\"']query-params", path.read_text(encoding="utf-8"))


def test_what_the_product_imports_is_what_requirements_name() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    named = {re.split(r"[<>=\[ ]", line)[0].lower() for line in lines if line and not line.startswith("#")}
    tops = {name.split(".")[0] for path in PRODUCT for name in imports(path)}
    outside = tops - set(sys.stdlib_module_names) - {"mapping", "pages", ""}
    packages = importlib.metadata.packages_distributions()
    assert {
        name: packages.get(name) for name in outside if not named & {p.lower() for p in packages.get(name, [])}
    } == {}


def test_no_source_names_a_place_on_one_machine() -> None:
    machine = re.compile(r"(?<![\w./-])/(?:work|root|home|tmp|Users)/")
    told = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*PRODUCT, *(ROOT / "tests").rglob("*.py"), *ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if machine.search(line) and "machine = re" not in line
    ]
    assert told == []
