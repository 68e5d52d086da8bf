"""Measures the assistant on labelled questions and decides whether a model may be released."""
