"""Changes of catalogue records: one editor proposes, another decides, and they outlive every import."""
