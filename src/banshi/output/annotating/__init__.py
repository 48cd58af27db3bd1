"""A workbook handed back with marks: its parts are edited where they must be, and everything else in it stays as it was."""
