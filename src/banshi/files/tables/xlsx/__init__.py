"""Workbooks (XLSX), read as a stream: one reader whatever the size, in memory that does not grow with the sheet."""
