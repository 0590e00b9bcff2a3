"""What a meeting is shown and given: the same slides for the screen and for every file of the pack."""
