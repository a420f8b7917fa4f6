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
TITLED = re.compile(
    r"\b(?:(?:prof(?:essor|\.)?|dr|pd|priv\.?-doz|mr|mrs|ms|herr|frau|m\.d|dott(?:\.ssa)?|dra?)\b\.?\s*(?:med\.|rer\.|nat\.|h\.c\.)*\s*)+"
    r"(?-i:[A-ZÀ-Þ][\w.'’-]*(?:\s+(?:von|van|de|der|di|la|le|del)\b)*\s*){1,4}",
    re.IGNORECASE,
)
"""A person's name led by a title."""
INSTITUTION = re.compile(
    r"hospital|hôpita|hopita|ospedal|klinik|klinic|clinic|clínic|cliniq|univers|institut|istitut|instytut|"
    r"\bcent(?:er|re|ro|rum)\b|zentrum|fakult|facult|\bschool|\bcollege|gmbh|\bltd\b|\binc\b|\bplc\b|biotech|pharma|"
    r"therapeutic|laborator|charit|fraunhofer|max.planck|foundation|fondazion|fundaci|stiftung|\btrust\b|sygehus|sjukhus|"
    r"sairaal|nemocnic|szpital|\bspital|company|\bcell|\bgene(?:s|tics?)?\b|medizin|medicin|medical|agency|academ|akadem|"
    r"(?-i:\b[A-Z]{3,}\b|\bS\.?[pr]?\.?[AL]\b|\bAG\b|\bBV\b)",
    re.IGNORECASE,
)
"""A word of an institution's name; a part of an answer without one may be a person's name."""
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


def without_persons(text: str, *, is_place: bool = False) -> tuple[str, int]:
    """Return an answer without persons, and how many pieces were removed.

    Parameters
    ----------
    text : str
        The answer.
    is_place : bool
        Whether an institution was asked for, perhaps with a person's name: then only the parts with a word of an
        institution are kept.
    """
    plain, removed = scrub(text)
    if is_place:
        parts = [part.strip() for part in re.split(r"[,;\n()]|\s[-–/]\s", plain) if part.strip()]
        named = [TITLED.sub(" ", part).strip() for part in parts]
        kept = [part for part in named if part and part != REMOVED and INSTITUTION.search(part)]
        return ", ".join(kept), removed + len(parts) - len(kept)
    without, names = TITLED.subn(f"{REMOVED} ", plain)
    return without, removed + names
