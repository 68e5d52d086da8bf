"""Zalo Official Account: webhook in, OpenAPI out. Endpoints and codes as Zalo documents them for OA v3."""
