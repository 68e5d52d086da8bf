"""Reminders and news on our own account: consent, quiet hours, due times."""
