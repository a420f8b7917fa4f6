"""The command line: `python -m mapping check [FOLDER]` and its sisters."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from mapping.errors import BuildError, MappingError
from mapping.importers.arguments import add_import

DATA = Path("data")
"""The data folder, seen from where the Atlas is started."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 where all is well, 1 where it is not."""
    chosen = _parser().parse_args(arguments)
    if not chosen.folder.is_dir():
        told = f"{chosen.folder}: there is no such folder; name the one that holds the tables"
        print(told, file=sys.stdout if chosen.command == "check" else sys.stderr)
        return 1
    try:
        return COMMANDS[chosen.command](chosen)
    except MappingError as error:
        print(error, file=sys.stderr)
        return 1


def run() -> int:
    """Run the command that was typed, on whatever terminal or pipe stands behind it."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name may hold letters that the terminal has not
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="python -m mapping", description="The ATMP Atlas on the command line.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, told in (
        ("check", "tell what is wrong with the tables of a data folder, one line a problem"),
        ("build", "write the tables from what is in raw/ and decisions/"),
        ("describe", "check the tables and write the description of them for software, datapackage.json"),
        ("matching", "tell how well the names of places were matched"),
    ):
        command = commands.add_parser(name, help=told, description=told)
        command.add_argument("folder", nargs="?", type=Path, default=DATA, help="the data folder (default: data)")
    _add_release(commands)
    _add_store(commands)
    add_import(commands, DATA)
    _add_export(commands)
    return parser


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command that writes a view as a file."""
    told = "write the sites in view, or what a page shows, as a file"
    export = commands.add_parser("export", help=told, description=told)
    export.add_argument("kind", help="xlsx, geojson or gpkg of the sites; pptx, brief, pack, svg, png of a page")
    export.add_argument("out", type=Path, help="the file to write")
    export.add_argument("--query", default="", help='what is in view, as in the address: "country=DE&class=GTMP"')
    export.add_argument("--folder", type=Path, default=DATA, help="the data folder (default: data)")
    export.add_argument(
        "--page", default="", help="of pptx, brief, pack, svg, png: the page, such as obstacles (default: the Atlas)"
    )
    export.add_argument("--story", default="", help="of pptx, brief: the story, such as where-made, instead of a view")
    export.add_argument("--base", default="", help="of the same: address of the Atlas in links and QR codes")
    export.add_argument("--picture", type=int, default=1, help="of svg, png: which picture of the page (default: 1)")
    export.add_argument("--size", default="slide", help="of svg, png: slide or print (default: slide)")


def _add_release(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command that releases the data."""
    told = "check the data, give them a version and keep them as they are under releases/"
    release = commands.add_parser("release", help=told, description=told)
    release.add_argument("--version", default="", help="such as 2026.12.0 (default: the next one of the month)")
    release.add_argument("--notes", type=Path, help="a text file that says what is new, for the change log")
    release.add_argument("--date", default="", help="day of the release, YYYY-MM-DD (default: today)")
    release.add_argument("--folder", type=Path, default=DATA, help="the data folder (default: data)")


def _add_store(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands for the store of proposals."""
    told = "back up, restore or look after the store of proposals (ATLAS_STORE, or DATABASE_URL)"
    words = commands.add_parser("store", help=told, description=told).add_subparsers(dest="word", required=True)
    for word, does, file in (
        ("backup", "write the whole store into a file", "file"),
        ("restore", "fill an empty store from a backup", "file"),
        ("status", "tell whether trail and released changes are sound with the data as they are", ""),
        ("audit", "prove the trail unbroken, and write it as CSV or, named .jsonl, as JSON lines", "?"),
    ):
        command = words.add_parser(word, help=does, description=does)
        if file:
            command.add_argument("file", nargs="?" if file == "?" else None, type=Path, help="the file")
        command.add_argument("--folder", type=Path, default=DATA, help="the data folder (default: data)")
    does = "take a person's address and name out of the store; what they did stays, under nobody's name"
    forget = words.add_parser("forget", help=does, description=does)
    forget.add_argument("address", help="e-mail address of the person")
    forget.add_argument("--by", required=True, help="address of the reviewer who does it, for the trail")
    forget.add_argument("--reason", default="", help="why, for the trail; keep people out of it")
    forget.add_argument("--folder", type=Path, default=DATA, help="the data folder (default: data)")


def _check(chosen: argparse.Namespace) -> int:
    """Print every fault of a data folder as `file:row:column: problem; remedy`."""
    from mapping.exports.channels import channels  # the imports stand here because each is slow
    from mapping.exports.funding import FUNDING_NAME, read_funding
    from mapping.tables.checking import check_folder
    from mapping.tables.edition import check_description
    from mapping.tables.loading import load_tables
    from mapping.view.known import Known
    from mapping.view.story_files import stories_in

    folder: Path = chosen.folder
    found = {**check_folder(folder), **check_description(folder)}
    if found:
        print("\n".join(f"{folder / file}:{fault}" for file, faults in found.items() for fault in faults))
        return 1
    tables = load_tables(folder)
    stories, wrong = stories_in(folder, Known(tables))
    if wrong:
        print("\n".join(f"{folder / file}:{fault}" for file, faults in wrong.items() for fault in faults))
        return 1
    try:
        channels(folder)
        if (folder / FUNDING_NAME).is_file():
            read_funding(folder / FUNDING_NAME)
    except BuildError as error:
        print(f"{folder}{os.sep}{error}")  # not as a path, which would take a slash out of https://
        return 1
    rows = sum(len(frame) for frame in tables.frames.values())
    told = f"{len(tables.frames)} tables, {rows:,} rows, {len(stories)} stories"
    print(f"{folder}: {told}, no fault; data version {tables.version}")
    return 0


def _build(chosen: argparse.Namespace) -> int:
    """Write the tables of a data folder."""
    from mapping.build.build import build

    build(chosen.folder)
    return 0


def _describe(chosen: argparse.Namespace) -> int:
    """Write the description of a data folder for other people's software."""
    from mapping.tables.package import write_package

    write_package(chosen.folder)
    return 0


def _matching(chosen: argparse.Namespace) -> int:
    """Print how well the names of places were matched."""
    from mapping.build.report import matching_report

    print("\n".join(matching_report(chosen.folder)))
    return 0


def _import(chosen: argparse.Namespace) -> int:
    """Write what somebody else's records give, and say what became of them."""
    from mapping.importers.command import run_import

    print("\n".join(run_import(chosen, lambda line: print(line, file=sys.stderr))))
    return 0


def _export(chosen: argparse.Namespace) -> int:
    """Write what is in view as a file."""
    from mapping.exports.command import BASE, Look, export

    look = Look(
        chosen.page, chosen.base or os.environ.get("ATLAS_URL", "") or BASE, chosen.picture, chosen.size, chosen.story
    )
    export(chosen.kind, chosen.query, chosen.out, chosen.folder, look)
    return 0


def _release(chosen: argparse.Namespace) -> int:
    """Release the data, and print what is new."""
    from datetime import UTC, date, datetime

    from mapping.exports.releasing import release

    try:
        day = date.fromisoformat(chosen.date) if chosen.date else datetime.now(UTC).date()
    except ValueError:
        print(f"nothing was released: {chosen.date!r} is not a day; write YYYY-MM-DD", file=sys.stderr)
        return 1
    try:
        notes = chosen.notes.read_text(encoding="utf-8") if chosen.notes else ""
    except (ValueError, OSError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        print(f"nothing was released: {chosen.notes} cannot be read: {told}", file=sys.stderr)
        return 1
    made = release(chosen.folder, chosen.version, notes, day.isoformat())
    print(made.text if made else "Nothing changed since the newest release; nothing was released.", end="\n")
    return 0


def _store(chosen: argparse.Namespace) -> int:
    """Look after the store of proposals."""
    from mapping.store.command import forget_person
    from mapping.store.command import run as look_after

    if chosen.word == "forget":
        print(forget_person(chosen.address, chosen.by, chosen.reason, chosen.folder, os.environ))
        return 0
    code, lines = look_after(chosen.word, getattr(chosen, "file", None), chosen.folder, os.environ)
    print("\n".join(lines))
    return code


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "build": _build,
    "describe": _describe,
    "matching": _matching,
    "import": _import,
    "export": _export,
    "release": _release,
    "store": _store,
}
"""What each word after `python -m mapping` does."""

if __name__ == "__main__":
    sys.exit(run())
