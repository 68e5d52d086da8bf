"""Custom actions of the assistant (thin: all logic is in ``bot``)."""
