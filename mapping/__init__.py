"""The ATMP Atlas: tables, views, analysis and figures; nothing here imports Streamlit."""
