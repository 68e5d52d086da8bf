"""The commands of ``bot``, one file each."""
