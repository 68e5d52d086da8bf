"""Ways in for citizens' messages."""
