"""What the pages share. charts, theme, formats, wording and i18n are pure: they never touch Streamlit."""
