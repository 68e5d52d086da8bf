"""What the assistant learns from reviewers: examples, questions and conversations, by four eyes."""
