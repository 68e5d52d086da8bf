"""The models that were trained, which of them serves, and how it came to that."""
