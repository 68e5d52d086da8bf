"""Official forms filled in with what the citizen chooses to give; nothing of it is kept."""
