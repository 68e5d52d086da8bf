"""People who work with the assistant: accounts, roles, sessions, and the record of what they did."""
