"""What a snapshot may hold: the tables and their rules."""

from data.figures import FIGURES, FRACTIONAL, RATES, TARGETS
from data.tables import PROVENANCE, TABLES, Column, Table, conform, empty

__all__ = [
    "FIGURES",
    "FRACTIONAL",
    "PROVENANCE",
    "RATES",
    "TABLES",
    "TARGETS",
    "Column",
    "Table",
    "conform",
    "empty",
]
