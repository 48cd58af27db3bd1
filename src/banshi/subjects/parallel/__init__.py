"""Parallel approval: catalogues, schedules, notices, one form."""
