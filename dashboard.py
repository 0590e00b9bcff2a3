"""Nuanxin 暖新看板: the entry that `streamlit run dashboard.py` starts."""

# Imported before any session starts: sessions that arrive together crash its lazy import otherwise.
import plotly.graph_objects  # noqa: F401  isort: skip
import streamlit as st

from pages import PAGES
from pages.shared import frame

st.set_page_config(page_title="暖新看板", page_icon=str(frame.FAVICON), layout="wide")
frame.freeze_imports()
frame.run(PAGES)
