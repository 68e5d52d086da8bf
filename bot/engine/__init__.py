"""Rasa's agent on a short road: the same model, the same rules and the same answers for less work."""
