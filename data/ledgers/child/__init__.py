"""What runs in the child process that opens files of others: it imports nothing else of ours, nor polars."""
