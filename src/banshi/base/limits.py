"""Every limit on what is read and on what is said, in one place; each has a test at it and above it.

Honest files stay far below all of them. What a limit refuses is told at its place and the rest is still looked at.
The limits on workbooks stand in ``tables/xlsx/limits.py``, beside the archive that they speak of.
"""

MAX_BYTES = 10 * 1024 * 1024  # of a YAML or JSON file, of one line of JSON Lines
MAX_SETTINGS_BYTES = 1024 * 1024  # of banshi.toml and pyproject.toml
MAX_STDIN_BYTES = 256 * 1024 * 1024  # of standard input, which is kept until all have read it
MAX_TABLE_BYTES = 512 * 1024 * 1024  # of a CSV file or a workbook as it lies on the disk
LINES_AT_ONCE = 2 * 1024 * 1024  # bytes of JSON Lines that are checked together; findings are limited in each such part
MAX_JOBS = 64  # processes that may share a check
MAX_DEPTH = 40  # lists and mappings inside one another, aliases counted with what they stand for
MAX_FOLDERS = 60  # folders inside one another that are walked; what lies deeper is told, and not looked at
MAX_ALIASED_NODES = 10_000  # values that all aliases of a file stand for together
MAX_DOCUMENT_ROWS = 50_000  # paragraphs and rows of tables of a document (DOCX)
MAX_DOCUMENT_CELLS = 1_000_000  # of its tables, each as wide as it spans
MAX_SPANNED = 100  # columns that one of these cells is taken to span; no form has so many
MAX_FIELDS_DEEP = 50  # fields of a document inside one another
MAX_AMENDED = 20  # amendments that amend one another, one upon the other
MAX_PATH = 200  # steps of a dotted path in an amendment (no path that leads anywhere in a file has so many)
MAX_DIGITS = 18  # of a whole number; a longer one stays text, and no schema takes it for a number
MAX_FINDINGS = 200  # of one file are listed, the others counted; ``banshi check --all`` lists them all
MAX_MARKED = 20_000  # of a workbook that ``check --annotate`` hands back are marked in it; ``--all`` marks them all
MAX_COUNTED = 20_000  # deviations from a schema that are counted beyond the listed ones; then it is “at least”
MAX_SAID = 1000  # characters of one message
MAX_STEP = 200  # characters of a key in the route of a finding
MAX_SHOWN = 40  # characters of a value, a key or a name inside a message
