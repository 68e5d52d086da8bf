"""What was said, by whom, on which channel: masked, numbered, kept apart from Rasa's own store."""
