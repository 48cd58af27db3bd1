"""What everything stands on: text, money, numerals, dates, folders, limits, writing."""
