"""The least page that can hold a map: one empty pydeck chart, one empty plotly chart."""

import plotly.graph_objects as go
import pydeck as pdk
import streamlit as st

st.set_page_config(layout="wide")
st.pydeck_chart(pdk.Deck(map_provider=None), key="map", height=600)
st.plotly_chart(go.Figure(), key="chart")
