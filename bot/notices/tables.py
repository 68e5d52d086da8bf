"""Tables of ``bot.notices``. Every ``*_at`` is POSIX seconds in UTC; nothing here tells who somebody is."""
