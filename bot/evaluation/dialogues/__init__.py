"""Conversations of several messages, labelled message by message, and how they go."""
