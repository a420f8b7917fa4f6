"""How a reader without a role gets a correction to whoever can make it: never a dead end."""

import os

import streamlit as st

from mapping.analysis.table_titles import table_title
from mapping.store.form import NEW_ROW, row_name
from mapping.view.atlas import Atlas
from mapping.view.state import ViewState
from mapping.words import Words
from pages.parts import card_markdown, link, sign_in
from pages.parts.sign_in import Here


def show(atlas: Atlas, view: ViewState, here: Here, words: Words) -> None:
    """Say what this person can do about a row that is wrong or missing."""
    st.subheader(words.text("Correct or add a row"), anchor=False)
    st.markdown(
        words.text(
            "Anybody may find a mistake; people with a role propose the change here, and a reviewer decides. Until "
            "then nothing in the tables changes."
        )
    )
    if here.is_signed_in:
        st.info(
            words.text(
                "Your role does not let you propose. Whoever runs this Atlas can give you the role contributor."
            ),
            icon=":material/lock:",
        )
    elif here.can_sign_in:
        st.markdown(words.text("**With a role:** sign in, and this page becomes a form."))
        sign_in.sign_in_button("how_sign_in", words)
    else:
        st.info(
            words.text(
                "This Atlas is read-only: nobody can sign in. At your own computer, start it with ATLAS_LOCAL_EDIT=1."
            ),
            icon=":material/lock:",
        )
    _send(atlas, view, words)


def _send(atlas: Atlas, view: ViewState, words: Words) -> None:
    """Say how to send a correction without a role, with the row to begin with."""
    st.markdown(words.text("**Without a role:** send the row to somebody who has one."))
    frame = atlas.tables.frames.get(view.table)
    row = None if frame is None or "id" not in frame else frame[frame["id"] == view.row]
    if row is not None and len(row) and view.row != NEW_ROW:
        cells = {name: str(value) for name, value in row.iloc[0].dropna().items()}
        name = card_markdown.plain(row_name(cells) or view.row)
        st.download_button(
            words.text("Download the row “{name}”", name=name),
            data=lambda: row.to_csv(index=False).encode(),
            file_name=f"atmp-atlas-{view.table}-{view.row.replace('/', '-')}.csv",
            key="how_row",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(words.text("One row of the table “{table}”.", table=table_title(view.table, words)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words.text("Put it right in any spreadsheet, look whether it is sound, and send the file."))
        st.button(
            words.text("Check your data"),
            key="how_check",
            icon=":material/fact_check:",
            on_click=link.set_fields,
            kwargs={"part": "check"},
        )
    contact = os.environ.get("ATLAS_CONTACT", "")
    if contact:
        address = f"mailto:{contact}" if "@" in contact and "://" not in contact else contact
        shown = f"[{card_markdown.plain(contact)}]({address})" if "://" not in contact else ""
        st.markdown(
            words.text("Send it to {contact}.", contact=shown or card_markdown.web_link(contact, contact)),
        )
    else:
        st.markdown(words.text("Send it to whoever runs this Atlas, or to the partner of the project in that country."))
