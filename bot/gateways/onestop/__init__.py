"""The provincial one-stop system, spoken to by the protocol of the national exchange."""
