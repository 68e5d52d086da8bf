"""The staff console: an ASGI process of its own on the same database (decision D12)."""
