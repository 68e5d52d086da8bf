"""Conversations handed to a person: who waits, who holds them, what staff say (decision D9)."""
