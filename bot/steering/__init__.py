"""Figures staff and managers steer by: counted, defined, and hidden where few people stand behind them."""
