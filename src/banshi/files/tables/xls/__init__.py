"""Workbooks of the old format (.xls) as grids of text."""
