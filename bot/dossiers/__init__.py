"""Walking a citizen through a dossier: branch questions, checklist, readiness, where to submit."""
