"""Charts as pure functions: plain rows in, a plain Plotly dict out, every colour and size stated."""
