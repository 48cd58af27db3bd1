"""How answers are shown: terminal, reports, pages, workbooks, charts."""
