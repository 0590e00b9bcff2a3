"""Parts of the page of stations."""
