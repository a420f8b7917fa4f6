"""Any table somebody sends, read in memory and never run: the door every import and upload goes through.

What a file is shows in its name and must agree with its first bytes. Nothing in it is executed or followed: formulas
are text, macros and links to other files are refused, no pickle is opened. What is too large is refused before it is
unpacked, with the limit in the message.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from mapping.errors import SourceError
from mapping.importers.delimited import read_delimited
from mapping.importers.features import read_geojson, read_geopackage, read_parquet
from mapping.importers.limits import LARGEST_FILE, LONGEST_NAME, megabytes
from mapping.importers.sheets import Sheet
from mapping.importers.workbooks import read_ods, read_xlsx

Reader = Callable[[str, bytes], list[Sheet]]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".csv": read_delimited,
        ".tsv": read_delimited,
        ".txt": read_delimited,
        ".xlsx": read_xlsx,
        ".ods": read_ods,
        ".geojson": read_geojson,
        ".json": read_geojson,
        ".gpkg": read_geopackage,
        ".parquet": read_parquet,
    }
)
"""What reads a file, by the ending of its name."""
INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        ".xlsm": "workbooks with macros are not opened; save it as .xlsx",
        ".xltm": "templates with macros are not opened; save it as .xlsx",
        ".xlsb": "binary workbooks are not opened; save it as .xlsx",
        ".xls": "the format of Excel 2003 and before is not opened; save it as .xlsx",
        ".pkl": "pickles are programs and are not opened; save it as CSV or Parquet",
        ".pickle": "pickles are programs and are not opened; save it as CSV or Parquet",
        ".zip": "archives are not opened; send the file inside",
        ".gz": "archives are not opened; send the file inside",
        ".pdf": "a PDF holds no table that can be read; send the table it was made from",
    }
)
"""What to do instead, for endings that are met and not read."""
ZIP, OLE, SQLITE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"SQLite format 3\0", b"PAR1"
FIRST_BYTES: Mapping[str, tuple[bytes, ...]] = MappingProxyType(
    {".xlsx": (ZIP,), ".ods": (ZIP,), ".gpkg": (SQLITE,), ".parquet": (PARQUET,)}
)
"""How a file of each kind begins."""
DISGUISES: Mapping[bytes, str] = MappingProxyType(
    {
        ZIP: "an archive or workbook",
        OLE: "an old or encrypted Office file",
        SQLITE: "a database",
        PARQUET: "Parquet",
        b"%PDF": "a PDF",
        b"\x1f\x8b": "a compressed file",
        b"MZ": "a program",
        b"\x7fELF": "a program",
        b"\x89PNG": "a picture",
        b"\xff\xd8\xff": "a picture",
    }
)
"""How files begin that are sent under another's name."""
PICKLE = re.compile(rb"\x80[\x02-\x05].*\.\s*\Z", re.DOTALL)
"""A pickle of protocol 2 to 5, whatever it is called."""
CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def read_any(name: str, content: bytes) -> list[Sheet]:
    """Return the sheets of a file as text.

    Parameters
    ----------
    name : str
        Name of the file; its ending says what it claims to be.
    content : bytes
        The whole file.

    Returns
    -------
    list of Sheet
        One a sheet, layer or file, empty ones left out.

    Raises
    ------
    SourceError
        It is not what it claims, too large, hostile or broken; one line that says so and what to do.
    """
    told = plain_name(name)
    if len(content) > LARGEST_FILE:
        raise SourceError(
            f"{told}: {megabytes(len(content))}, more than the {megabytes(LARGEST_FILE)} that can be read"
        )
    if not content.strip():
        raise SourceError(f"{told}: the file is empty")
    ending = PurePosixPath(told).suffix.lower()
    if ending not in READERS:
        kinds = ", ".join(READERS)
        raise SourceError(f"{told}: {INSTEAD.get(ending, f'files of this kind are not read; send one of {kinds}')}")
    _check_disguise(told, ending, content)
    sheets = [sheet for sheet in READERS[ending](told, content) if sheet.rows]
    if not sheets:
        raise SourceError(f"{told}: there are no rows in it")
    return sheets


def plain_name(name: str) -> str:
    """Return the name of a file, refused where it tries to be more than a name."""
    if len(name) > LONGEST_NAME:
        raise SourceError(f"the name of the file is longer than {LONGEST_NAME} characters; shorten it")
    if CONTROLS.search(name):
        raise SourceError("the name of the file holds control characters; rename it")
    if re.search(r"[\\/]|^\.\.?$|^[A-Za-z]:", name) or not name.strip():
        raise SourceError("the name of the file holds a path; rename it")
    return name


def _check_disguise(name: str, ending: str, content: bytes) -> None:
    """Refuse a file whose first bytes are not those of the kind its name claims."""
    expected = FIRST_BYTES.get(ending)
    if expected and not content.startswith(expected):
        if content.startswith(OLE):
            raise SourceError(f"{name}: it is encrypted or an old Office file; save it as {ending} without a password")
        raise SourceError(f"{name}: the file is not {ending[1:].upper()}, whatever its name says")
    if expected:
        return
    for first, kind in DISGUISES.items():
        if content.startswith(first):
            raise SourceError(f"{name}: the file is {kind}, not {ending[1:].upper()}")
    if PICKLE.match(content) or (ending != ".geojson" and _is_old_pickle(content)):
        raise SourceError(f"{name}: the file is a pickle, which is a program; it is not opened")


def _is_old_pickle(content: bytes) -> bool:
    """Tell whether bytes are a pickle of protocol 0: opcodes on lines of their own, a point at the end."""
    return content.rstrip().endswith(b".") and bool(
        re.match(rb"\(?(?:c[a-z_.]+\n\w+\n|[dl]p\d+\n|\(dp\d|\(lp\d)", content)
    )
