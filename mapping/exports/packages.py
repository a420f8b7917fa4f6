"""Files packed for somebody to take away: the rows, what they are, how to cite them, and a description for software."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, Final

from mapping.exports.citing import citation_of
from mapping.exports.edition import LICENCE, LICENCE_NAME, LICENCE_URL, TITLE, citation
from mapping.exports.readme import Section, as_text
from mapping.tables.loading import Tables

ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The date every packed file bears, so that the same data make the same bytes."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files in a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def data_package(tables: Tables, files: Mapping[str, bytes], readme: Sequence[Section]) -> bytes:
    """Return CSV files in a zip with README.txt, CITATION.cff and datapackage.json.

    Parameters
    ----------
    tables : Tables
        The data the files were made of.
    files : Mapping
        Name -> content, CSV in UTF-8.
    readme : Sequence
        What the package says about itself in words.
    """
    told = {
        "README.txt": as_text(readme).encode(),
        "CITATION.cff": citation_of(tables),
        "datapackage.json": (json.dumps(_description(tables, files), ensure_ascii=False, indent=1) + "\n").encode(),
    }
    return zipped({**files, **told})


def _description(tables: Tables, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the description of a package (Frictionless Data Package)."""
    resources = [
        {
            "name": name.removesuffix(".csv"),
            "path": name,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(content),
        }
        for name, content in files.items()
    ]
    return {
        "profile": "data-package",
        "name": "atmp-atlas-view",
        "title": TITLE,
        "version": tables.version,
        "citation": citation(tables),
        "licenses": [{"name": LICENCE, "title": LICENCE_NAME, "path": LICENCE_URL}],
        "resources": resources,
    }
