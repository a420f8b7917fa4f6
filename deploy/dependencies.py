"""What the Atlas is made of besides itself: exact versions, licences, and a bill of materials (CycloneDX 1.6).

``python -m deploy.dependencies`` reads what is installed, asks nobody, and writes ``build/sbom.cdx.json`` and
``build/licences.md``; with ``--pin`` it writes ``deploy/constraints.txt`` too, the versions the image is built with.
"""

import argparse
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
UNKNOWN = "not stated"


@dataclass(frozen=True, order=True)
class Part:
    """One library that is needed to run."""

    name: str
    version: str
    licence: str
    needs: tuple[str, ...]
    """Names of the libraries it needs itself."""

    @property
    def purl(self) -> str:
        """Return its package address."""
        return f"pkg:pypi/{self.name}@{self.version}"


def named(name: str) -> str:
    """Return a name as the registry writes it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(found: Distribution) -> str:
    """Return the licence a library states: its expression, its classifiers, or the first line of its text."""
    told = found.metadata.get("License-Expression")
    classifiers = [c.rpartition(" :: ")[2] for c in found.metadata.get_all("Classifier") or () if c.startswith("Lic")]
    text = (found.metadata.get("License") or "").strip().split("\n")[0][:60]
    return told or "; ".join(classifiers) or text or UNKNOWN


def needed(lines: Iterable[str], extras: Iterable[str] = ("",)) -> list[tuple[str, tuple[str, ...]]]:
    """Return name and extras of each requirement that holds on this machine."""
    wanted = [Requirement(line) for line in lines if line.strip() and not line.startswith(("#", "-"))]
    holds = [
        one
        for one in wanted
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in (*extras, ""))
    ]
    return [(named(one.name), tuple(sorted(one.extras))) for one in holds]


def parts(requirements: Path) -> list[Part]:
    """Return every library that the requirements need, and that those need, by name.

    Libraries that are not installed here, for another platform for example, are left out.
    """
    found: dict[str, Part] = {}
    waiting, seen = needed(requirements.read_text(encoding="utf-8").splitlines()), set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        more = needed(installed.requires or (), extras or ("",))
        before = found[name].needs if name in found else ()
        needs = tuple(sorted({*before, *(each for each, _ in more)}))
        found[name] = Part(name, installed.version, licence_of(installed), needs)
        waiting += more
    return sorted(found.values())


def bill(found: list[Part], version: str) -> dict[str, Any]:
    """Return the bill of materials as CycloneDX 1.6."""
    known = {part.name: part.purl for part in found}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "atmp-atlas", "version": version, "bom-ref": "atlas"}
        },
        "components": [
            {
                "type": "library",
                "bom-ref": part.purl,
                "name": part.name,
                "version": part.version,
                "purl": part.purl,
                "licenses": [{"license": {"name": part.licence}}],
            }
            for part in found
        ],
        "dependencies": [
            {"ref": part.purl, "dependsOn": sorted(known[name] for name in part.needs if name in known)}
            for part in found
        ],
    }


def report(found: list[Part]) -> str:
    """Return the licences as a table in Markdown."""
    rows = [f"| {part.name} | {part.version} | {part.licence.replace('|', '/')} |" for part in found]
    head = [
        "# What the Atlas runs on, and under which licences",
        "",
        "| library | version | licence |",
        "| --- | --- | --- |",
    ]
    return "\n".join([*head, *rows, ""])


def pins(found: list[Part]) -> str:
    """Return the exact versions, one a line, for ``pip install -c``."""
    head = "# Exact versions the image is built with; `make pins` writes them anew.\n"
    return head + "".join(f"{part.name}=={part.version}\n" for part in found)


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description="What the Atlas is made of besides itself.")
    parser.add_argument("--pin", action="store_true", help="write deploy/constraints.txt too")
    found = parts(ROOT / "requirements.txt")
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    version = re.search(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    content = json.dumps(bill(found, version[1] if version else "0"), indent=1)
    (build / "sbom.cdx.json").write_text(content + "\n", encoding="utf-8")
    (build / "licences.md").write_text(report(found), encoding="utf-8")
    if parser.parse_args().pin:
        (ROOT / "deploy" / "constraints.txt").write_text(pins(found), encoding="utf-8")


if __name__ == "__main__":
    main()
