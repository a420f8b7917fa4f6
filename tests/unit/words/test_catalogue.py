"""The catalogue is complete: what the code says is in the template, and every language says it with the same values."""

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from mapping import catalogue
from mapping.words import DOMAIN, LOCALE_FOLDER, languages

TRANSLATIONS = [lang for lang in languages() if lang != "en"]
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

GERMAN_BEFORE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgid "A sentence"
msgstr "Ein Satz"

msgid "Gone"
msgstr "Weg"
"""


def messages(lang: str) -> Path:
    return LOCALE_FOLDER / lang / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(path: Path):
    with path.open("rb") as file:
        return read_po(file)


def forms(message) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def said(compiled: GNUTranslations, message) -> tuple[str, ...]:
    """What readers get for a message: its translation, or those for one and for two."""
    if message.pluralizable:
        return tuple(compiled.ngettext(*message.id, n) for n in (1, 2))
    if message.context:
        return (compiled.pgettext(message.context, message.id),)
    return (compiled.gettext(message.id),)


def spoken() -> Iterator[tuple[str, ast.Call, str]]:
    """Each call that says a sentence: file and line, the call, its method."""
    for path in catalogue.spoken_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                if name in catalogue.KEYWORDS:
                    yield f"{path.name}:{node.lineno}", node, name


def said_here(call: ast.Call, name: str) -> list[str]:
    arguments = call.args[: 2 if "plural" in name else 1]
    return [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]


def test_the_template_holds_what_the_code_says_today():
    path = LOCALE_FOLDER / f"{DOMAIN}.pot"
    assert path.read_bytes() == catalogue.po_bytes(catalogue.extracted()), "run: python -m mapping.catalogue"


def test_every_sentence_in_the_code_is_in_the_template():
    known = {form for message in read(LOCALE_FOLDER / f"{DOMAIN}.pot") for form in forms(message.id)}
    assert {where: s for where, call, name in spoken() for s in said_here(call, name) if s and s not in known} == {}


def test_every_sentence_is_given_the_values_it_names():
    missing = {}
    for where, call, name in spoken():
        given = {keyword.arg for keyword in call.keywords} | ({"n"} if name == "plural" else set())
        named = {value for s in said_here(call, name) for value in PLACEHOLDER.findall(s)}
        if name in {"text", "plural"} and None not in given and named - given:
            missing[where] = named - given
    assert missing == {}


@pytest.mark.parametrize("lang", TRANSLATIONS)
def test_every_sentence_is_translated(lang):
    assert catalogue.untranslated(read(messages(lang))) == []


@pytest.mark.parametrize("lang", TRANSLATIONS)
def test_a_translation_holds_the_sentences_of_the_template_and_no_others(lang):
    template = {(message.context, message.id) for message in read(LOCALE_FOLDER / f"{DOMAIN}.pot")}
    assert {(message.context, message.id) for message in read(messages(lang))} == template


@pytest.mark.parametrize("lang", TRANSLATIONS)
def test_a_translation_names_the_same_values_as_the_english(lang):
    wrong = []
    for message in read(messages(lang)):
        wanted = {v for form in forms(message.id) for v in PLACEHOLDER.findall(form)}
        given = {v for form in forms(message.string) for v in PLACEHOLDER.findall(form)}
        if message.id and wanted != given:
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("lang", TRANSLATIONS)
def test_the_compiled_catalogue_is_the_written_one(lang):
    with messages(lang).with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    stale = [m.id for m in read(messages(lang)) if m.id and said(compiled, m) != forms(m.string)]
    assert stale == [], "run: python -m mapping.catalogue"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('words.text("A sentence", n=1)', ["A sentence"]),
        ('words.text("In two " "parts")', ["In two parts"]),
        ('words.text("One" if many else "Other")', ["One", "Other"]),
        ('words.plural("{n} row", "{n} rows", n)', [("{n} row", "{n} rows")]),
        ('TITLES = {"a": mark("A title")}', ["A title"]),
        ('words.text(TITLES["a"])', []),
        ('words.text(words.label(tables, "role", code))', []),
        ('words.plural(*FORMS["a"], n)', []),
        ('print("Not for readers")', []),
    ],
)
def test_only_what_readers_are_told_is_taken_from_the_code(code, said):
    assert list(catalogue.sentences(code)) == said


@pytest.fixture
def small_project(tmp_path):
    (tmp_path / "mapping").mkdir()
    (tmp_path / "mapping" / "example.py").write_text(
        'words.text("A sentence")\nwords.plural("{n} example", "{n} examples", n)\nTITLE = mark("A title")\n'
    )
    folder = tmp_path / "data" / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "atlas.po").write_text(GERMAN_BEFORE)
    return tmp_path


def test_a_refresh_takes_up_new_sentences_and_drops_the_unused(small_project):
    catalogue.refresh(small_project)
    german = read(small_project / "data/locale/de/LC_MESSAGES/atlas.po")
    assert {m.id: m.string for m in german if m.id} == {
        "A sentence": "Ein Satz",
        "A title": "",
        ("{n} example", "{n} examples"): ("", ""),
    }


def test_what_is_not_translated_is_named(small_project):
    catalogue.refresh(small_project)
    german = read(small_project / "data/locale/de/LC_MESSAGES/atlas.po")
    assert sorted(catalogue.untranslated(german)) == ["('{n} example', '{n} examples')", "A title"]


def test_the_labels_of_codes_are_sentences_too(small_project):
    (small_project / "data" / "codes.csv").write_text("vocabulary,code,label\nrole,partners,Partners\n")
    catalogue.refresh(small_project)
    assert read(small_project / "data/locale/de/LC_MESSAGES/atlas.po").get("Partners", "role") is not None


def test_what_a_kind_of_nothing_means_is_a_sentence_too(small_project):
    (small_project / "data" / "codes.csv").write_text(
        "vocabulary,code,label,definition\nnothing,zero,0,Example of none\nrole,partners,Partners,Example of a role\n"
    )
    catalogue.refresh(small_project)
    german = read(small_project / "data/locale/de/LC_MESSAGES/atlas.po")
    assert german.get("Example of none", "nothing") is not None
    assert german.get("Example of a role", "role") is None


def test_a_second_refresh_changes_nothing(small_project):
    assert catalogue.refresh(small_project)
    assert catalogue.refresh(small_project) == []
