"""Where the project itself tells its news: its own pages, from one file that whoever runs the Atlas may change."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mapping.errors import BuildError

CHANNELS_FILE: Final = "channels.toml"
ADDRESS: Final = re.compile(r"https://[^\s<>()\[\]\"']+")


@dataclass(frozen=True)
class Channel:
    """One place to follow the project."""

    title: str
    address: str


def channels(folder: Path) -> tuple[Channel, ...]:
    """Return the project's channels in the order of the file in the data folder; none where there is no file.

    Raises
    ------
    BuildError
        The file cannot be read, or an entry lacks a title or an address that starts with https.
    """
    path = folder / CHANNELS_FILE
    if not path.is_file():
        return ()
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("channels", [])
        found = tuple(Channel(str(entry["title"]), str(entry["address"])) for entry in entries)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        told = f"cannot be read ({error}); each entry needs a title and an address"
        raise BuildError(f"{CHANNELS_FILE}:0:-: {told}") from error
    for channel in found:
        if not channel.title or not ADDRESS.fullmatch(channel.address):
            told = f"{channel.address!r} of {channel.title!r}; give it a title and an address that starts with https://"
            raise BuildError(f"{CHANNELS_FILE}:0:-: {told}")
    return found
