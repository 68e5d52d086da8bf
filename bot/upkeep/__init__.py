"""Keeping the catalogue true: what to look at again, dead links, whom a change touches, what is missing."""
