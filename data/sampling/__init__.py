"""Invented ledgers: pure functions from a shape, a profile and a seed to the rows of any month."""
