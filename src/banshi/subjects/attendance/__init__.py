"""Attendance: punches and leave of a centre's staff, judged by the rules of each day."""
