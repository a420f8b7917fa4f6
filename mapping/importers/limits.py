"""How much of other people's files is read: each limit with its reason."""

from typing import Final

LARGEST_FILE: Final = 50 * 1024 * 1024
"""Bytes; a table of 100,000 rows of ours is about 30 MB as CSV and 5 MB as a workbook."""
LARGEST_UNPACKED: Final = 400 * 1024 * 1024
"""Bytes of all parts of a workbook together; the same table unpacks to about 120 MB."""
MOST_PACKED: Final = 200
"""Times a part of a workbook may grow when unpacked; sheets reach about 30, bombs 1,000 and more."""
PACKED_FREELY: Final = 4 * 1024 * 1024
"""Bytes up to which a part may grow as it likes: small parts of one repeated word are packed very well."""
MOST_PARTS: Final = 2_000
"""Files in a workbook; a sheet has two or three."""
MOST_SHEETS: Final = 50
MOST_ROWS: Final = 200_000
"""Rows of a sheet; twice what is checked in ten seconds."""
MOST_COLUMNS: Final = 500
"""Columns of a sheet; our widest table has 22, a cover sheet one a product."""
MOST_CELLS: Final = 6_000_000
"""Cells of a file, gaps between filled ones included; each costs about 100 bytes of memory."""
MOST_CHARACTERS: Final = 200_000_000
"""Characters of all cells together, repeated ones counted each time."""
LONGEST_CELL: Final = 32_767
"""Characters; Excel's own limit, and more than any of our columns takes."""
LONGEST_TOKEN: Final = 2 * 1024 * 1024
"""Bytes of XML without a tag begun or ended, several times what a cell can hold; the parser reads them again with each
piece, so that a part of one endless word would keep it busy for a minute."""
LONGEST_NAME: Final = 200
"""Characters of a file's name."""
SQL_STEPS: Final = 20_000_000
"""Instructions a database may cost; a layer of 200,000 rows needs about a quarter."""


def megabytes(size: int) -> str:
    """Return a number of bytes as a person says it."""
    return f"{size / 1024**2:.0f} MB"
