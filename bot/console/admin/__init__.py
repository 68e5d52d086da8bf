"""Plain tables by the admin library: its queries and forms, our guard, policy, pages and audit log.

Only the handlers that ``bot.console.tables`` names can be reached; nothing of the library is mounted, so none
of its scripts, styles, log-ins or deletions exist here.
"""
