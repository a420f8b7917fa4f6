"""The rows every reference draws: the sites of the same data folder as the Atlas, filtered by the same country list."""

import os
from pathlib import Path

import pandas as pd
import streamlit as st

COLUMNS = ["id", "name", "city", "country", "lat", "lon", "confidence"]


@st.cache_data
def all_sites() -> pd.DataFrame:
    return pd.read_csv(Path(os.environ["ATLAS_DATA"]) / "sites.csv", usecols=COLUMNS)


def chosen_sites() -> pd.DataFrame:
    sites = all_sites()
    chosen = st.sidebar.multiselect("Country", sorted(sites["country"].unique()), key="country")
    return sites[sites["country"].isin(chosen)] if chosen else sites
