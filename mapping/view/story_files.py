"""Stories as files people can read and write: YAML of one strict shape, each fault told with line, step and remedy.

The text is taken apart by PyYAML's safe loader into nodes, never into objects. Anchors, deep nesting and large files
are refused before that, so a file from anywhere may be read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mapping.errors import Fault
from mapping.view.address import clean
from mapping.view.known import Known
from mapping.view.stories import MINE, MOST_STEPS, Story, StoryStep, Texts
from mapping.view.story_steps import StepError, step_at

FOLDER: Final = "stories"
"""Where a data folder keeps its stories."""
LARGEST_FILE: Final = 100_000
"""Bytes of a file that is read."""
DEEPEST: Final = 6
"""Levels of nesting; a sound file has five."""
LONGEST_TEXT: Final = {"title": 120, "about": 400, "headline": 240, "note": 3000}
"""Characters of each text."""
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE: Final = re.compile(r"[a-z]{2}")
_STORY: Final = ("id", "title", "about", "steps")
_STEP: Final = ("link", "headline", "note")


@dataclass
class _Reading:
    """One file while it is read."""

    known: Known
    faults: list[Fault] = field(default_factory=list)

    def blame(self, node: Node, where: str, value: str, rule: str, remedy: str) -> None:
        """Write down a fault where a node starts."""
        self.faults.append(Fault(node.start_mark.line + 1, where, value, rule, remedy))


def stories_in(folder: Path, known: Known) -> tuple[tuple[Story, ...], dict[str, tuple[Fault, ...]]]:
    """Return the sound stories of a data folder in the order of their files, and the faults of the others by file."""
    stories: dict[str, Story] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        story, found = read_story(path.read_bytes(), known)
        if story is not None and story.id in {MINE, *stories}:
            rule = "is the id of a reader's own story" if story.id == MINE else "is the id of another story"
            found = (Fault(1, "id", story.id, rule, "choose an id that no other file has"),)
        if found:
            faults[f"{FOLDER}/{path.name}"] = found
        elif story is not None:
            stories[story.id] = story
    return tuple(stories.values()), faults


def read_story(content: bytes, known: Known) -> tuple[Story | None, tuple[Fault, ...]]:
    """Return the story of a file, or what is wrong with it; a story with any fault is not given."""
    reading = _Reading(known)
    root, fault = _root(content)
    if root is None:
        return None, (fault or Fault(0, "", "", "holds nothing", "write id, title and steps"),)
    story = _story(reading, root)
    return (None if reading.faults else story), tuple(reading.faults)


def story_yaml(story: Story) -> str:
    """Return the story as a file; reading it gives the same story."""
    told = {
        "id": story.id,
        "title": _plain(story.title),
        **({"about": _plain(story.about)} if story.about else {}),
        "steps": [
            {"link": step.link}
            | ({"headline": _plain(step.headline)} if step.headline else {})
            | ({"note": _plain(step.note)} if step.note else {})
            for step in story.steps
        ],
    }
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110)


def _plain(texts: Texts) -> dict[str, str] | str:
    return texts["en"] if set(texts) == {"en"} else dict(texts)


def _root(content: bytes) -> tuple[Node | None, Fault | None]:
    """Return the file as nodes, or why it is not read."""
    if len(content) > LARGEST_FILE:
        return None, Fault(0, "", "", f"is larger than {LARGEST_FILE} bytes", "shorten the notes or split the story")
    try:
        text = content.decode("utf-8-sig")
        refused = _refused(text)
        return (None, refused) if refused else (yaml.compose(text, Loader=yaml.SafeLoader), None)
    except UnicodeDecodeError:
        return None, Fault(0, "", "", "is not UTF-8 text", "save the file as UTF-8")
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        told = getattr(error, "problem", None) or "has characters that text does not have"
        return None, Fault(at.line + 1 if at else 0, "", "", f"is not YAML ({told})", "mend the line or indentation")


def _refused(text: str) -> Fault | None:
    """Return why a file is not taken apart: it nests too deep, or refers to itself."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return Fault(line, "", "", "uses an anchor", "write the text out")
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return Fault(line, "", "", "nests too deep", "write id, title, about and steps")
    return None


def _story(reading: _Reading, root: Node) -> Story:
    parts = _parts(reading, root, "", _STORY)
    id_node = parts.get("id")
    name = id_node.value if isinstance(id_node, ScalarNode) else ""
    if not _ID.fullmatch(name):
        reading.blame(id_node or root, "id", name, "is no id", "write small letters and digits, joined by hyphens")
    title = _texts(reading, parts.get("title"), "title", "title")
    if not title:
        reading.blame(parts.get("title", root), "title", "", "is missing", "write a title, one for each language")
    steps = tuple(_steps(reading, parts.get("steps"), root))
    return Story(name, title, _texts(reading, parts.get("about"), "about", "about"), steps)


def _steps(reading: _Reading, node: Node | None, root: Node) -> Iterator[StoryStep]:
    if not isinstance(node, SequenceNode) or not node.value:
        reading.blame(node or root, "steps", "", "has no step", "write a list, each entry with a link")
        return
    if len(node.value) > MOST_STEPS:
        reading.blame(node, "steps", str(len(node.value)), f"is more than {MOST_STEPS} steps", "split the story")
        return
    for number, entry in enumerate(node.value, 1):
        here = f"step {number}"
        parts = _parts(reading, entry, here, _STEP)
        link = parts.get("link")
        if not isinstance(link, ScalarNode) or not link.value.strip():
            reading.blame(link or entry, here, "", "has no link", "paste the link of a view: link: /access?km=200")
            continue
        try:
            page, view = step_at(link.value.strip(), reading.known)
        except StepError as fault:
            reading.blame(link, f"{here}, link", fault.value, fault.rule, fault.remedy)
            continue
        words = {name: _texts(reading, parts.get(name), name, f"{here}, {name}") for name in ("headline", "note")}
        yield StoryStep(page, view, words["headline"], words["note"])


def _parts(reading: _Reading, node: Node, where: str, names: tuple[str, ...]) -> Mapping[str, Node]:
    """Return what stands under each name; another name, or one twice, is a fault."""
    if not isinstance(node, MappingNode):
        reading.blame(node, where, "", "is no list of names and values", f"write {', '.join(names)}")
        return {}
    parts: dict[str, Node] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, ScalarNode) else ""
        if name not in names or name in parts:
            rule = "stands there twice" if name in parts else "is no part of a story"
            reading.blame(key, where, name, rule, f"write each of {', '.join(names)} at most once")
            continue
        parts[name] = value
    return parts


def _texts(reading: _Reading, node: Node | None, name: str, where: str) -> Texts:
    """Return a text: one in English, or one for each language."""
    if node is None:
        return {}
    if isinstance(node, ScalarNode):
        told = _text(reading, node, name, where)
        return {"en": told} if told else {}
    if not isinstance(node, MappingNode):
        reading.blame(node, where, "", "is no text", "write a text, or one for each language: en, de")
        return {}
    texts: dict[str, str] = {}
    for key, value in node.value:
        lang = key.value if isinstance(key, ScalarNode) else ""
        if not _LANGUAGE.fullmatch(lang) or lang in texts or not isinstance(value, ScalarNode):
            reading.blame(key, where, lang, "is no language with one text", "write two letters, each language once")
            continue
        told = _text(reading, value, name, where)
        if told:
            texts[lang] = told
    return texts


def _text(reading: _Reading, node: ScalarNode, name: str, where: str) -> str:
    most = LONGEST_TEXT[name]
    if len(node.value) > most:
        reading.blame(node, where, node.value, f"is longer than {most} characters", "shorten it")
        return ""
    return clean(node.value, most)
