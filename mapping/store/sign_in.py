"""From what an identity provider says of a person to a person of ours."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from mapping.store.people import LOCAL_EMAIL, Person, Role, RoleRules, role_of


def person_of(claims: Mapping[str, Any], rules: RoleRules) -> Person | None:
    """Return the person that OpenID Connect claims tell of; None where they tell of nobody.

    Parameters
    ----------
    claims : mapping
        What `st.user` holds, or the claims of an ID token.
    rules : RoleRules
        Names the claim of the groups, and whether an address counts that is not called verified.

    Returns
    -------
    Person or None
        Nobody where nobody is signed in, there is no address, or it is not verified and the rules do not trust such:
        with some providers people write their own address.
    """
    email = claims.get("email")
    verified = claims.get("email_verified") in (True, "true", "True")
    if claims.get("is_logged_in", True) is not True or not isinstance(email, str) or "@" not in email:
        return None
    if not verified and not rules.trusts_unverified_email:
        return None
    name = claims.get("name")
    return Person(email.strip().casefold(), name.strip() if isinstance(name, str) else "", _groups(claims, rules))


def person_and_role(claims: Mapping[str, Any], rules: RoleRules) -> tuple[Person | None, Role]:
    """Return the person that claims tell of, and the role."""
    person = person_of(claims, rules)
    return person, role_of(person, rules)


def local_person(rules: RoleRules, address: str | None, *, forwarded: bool = False) -> Person | None:
    """Return the one person of the local mode; None where the mode is off or the asker is not at this computer.

    Parameters
    ----------
    rules : RoleRules
        Says whether the local mode is on.
    address : str or None
        Where the asker is, as `st.context.ip_address` says: None is this computer.
    forwarded : bool
        Whether a proxy passed the request on (it has a header ``X-Forwarded-For`` or ``Forwarded``); behind one
        everybody looks local.
    """
    person = Person(LOCAL_EMAIL, "Local editor", is_local=True)
    here = address is None or _is_loopback(address)
    return person if here and not forwarded and role_of(person, rules) else None


def _groups(claims: Mapping[str, Any], rules: RoleRules) -> frozenset[str]:
    """Return the groups a person is in, whether the provider lists them or names one."""
    told = claims.get(rules.groups_claim, ())
    listed = [told] if isinstance(told, str) else told if isinstance(told, list | tuple) else []
    return frozenset(group for group in listed if isinstance(group, str))


def _is_loopback(address: str) -> bool:
    """Return whether an address is this computer's."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
