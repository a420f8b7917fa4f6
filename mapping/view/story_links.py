"""A reader's own story as a few letters of an address: the same file, packed; read as strictly as any file."""

import base64
import binascii
import json
import zlib
from dataclasses import replace

from mapping.view.address import STORY_CHARACTERS
from mapping.view.known import Known
from mapping.view.stories import MINE, Story
from mapping.view.story_files import LARGEST_FILE, read_story


def packed(story: Story) -> str:
    """Return the story in letters that need no escaping; empty where they are too many for an address."""
    told = {
        "id": MINE,
        "title": dict(story.title),
        "steps": [
            {"link": step.link}
            | ({"headline": dict(step.headline)} if step.headline else {})
            | ({"note": dict(step.note)} if step.note else {})
            for step in story.steps
        ],
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    small = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return small if len(small) <= STORY_CHARACTERS else ""


def unpacked(letters: str, known: Known) -> Story | None:
    """Return the story of an address; None where the letters hold none that today's data can show."""
    try:
        content = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        opening = zlib.decompressobj()
        text = opening.decompress(content, LARGEST_FILE)
    except (binascii.Error, zlib.error, ValueError):
        return None
    story, _ = (None, ()) if opening.unconsumed_tail else read_story(text, known)
    return None if story is None else replace(story, id=MINE)
