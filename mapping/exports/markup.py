"""HTML written so that no text can become markup: what is not :class:`Html` is escaped."""

from html import escape
from typing import Final, Self

EMPTY: Final = frozenset({"meta", "link", "img", "br", "hr"})
"""Elements without an end tag."""


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()

    @classmethod
    def joined(cls, parts: "list[Html]") -> Self:
        """Return parts one after the other."""
        return cls("".join(parts))


def element(name: str, /, *content: str, **attributes: str | None) -> Html:
    """Return an element.

    Parameters
    ----------
    name : str
        Its tag.
    *content : str
        Elements stay as they are, other text is escaped.
    **attributes : str or None
        Escaped; None leaves the attribute out, ``class_`` stands for ``class``, an underscore for a hyphen.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in EMPTY:
        return Html(f"<{name}{told}>")
    inside = "".join(part if isinstance(part, Html) else escape(part, quote=False) for part in content)
    return Html(f"<{name}{told}>{inside}</{name}>")
