"""Scenarios: facts, a day, and what should come of them, written by people who write rules; tried with the law as it is."""
