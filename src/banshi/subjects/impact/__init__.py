"""Impact: what recorded cases are decided to under one law, and under another."""
