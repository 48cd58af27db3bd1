"""Comparing versions, and the law of one day with that of another, norm by norm."""
