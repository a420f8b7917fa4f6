"""The catalogue of everything the Atlas says: taken from the code, offered to translators, compiled for readers.

``python -m mapping.catalogue`` refreshes ``data/locale``: the template, each language's translation, its compiled form.
A second run changes nothing.
"""

import ast
import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from mapping.words import DOMAIN, LOCALE_FOLDER

PROJECT = LOCALE_FOLDER.parents[1]
SPOKEN_IN = ("app.py", "mapping", "pages")
CODES = "data/codes.csv"
PROPER_NAMES = {"country_elsewhere", "network", "registry"}
"""Vocabularies whose labels are the same in every language, or are named by the locale data."""
EXPLAINED = {"nothing"}
"""Vocabularies whose definitions readers see too."""
KEYWORDS = {"text": 1, "plural": 2, "mark": 1, "mark_plural": 2}
"""Function or method -> how many of its first arguments are forms of a sentence."""
HEADINGS = dict.fromkeys(("key", "text", "words", "code", "link", "number", "year", "address"), 1)
"""Functions of :mod:`mapping.tables.columns`, whose first argument is what a column is called on the pages."""
_BEGINNING = datetime(2026, 11, 22, tzinfo=UTC)
"""The one date the files bear, so that refreshing them changes nothing by itself."""

_TOOLS_OWN = {"Generated-By", "Report-Msgid-Bugs-To"}
"""Headers that would change with the tool, or offer an address nobody reads."""


class _Catalogue(Catalog):
    """A catalogue whose header says nothing about the tool that wrote it."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in super().mime_headers if name not in _TOOLS_OWN]

    @mime_headers.setter
    def mime_headers(self, value: Iterable[tuple[str, str]]) -> None:
        self._set_mime_headers(value)


def spoken_files(project: Path = PROJECT) -> list[Path]:
    """Return the Python files whose sentences readers see, in order."""
    tops = (project / name for name in SPOKEN_IN)
    return sorted(path for top in tops for path in ([top] if top.is_file() else top.rglob("*.py")))


def extracted(project: Path = PROJECT) -> Catalog:
    """Return the template: every message id in the code with the files it stands in, and the words for the codes.

    Their context is their vocabulary, for one word may mean two things.
    """
    template = _empty(None)
    for path in spoken_files(project):
        name = path.relative_to(project).as_posix()
        speaking = KEYWORDS | HEADINGS if name.startswith("mapping/tables/") else KEYWORDS
        for message in sentences(path.read_text(encoding="utf-8"), speaking):
            template.add(message, None, [(name, 0)])
    for vocabulary, said in _said_of_codes(project / CODES):
        template.add(said, None, [(CODES, 0)], context=vocabulary)
    return template


def sentences(source: str, speaking: Mapping[str, int] = KEYWORDS) -> Iterator[str | tuple[str, ...]]:
    """Return the sentences that Python code says by the functions given: as text, or as singular and plural.

    Only what stands in the call itself counts, either branch of a condition too; a sentence kept elsewhere is marked
    there.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            forms = [_literals(argument) for argument in node.args[: speaking.get(name, 0)]]
            if len(forms) == 2 and forms[0] and forms[1]:
                yield (forms[0][0], forms[1][0])
            elif len(forms) == 1:
                yield from forms[0]


def translated(lang: str, template: Catalog, folder: Path = LOCALE_FOLDER) -> Catalog:
    """Return a language's catalogue brought to the template: new sentences empty, unused ones gone."""
    path = folder / lang / "LC_MESSAGES" / f"{DOMAIN}.po"
    catalogue = _empty(lang)
    known = read_po(BytesIO(path.read_bytes()), locale=lang) if path.is_file() else catalogue
    for message in template:
        if message.id:
            before = known.get(message.id, message.context)
            catalogue.add(message.id, before.string if before else None, message.locations, context=message.context)
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the message ids that have no translation, or one for only some plural forms."""
    return [str(message.id) for message in catalogue if message.id and not all(_forms(message.string))]


def po_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue as a translator's file: sorted, files without lines, so that moved code changes nothing."""
    out = BytesIO()
    write_po(out, catalogue, width=120, sort_output=True, include_lineno=False)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue compiled for readers."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def refresh(project: Path = PROJECT) -> list[Path]:
    """Write the template and every language's two files; return those that changed."""
    folder = project / "data" / "locale"
    template = extracted(project)
    wanted = {folder / f"{DOMAIN}.pot": po_bytes(template)}
    for lang in _translated_languages(folder):
        catalogue = translated(lang, template, folder)
        messages = folder / lang / "LC_MESSAGES"
        wanted |= {messages / f"{DOMAIN}.po": po_bytes(catalogue), messages / f"{DOMAIN}.mo": mo_bytes(catalogue)}
    return list(_written(wanted.items()))


def _empty(lang: str | None) -> Catalog:
    return _Catalogue(
        locale=lang,
        domain=DOMAIN,
        header_comment="# What the ATMP Atlas says. CC BY 4.0, like the data.",
        project="ATMP Atlas",
        version="1",
        creation_date=_BEGINNING,
        revision_date=_BEGINNING,
        last_translator="The ATMP Atlas",
        language_team="The ATMP Atlas",
        charset="utf-8",
        fuzzy=False,
    )


def _literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value else []


def _said_of_codes(codes: Path) -> Iterator[tuple[str, str]]:
    """Yield vocabulary and words: each label, and what a code means where readers are told."""
    if codes.is_file():
        with codes.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                if row["vocabulary"] not in PROPER_NAMES:
                    yield row["vocabulary"], row["label"]
                if row["vocabulary"] in EXPLAINED:
                    yield row["vocabulary"], row["definition"]


def _forms(string: str | Iterable[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def _translated_languages(folder: Path) -> list[str]:
    return sorted(path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def _written(wanted: Iterable[tuple[Path, bytes]]) -> Iterator[Path]:
    for path, content in wanted:
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            yield path


if __name__ == "__main__":
    for changed in refresh():
        sys.stdout.write(f"{changed.relative_to(PROJECT).as_posix()}\n")
