"""Readers of messy workbooks: from a file as it was sent to rows of the contract, each with its place."""
