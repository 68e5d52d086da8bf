"""Other ways to find procedures and to sort questions, from the same data, to measure ours against."""
