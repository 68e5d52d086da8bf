"""Conversations in which a person takes part: handing over, silence, the voice of staff, the way back."""
