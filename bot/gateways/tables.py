"""Tables of ``bot.gateways``. Every ``*_at`` is POSIX seconds in UTC; nothing here tells who somebody is."""
