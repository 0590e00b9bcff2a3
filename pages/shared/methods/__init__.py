"""The parts of 口径说明: one definition, the county's own settings, and where each figure is shown."""
