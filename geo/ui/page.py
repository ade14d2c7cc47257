"""The page Streamlit runs."""

from geo.ui.panels.first import first_screen

first_screen()
