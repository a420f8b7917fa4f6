"""The map as most write it: a pydeck layer over a DataFrame, and the same rows as a table."""

import pydeck as pdk
import streamlit as st
from rows import chosen_sites

st.set_page_config(layout="wide")
sites = chosen_sites()
layer = pdk.Layer(
    "ScatterplotLayer",
    sites,
    id="sites",
    get_position=["lon", "lat"],
    get_fill_color=[0, 114, 178],
    get_radius=4000,
    radius_min_pixels=3,
    pickable=True,
)
view = pdk.ViewState(latitude=52, longitude=12, zoom=3.2)
st.pydeck_chart(pdk.Deck([layer], initial_view_state=view, map_provider=None), key="map", height=600)
st.dataframe(sites, key="table")
