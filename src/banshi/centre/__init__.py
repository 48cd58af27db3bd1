"""Whose law and whose code: a centre's project, its settings, and what its user trusts."""
