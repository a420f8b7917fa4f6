"""The trail of who did what when and why: whether it is whole, and its export."""

from typing import TYPE_CHECKING

import streamlit as st

from mapping.words import Words
from pages.parts import card_markdown
from pages.parts.sign_in import Here

if TYPE_CHECKING:
    from mapping.store.opening import Store


def show(store: "Store", here: Here, words: Words) -> None:
    """Draw whether the trail is unbroken, and the buttons to take it away; for reviewers."""
    from mapping.store.audit import as_csv, as_json_lines, broken_links, trail  # the database, when it is needed

    entries, broken = trail(store, here.person), broken_links(store)
    st.subheader(words.text("Trail"), anchor=False)
    told = words.plural("{n} act", "{n} acts", len(entries))
    if broken:
        st.error(words.text("{acts}; the trail was tampered with:", acts=told), icon=":material/gpp_bad:")
        st.markdown("\n".join(f"- {card_markdown.plain(link)}" for link in broken[:20]))
    else:
        said = words.text("{acts}; each follows from the one before, so nothing was changed or cut.", acts=told)
        st.markdown(f":material/verified_user: {said}")
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, made in (("csv", as_csv), ("jsonl", as_json_lines)):
            st.download_button(
                words.text("Export as {kind}", kind=name.upper()),
                data=lambda made=made: made(trail(store, here.person)),
                file_name=f"atmp-atlas-trail.{name}",
                key=f"trail_{name}",
                icon=":material/download:",
                on_click="ignore",
                disabled=not entries,
            )
        st.caption(words.text("It names people: keep it safe."), width="content")
