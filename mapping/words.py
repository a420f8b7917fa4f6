"""Every sentence shown, in the reader's language, with its numbers, dates and lists as that language writes them.

English is the source: the text in the code is the message id. Other languages are a translation of
``data/locale/atlas.pot`` and nothing else. Codes carry meaning, words never do.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Literal
from unicodedata import combining, normalize

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from mapping.errors import MappingError, TableError
from mapping.tables.loading import Tables
from mapping.tables.vocabulary import UnknownCodeError, definitions, labels

LOCALE_FOLDER = Path(__file__).resolve().parents[1] / "data" / "locale"
DOMAIN = "atlas"
SOURCE_LANGUAGE = "en"
FORMATS = {"en": "en_GB"}
"""Whose dates and numbers a language takes where it has several: English as in Europe, 22 November 2026."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_WITH_ARTICLE = frozenset({"GB", "NL"})
"""Countries of the Atlas whose English names take an article inside a sentence."""


class WordsError(MappingError):
    """A sentence names a value it was not given."""


def by_name(names: Mapping[str, str]) -> list[str]:
    """Return codes in the order of their names as a reader looks them up: Ö stands with O, not after Z."""

    def without_marks(name: str) -> str:
        return "".join(letter for letter in normalize("NFKD", name.casefold()) if not combining(letter))

    return sorted(names, key=lambda code: (without_marks(names[code]), names[code], code))


def mark(msgid: str) -> str:
    """Return the text as it is; marks it for the catalogue where the sentence is said elsewhere."""
    return msgid


def mark_plural(singular: str, plural: str) -> tuple[str, str]:
    """Return both forms as they are; marks them for the catalogue where the sentence is said elsewhere."""
    return singular, plural


@cache
def languages(folder: Path = LOCALE_FOLDER) -> tuple[str, ...]:
    """Return the codes of the languages shipped: English first, then each with a compiled catalogue."""
    compiled = sorted(path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return (SOURCE_LANGUAGE, *(code for code in compiled if code != SOURCE_LANGUAGE))


def language_name(lang: str) -> str:
    """Return what a language calls itself: "English", "Deutsch"."""
    name = Locale.parse(lang).get_display_name() or lang
    return name[:1].upper() + name[1:]


def _translations(lang: str, folder: Path) -> NullTranslations:
    """Return the compiled catalogue of a language; English needs none."""
    if lang == SOURCE_LANGUAGE:
        return NullTranslations()
    with (folder / lang / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)


def _country_names(tables: Tables) -> Mapping[str, str]:
    countries = tables.frames.get("countries")
    return {} if countries is None else dict(zip(countries["id"], countries["name"], strict=True))


class Words:
    """What the Atlas says, in one language.

    Parameters
    ----------
    lang : str
        Language code, "de" or "de-AT"; one that is not shipped gives English.
    folder : Path
        Where the catalogues are.
    strict : bool
        Raise :class:`WordsError` where a sentence names a value it was not given (the tests do); otherwise
        the reader sees the name in braces and the page goes on.
    """

    def __init__(self, lang: str = SOURCE_LANGUAGE, folder: Path = LOCALE_FOLDER, *, strict: bool = False) -> None:
        wanted = lang.replace("_", "-").split("-")[0].lower()
        self.lang = wanted if wanted in languages(folder) else SOURCE_LANGUAGE
        self.locale = Locale.parse(FORMATS.get(self.lang, self.lang))
        self._strict = strict
        self._catalogue = _translations(self.lang, folder)

    def text(self, msgid: str, /, **values: object) -> str:
        """Return a sentence with its named values; whole numbers get separators (so give years as text)."""
        return self._filled(self._catalogue.gettext(msgid) if msgid else "", values)

    def plural(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Return the form of a sentence that fits a count; ``{n}`` in it is the count."""
        return self._filled(self._catalogue.ngettext(singular, plural, n), {"n": n, **values})

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with the language's separators and so many decimals, halves rounded to even."""
        if not decimals and isinstance(value, int) and 0 <= value < 1000:
            return str(value)
        pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
        return format_decimal(value, pattern, locale=self.locale)

    def percent(self, share: float) -> str:
        """Return a share (0 to 1) in per cent; what is not quite none or all never reads as 0 % or 100 %."""
        if 0 < share < 0.01:
            return f"<{self._with_sign(0.01)}"
        if 0.99 < share < 1:
            return f">{self._with_sign(0.99)}"
        return self._with_sign(share)

    def date(self, iso: str) -> str:
        """Return a date in words from ``2026-11-22``, ``2026-11`` or ``2026``."""
        year, *rest = (int(part) for part in iso.split("-"))
        if not rest:
            return iso
        if len(rest) == 1:
            return format_date(date(year, rest[0], 1), "LLLL y", locale=self.locale)
        return format_date(date(year, *rest), "long", locale=self.locale)

    def list(self, items: Sequence[str], joined_by: Literal["and", "or"] = "and") -> str:
        """Return things one after the other with the language's "and" or "or" before the last."""
        style: Literal["standard", "or"] = "standard" if joined_by == "and" else "or"
        return format_list(tuple(items), style=style, locale=self.locale) if items else ""

    def label(self, tables: Tables, vocabulary: str, code: str) -> str:
        """Return the words for a code of the tables, the code itself where the table of codes has none."""
        try:
            english = labels(tables, vocabulary).get(code)
        except (TableError, UnknownCodeError):
            return code
        return code if english is None else self._catalogue.pgettext(vocabulary, english)

    def meaning(self, tables: Tables, vocabulary: str, code: str) -> str:
        """Return what a code of the tables means, in words."""
        return self._catalogue.pgettext(vocabulary, definitions(tables, vocabulary)[code])

    def country(self, tables: Tables, code: str) -> str:
        """Return a country's name: ours in English, the locale data's in other languages."""
        if self.lang != SOURCE_LANGUAGE and code in self.locale.territories:
            return str(self.locale.territories[code])
        ours = tables.kept(("country names",), lambda: _country_names(tables)).get(code)
        return ours or self.label(tables, "country_elsewhere", code)

    def country_within(self, tables: Tables, code: str) -> str:
        """Return a country's name as it stands inside a sentence: "the Netherlands" in English."""
        name = self.country(tables, code)
        return f"the {name}" if self.lang == SOURCE_LANGUAGE and code in _WITH_ARTICLE else name

    def _with_sign(self, share: float) -> str:
        if self.lang == SOURCE_LANGUAGE:
            return f"{format_decimal(share * 100, '#,##0', locale=self.locale)}{_NO_BREAK_SPACE}%"
        return format_decimal(share, self.locale.percent_formats[None].pattern, locale=self.locale)

    def _filled(self, sentence: str, values: Mapping[str, object]) -> str:
        def value(found: re.Match[str]) -> str:
            if found[1] not in values:
                return self._missing(sentence, found)
            given = values[found[1]]
            return self.number(given) if isinstance(given, int) else str(given)

        return _PLACEHOLDER.sub(value, sentence) if "{" in sentence else sentence

    def _missing(self, sentence: str, found: re.Match[str]) -> str:
        if self._strict:
            raise WordsError(f"'{sentence}' names {found[0]}, and no value of that name was given")
        return found[0]
