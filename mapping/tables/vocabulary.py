"""The words for codes."""

from collections.abc import Mapping
from types import MappingProxyType

from mapping.errors import MappingError
from mapping.tables.loading import Tables


class UnknownCodeError(MappingError):
    """A code, or a vocabulary, that codes.csv does not have."""


def labels(tables: Tables, vocabulary: str) -> Mapping[str, str]:
    """Return code -> label of one vocabulary, in the order in which it is shown."""
    return _words(tables, vocabulary, "label")


def label(tables: Tables, vocabulary: str, code: str) -> str:
    """Return the label of one code."""
    return _word(labels(tables, vocabulary), vocabulary, code)


def definitions(tables: Tables, vocabulary: str) -> Mapping[str, str]:
    """Return code -> what it means, in the order in which it is shown."""
    return _words(tables, vocabulary, "definition")


def definition(tables: Tables, vocabulary: str, code: str) -> str:
    """Return what one code means."""
    return _word(definitions(tables, vocabulary), vocabulary, code)


def _word(words: Mapping[str, str], vocabulary: str, code: str) -> str:
    """Return the word for a code, or say which code is not there."""
    if code not in words:
        message = f"{code!r} is not a code of the vocabulary {vocabulary!r}"
        raise UnknownCodeError(message)
    return words[code]


def _words(tables: Tables, vocabulary: str, column: str) -> Mapping[str, str]:
    """Return one column of codes.csv by code."""
    return tables.kept(("codes", vocabulary, column), lambda: _column(tables, vocabulary, column))


def _column(tables: Tables, vocabulary: str, column: str) -> Mapping[str, str]:
    """Read one column of one vocabulary from codes.csv."""
    codes = tables["codes"]
    rows = codes[codes["vocabulary"] == vocabulary].sort_values("position")
    if rows.empty:
        message = f"there is no vocabulary {vocabulary!r}"
        raise UnknownCodeError(message)
    return MappingProxyType(dict(zip(rows["code"], rows[column], strict=True)))
