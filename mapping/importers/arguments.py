"""The words after `python -m mapping import`."""

import argparse
from pathlib import Path
from typing import Final

KINDS: Final = ("ctgov", "ctis", "cover-sheet", "table")


def add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", data: Path) -> None:
    """Add the command that brings data in."""
    told = "bring in records of a registry, the consortium's cover sheet, or any table"
    command = commands.add_parser("import", help=told, description=told)
    command.add_argument("kind", choices=KINDS, help="what the source is")
    command.add_argument(
        "source",
        nargs="?",
        default="",
        help="a file, a folder of saved answers, or (registries) registry numbers, words, or atmp for all of them",
    )
    command.add_argument("--out", type=Path, required=True, help="the folder to write to")
    command.add_argument(
        "--from-file",
        nargs="?",
        const=True,
        default=False,
        help="read saved answers, never ask the registry; may name the file itself",
    )
    command.add_argument("--folder", type=Path, default=data, help="the data folder (default: data)")
    command.add_argument("--retrieved", default="", help="day the records were read, YYYY-MM-DD (default: today)")
    command.add_argument("--server", default="", help="another address of the registry, such as a mirror's")
    command.add_argument(
        "--table", default="facilities", help="the table whose rows a file holds (default: facilities)"
    )
    command.add_argument("--mapping", type=Path, help="a column mapping written by an earlier import, corrected or not")
    command.add_argument("--sheet", default="", help="the sheet of a workbook (default: the first with rows)")
