"""Who is here and what they may do: the one place that knows it, and the buttons to sign in and out."""

import os
from dataclasses import dataclass

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from mapping.errors import StoreError
from mapping.store.people import NEEDED, Act, Person, Role, RoleRules, read_rules, role_of
from mapping.store.settings import StoreSettings, settings_from
from mapping.store.sign_in import local_person, person_of
from mapping.words import Words, mark
from pages.parts import card_markdown

PROXY_HEADERS = ("X-Forwarded-For", "Forwarded")
_ROLES = {
    Role.NOBODY: mark("no role"),
    Role.VIEWER: mark("viewer"),
    Role.CONTRIBUTOR: mark("contributor"),
    Role.REVIEWER: mark("reviewer"),
}


@dataclass(frozen=True)
class Here:
    """Who sits in front of this page."""

    person: Person | None
    """None for whoever nobody vouches for."""
    role: Role
    settings: StoreSettings
    can_sign_in: bool
    """Whether this Atlas has an identity provider."""
    is_signed_in: bool
    """Whether somebody signed in, with a role or without."""
    fault: str = ""
    """What is wrong with the file of roles; nobody has a role then."""

    def may(self, act: Act) -> bool:
        """Return whether the person may do something."""
        return self.role >= NEEDED[act]


def here() -> Here:
    """Return who is here; never raises, whatever is configured."""
    settings = settings_from(os.environ)
    is_signed_in = st.user.get("is_logged_in") is True
    try:
        rules = read_rules(settings.roles_file, local_edit=settings.local_edit)
    except StoreError as error:
        return Here(None, Role.NOBODY, settings, _can_sign_in(), is_signed_in, str(error))
    person = _person(rules, is_signed_in=is_signed_in)
    return Here(person, role_of(person, rules), settings, _can_sign_in(), is_signed_in)


def show(found: Here, words: Words) -> None:
    """Say who is here, with the button to sign in or out; one container in any case."""
    with st.container(horizontal=True, key="who", vertical_alignment="center", gap="small"):
        if found.fault:
            st.error(card_markdown.plain(found.fault), icon=":material/error:")
        if found.person is not None and found.person.is_local:
            st.warning(
                words.text(
                    "**Local mode**: whoever sits at this computer may propose, review and release. Nobody has signed "
                    "in; the trail names “Local editor”."
                ),
                icon=":material/computer:",
            )
        elif found.is_signed_in:
            _signed_in(found, words)
        elif found.can_sign_in:
            st.caption(words.text("You are not signed in."), width="content")
            sign_in_button("sign_in", words)


def sign_in_button(key: str, words: Words) -> None:
    """Draw the button that leads to the identity provider."""
    st.button(words.text("Sign in"), key=key, icon=":material/login:", on_click=st.login)


def role_name(role: Role, words: Words) -> str:
    """Return a role in words."""
    return words.text(_ROLES[role])


def _signed_in(found: Here, words: Words) -> None:
    """Say under which name and role somebody is signed in."""
    if found.person is None:
        told = words.text("You are signed in, but your provider does not vouch for your address, so you have no role.")
    else:
        name = card_markdown.plain(found.person.shown)
        told = words.text("Signed in as **{name}** · {role}", name=name, role=role_name(found.role, words))
    st.markdown(f":material/person: {told}", width="content")
    st.button(words.text("Sign out"), key="sign_out", type="tertiary", icon=":material/logout:", on_click=st.logout)


def _person(rules: RoleRules, *, is_signed_in: bool) -> Person | None:
    """Return who signed in, else the one person of the local mode."""
    if is_signed_in:
        return person_of(st.user.to_dict(), rules)
    is_forwarded = any(name in st.context.headers for name in PROXY_HEADERS)
    return local_person(rules, st.context.ip_address, forwarded=is_forwarded)


def _can_sign_in() -> bool:
    """Return whether an identity provider is configured; without a file of secrets there is none."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False
