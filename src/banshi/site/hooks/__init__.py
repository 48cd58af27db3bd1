"""Subjects: one room each."""
