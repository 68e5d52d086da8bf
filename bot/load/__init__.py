"""The assistant under load: real messages of many citizens, every reply checked, measured beside others."""
