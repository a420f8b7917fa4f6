"""Text without the e-mail addresses, telephone numbers and control characters that nobody may import."""

import re
from typing import Final

REMOVED: Final = "[removed]"
"""What stands where personal data stood."""
EMAIL = re.compile(
    r"(?:mailto:)?[^\s@<>()\[\],;:\"]+\s?(?:@|\(at\)|\[at\]|\{at\})\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]+)+",
    re.IGNORECASE,
)
"""E-mail addresses, those that hide from machines included."""
TELEPHONE = re.compile(
    r"(?:\b(?:tel|telephone|telefon|téléphone|teléfono|phone|fax|mobile|mobil|handy|gsm)\b\.?\s*(?:no\.?|nr\.?|number)?\s*:?\s*)"
    r"[+(]?\d[\d\s./()-]{4,}\d|(?<![\w.-])(?:\+|00)\d{1,3}[\s./()-]{0,3}\(?\d[\d\s./()-]{5,}\d",
    re.IGNORECASE,
)
"""Numbers that a word or a country's prefix marks as telephone numbers; registry numbers are neither."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]")


def scrub(text: str) -> tuple[str, int]:
    """Return a text without personal data that shows by its form, and how many pieces were removed."""
    without_mail, mails = EMAIL.subn(REMOVED, text)
    without_both, numbers = TELEPHONE.subn(REMOVED, without_mail)
    return without_both, mails + numbers


def plain_line(text: str) -> str:
    """Return a text as our tables hold it: one line, without controls, tags, personal data or a mark of a formula."""
    line = " ".join(CONTROLS.sub(" ", scrub(text)[0]).split())
    line = re.sub(r"<(?=[A-Za-z/!?])", "< ", line)
    return re.sub(r"^[=+@\s-]+", "", line)
