"""The map of plotly.express; an empty base style, as its usual one comes from an outside host."""

import plotly.express as px
import streamlit as st
from rows import chosen_sites

st.set_page_config(layout="wide")
figure = px.scatter_map(
    chosen_sites(), lat="lat", lon="lon", hover_name="name", zoom=2.6, center={"lat": 52, "lon": 12}, height=600
)
figure.update_layout(map_style="white-bg", margin={"l": 0, "r": 0, "t": 0, "b": 0}, uirevision="kept")
st.plotly_chart(figure, key="map")
