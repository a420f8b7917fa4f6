"""Who may do what: three roles, given by e-mail address or group in one file, and nothing to anybody without it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, Literal

from mapping.errors import StoreError

Act = Literal["see", "propose", "comment", "review", "release", "roll_back", "audit", "forget"]
"""``see`` is seeing proposals and their discussion; the tables themselves are open to everybody."""
LOCAL_EMAIL: Final = "local"
"""What stands in the trail for the one person of the local mode."""


class Role(IntEnum):
    """What a person is trusted with; each role may do what those before it may."""

    NOBODY = 0
    VIEWER = 1
    CONTRIBUTOR = 2
    REVIEWER = 3


NEEDED: Final[Mapping[Act, Role]] = {
    "see": Role.VIEWER,
    "propose": Role.CONTRIBUTOR,
    "comment": Role.CONTRIBUTOR,
    "review": Role.REVIEWER,
    "release": Role.REVIEWER,
    "roll_back": Role.REVIEWER,
    "audit": Role.REVIEWER,
    "forget": Role.REVIEWER,
}
"""The least role that an act takes."""


@dataclass(frozen=True)
class Person:
    """Somebody who signed in, or the one person of the local mode."""

    email: str
    """In lower case; kept in the store and nowhere else."""
    name: str = ""
    groups: frozenset[str] = frozenset()
    """As the identity provider says."""
    is_local: bool = False
    """Whether this is the local mode, in which nobody signed in."""

    @property
    def shown(self) -> str:
        """Return what others read: the name, or the address up to the @ where there is none."""
        return self.name or self.email.partition("@")[0]


@dataclass(frozen=True)
class RoleRules:
    """What the file of roles says; without one nobody has a role."""

    emails: Mapping[str, Role] = field(default_factory=dict)
    """Address in lower case -> role."""
    groups: Mapping[str, Role] = field(default_factory=dict)
    groups_claim: str = "groups"
    """Claim of the identity provider that lists the groups of a person."""
    trusts_unverified_email: bool = False
    """Whether an address counts that the provider does not call verified."""
    local_edit: bool = False
    """Whether the one person at this computer may do everything; never where there is a file of roles."""
    is_configured: bool = False
    """Whether there is a file of roles."""


def role_of(person: Person | None, rules: RoleRules) -> Role:
    """Return the highest role that a person's address or groups give."""
    if person is None:
        return Role.NOBODY
    if person.is_local:
        return Role.REVIEWER if rules.local_edit and not rules.is_configured else Role.NOBODY
    by_group = [role for group, role in rules.groups.items() if group in person.groups]
    return max([rules.emails.get(person.email.casefold(), Role.NOBODY), *by_group])


def who_may(person: Person | None, act: Act, rules: RoleRules) -> bool:
    """Return whether a person may do something."""
    return role_of(person, rules) >= NEEDED[act]


def read_rules(path: Path, *, local_edit: bool = False) -> RoleRules:
    """Read the file of roles; one that is not there gives nobody a role.

    Raises
    ------
    StoreError
        It cannot be read, or says something that is not understood: a misspelt role must not pass for a choice.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return RoleRules(local_edit=local_edit)
    except (OSError, ValueError) as error:
        raise StoreError(f"the file of roles cannot be read ({error})") from error
    return rules_of(told)


def rules_of(told: Mapping[str, Any]) -> RoleRules:
    """Return the rules that a parsed file of roles states."""
    names = {role.name.lower(): role for role in Role if role is not Role.NOBODY}
    unknown = sorted(set(told) - set(names) - {"sign_in"})
    sign_in = _section(told, "sign_in", {"groups_claim": str, "trust_unverified_email": bool})
    if unknown:
        raise StoreError(f"the file of roles has {unknown[0]!r}; write viewer, contributor, reviewer or sign_in")
    emails: dict[str, Role] = {}
    groups: dict[str, Role] = {}
    for name, role in names.items():  # from the least to the highest, which so wins
        section = _section(told, name, {"emails": list, "groups": list})
        emails |= {email.strip().casefold(): role for email in _texts(section.get("emails", []), name)}
        groups |= dict.fromkeys(_texts(section.get("groups", []), name), role)
    return RoleRules(
        emails,
        groups,
        sign_in.get("groups_claim", "groups"),
        sign_in.get("trust_unverified_email", False),
        is_configured=True,
    )


def _section(told: Mapping[str, Any], name: str, kinds: Mapping[str, type]) -> Mapping[str, Any]:
    """Return one section of the file, of known keys and kinds only."""
    section = told.get(name, {})
    if not isinstance(section, dict):
        raise StoreError(f"the file of roles: {name} is a section; write [{name}]")
    wrong = [key for key, value in section.items() if not isinstance(value, kinds.get(key, ()))]
    if wrong:
        raise StoreError(f"the file of roles: {name}.{wrong[0]} is not understood; known are {', '.join(kinds)}")
    return section


def _texts(values: list[Any], name: str) -> list[str]:
    """Return a list of texts, none of them empty."""
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise StoreError(f"the file of roles: {name} lists something that is no text")
    return values
