"""What Streamlit itself brings: the widgets of the Atlas on a page without the Atlas.

Accessibility faults found here are Streamlit's own; the Atlas may show these and no others.
"""

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk
import streamlit as st

ROWS = pd.DataFrame({"name": ["example-berlin", "example-milan"], "count": [1, 2]})

st.set_page_config(page_title="Baseline", layout="wide")
page = st.navigation([st.Page(lambda: None, title="Baseline", default=True)], position="top")
page.run()
st.title("Baseline")
with st.sidebar:
    st.header("Filters")
    st.text_input("Text", key="text")
    st.multiselect("Several", ["one", "two"], key="several")
    st.multiselect("Several chosen", ["one", "two"], default=["one"], key="several_chosen")
    st.pills("Pills", ["one", "two"], selection_mode="multi", default=["one"], key="pills")
    st.segmented_control("Segments", ["one", "two"], default="one", key="segments")
    st.selectbox("One", ["one", "two"], key="one")
    st.slider("Years", 2000, 2026, (2005, 2020), key="years")
    st.checkbox("Tick", key="tick")
    st.toggle("Toggle", key="toggle")
    st.radio("Radio", ["one", "two"], key="radio")
    with st.expander("Folded"):
        st.write("Inside")
with st.popover("Share", key="share"):
    st.code("address")
st.button("Button", key="button")
st.link_button("Link", "/")
st.download_button("Download", "text", "text.txt", key="download")
st.caption("Caption")
st.metric("Metric", 1)
st.info("Notice")
st.pydeck_chart(pdk.Deck(map_provider=None), key="map", on_select="rerun", selection_mode="single-object")
st.plotly_chart(go.Figure(), key="chart", on_select="rerun")
first, second = st.tabs(["First", "Second"], key="tabs")
first.write("Inside")
second.write("Inside")
st.dataframe(ROWS, key="table", on_select="rerun", selection_mode="single-row")
