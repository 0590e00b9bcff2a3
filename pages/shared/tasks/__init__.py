"""The parts of the page tasks."""
