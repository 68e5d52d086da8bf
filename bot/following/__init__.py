"""Following a submitted dossier: codes, statuses, deadlines, look-ups with their limits."""
