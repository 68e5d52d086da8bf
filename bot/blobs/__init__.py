"""Files citizens send: checked, stripped of metadata and kept for a while under random keys."""
