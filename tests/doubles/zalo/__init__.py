"""A double of the Zalo platform for tests: OpenAPI, OAuth, webhooks, file links, and a control API.

Holds to ``docs.zaloplatforms.com`` as far as it is known. What is not known for certain is a setting, or is
marked "assumed" where it is decided. ``driver.Platform`` is what tests use; ``python -m tests.doubles.zalo``
runs it as a process of its own.
"""
