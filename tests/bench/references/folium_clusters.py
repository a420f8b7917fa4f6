"""The other common map: streamlit-folium with its fast clusters, no tiles and nothing returned, as quick as it gets."""

import folium
import streamlit as st
from folium.plugins import FastMarkerCluster
from rows import chosen_sites
from streamlit_folium import st_folium

DOT = "function (row) { return L.circleMarker(new L.LatLng(row[0], row[1]), {radius: 4}); }"

st.set_page_config(layout="wide")
sites = chosen_sites()
europe = folium.Map(location=(52, 12), zoom_start=4, tiles=None, prefer_canvas=True, maxZoom=18)
FastMarkerCluster(sites[["lat", "lon"]].to_numpy().tolist(), callback=DOT).add_to(europe)
st_folium(europe, key="map", height=600, use_container_width=True, returned_objects=[])
