"""Dossiers on their way to the one-stop system: handed over once, whatever dies in between."""
