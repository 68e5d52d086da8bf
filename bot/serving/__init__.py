"""Runs action server and Rasa as one thing: start, readiness, clean end."""
