"""Tables of ``bot.dossiers``. Every ``*_at`` is POSIX seconds in UTC; nothing here tells who somebody is."""
