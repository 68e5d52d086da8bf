"""Answers about the catalogue as a whole: lists, counts, units."""
