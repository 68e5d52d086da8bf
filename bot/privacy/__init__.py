"""The privacy desk: consents, requests about personal data, erasure, retention and the masking scanner."""
