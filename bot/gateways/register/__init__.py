"""Announcing a dossier to a counter: the local register."""
