"""Files that leave the dashboard. Pure functions of frames."""
