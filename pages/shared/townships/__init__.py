"""The parts of the page townships: what is read, how it compares, and what is drawn of it."""
