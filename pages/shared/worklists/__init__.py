"""The parts of the page worklists."""
