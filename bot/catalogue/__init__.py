"""The service catalogue: records, storage, imports and search."""
