"""Every limit on what is read and on what is said, in one place; each has a test at it and above it.

Honest files stay far below all of them. What a limit refuses is told at its place and the rest is still looked at.
What stands behind a value is what it is for: ``make limits`` writes the table in SECURITY.md from here.
"""

# Files and folders

MAX_BYTES = 10 * 1024 * 1024  # of a YAML or JSON file, of one line of JSON Lines, of a file of a project's own code
MAX_SETTINGS_BYTES = 1024 * 1024  # of banshi.toml, pyproject.toml, mkdocs.yml, and of a logo
MAX_STDIN_BYTES = 256 * 1024 * 1024  # of standard input, which is kept until all have read it
MAX_TABLE_BYTES = 512 * 1024 * 1024  # of a CSV file or a workbook as it lies on the disk
MAX_LINES_BYTES = 16 << 30  # of a file of JSON Lines, which is read line by line; batch takes any
MAX_PASSED_OVER = 256 << 20  # bytes of one overlong line of JSON Lines that are passed over to find its end
LINES_AT_ONCE = 2 * 1024 * 1024  # bytes of JSON Lines that are checked together; findings are limited in each such part
LONGEST_LINE = 1 << 20  # characters of a line of a CSV file
MAX_TITLE_ROWS = 200  # rows among which headings and labels that name its place are looked for
MAX_AMOUNT_WORDS = 100  # characters of an amount in words; proper ones have under 40, the rest is room for spaces
MAX_JOBS = 64  # processes that may share a check
MAX_DEPTH = 40  # lists and mappings inside one another, aliases counted with what they stand for
MAX_FOLDERS = 60  # folders inside one another that are walked; what lies deeper is told, and not looked at
MAX_ALIASED_NODES = 10_000  # values that all aliases of a file stand for together
MAX_PAGE_BYTES = 64 << 20  # of a web page or text beside a register that is looked into; a larger one may hold anything
MAX_ARCHIVE_NAMES = 2_000  # names in an archive beside a register that are looked at; one of more may hold anything
MAX_BESIDE = 500  # files beside a register that are looked into; of a fuller folder it is said that it was not
MAX_GLIMPSED = 200_000  # rows of a file that is not read which are looked at; a longer one may concern anybody

# Workbooks
MAX_UNPACKED = 2 << 30  # bytes that all parts of a workbook or a document come to
LIKELY_RATIO = 100  # times its packed size that a large archive unpacks to; one of more was made to do harm
ANY_RATIO = 64 << 20  # bytes up to which that ratio says nothing
MAX_LISTING = 4 * 1024 * 1024  # bytes of an archive's list of parts
MOST_PARTS = 50_000  # parts of an archive; a sheet with notes is four
MOST_SHEETS = 10_000  # sheets of a workbook
SMALL_PART = 32 << 20  # bytes of a part that only describes others: relationships, list of sheets, styles
ROWS = 1 << 20  # of a sheet, as the format allows
COLUMNS = 1 << 14  # of a sheet, as the format allows
MAX_CELLS = 64_000_000  # of a sheet, each row counted from its first column to its last filled one
MAX_TEXT = 256 << 20  # bytes of the texts that cells share
MOST_TEXTS = 16_000_000  # texts that cells share
LONGEST_TEXT = 1 << 17  # characters of a cell; the format allows 32,767
LONGEST_TOKEN = 16 << 20  # bytes of one tag or comment of a part
MOST_NAMES = 10_000  # different names of elements and attributes in a part
MOST_MERGED = 200_000  # merged ranges of a sheet
MAX_OLD_BOOK = 128 << 20  # bytes of a workbook of the old format (.xls), which is kept in memory while it is read

# Documents (DOCX)
MAX_DOCUMENT_ROWS = 50_000  # paragraphs and rows of tables
MAX_DOCUMENT_CELLS = 1_000_000  # of its tables, each as wide as it spans
MAX_SPANNED = 100  # columns that one of these cells is taken to span; no form has so many
MAX_FIELDS_DEEP = 50  # fields of a document inside one another

# Registers of attendance
MAX_LEAVE_PAIRS = 2_500  # pairs of entries of leave of one person that are compared; with more, his days are left open
MAX_LEAVE_TABLES = 120  # tables of leave of one person that are compared; with more, his days are left open
MAX_UNREAD_ROWS = 2_000  # rows of a column left aside that are told apart; beyond them it may concern anybody
LONGEST_LEAVE = 366  # days of a leave that was not read; a longer one may be of any day

# Git, settings and code of a project
GIT_SECONDS = 60  # that one call of git may take
GIT_FILES = 20_000  # files of a commit that are asked for
GIT_BYTES = 256 * 1024 * 1024  # bytes of files that git is asked for together
GIT_PRINTED = 320 * 1024 * 1024  # bytes that one call of git may print: these files, or names and messages without end
MOST_SETTINGS = 1000  # values in one setting of mkdocs, aliases counted as often as they stand; one of more needs trust
MOST_INHERITED = 20  # files of settings of mkdocs that inherit from one another
LONGEST_SETTING = 200  # characters of a text in banshi.toml
CODE_DEEP = 20  # folders inside one another in a project's own code; what lies deeper cannot be trusted

# Law
MAX_AMENDED = 20  # amendments that amend one another, one upon the other
MAX_PATH = 200  # steps of a dotted path in an amendment (no path that leads anywhere in a file has so many)
MAX_ALIKE = 250_000  # pairs of norms that `diff` looks at for one that was renamed; beyond them ids and relations tell
MAX_DIGITS = 18  # digits of a whole number; a longer one stays text, and no schema takes it for a number

# What is said
MAX_FINDINGS = 200  # of one file are listed, the others counted; ``banshi check --all`` lists them all
MAX_MARKED = 20_000  # of a workbook that ``check --annotate`` hands back are marked in it; ``--all`` marks them all
MAX_COUNTED = 20_000  # deviations from a schema that are counted beyond MAX_FINDINGS; then it is “at least”
MAX_COMMITS = 200  # of an instrument that `banshi history` lists, the last ones
MAX_SAID = 1000  # characters of one message
MAX_STEP = 200  # characters of a key in the route of a finding
MAX_SHOWN = 40  # characters of a value, a key or a name inside a message
MAX_NUMBERED = 20_000  # rows of a sheet that could not be read which are told by number, the others counted
MAX_UNREAD_TOLD = 20  # places that cannot be read which `impact` tells, the others counted
MAX_VALUES_SHOWN = 40  # values in one list or chart of a summary, the others added up
MAX_NOTES = 5_000  # comments in a sheet that `check --annotate` hands back; its columns say it of every row
MAX_FRONT_LINES = 20_000  # of what is to be done, on the first page of such a workbook; its sheets say it all
MAX_MARK = 2_000  # characters that a cell of such a workbook says, or that are written into one
MAX_IN_FORCE = 200  # texts in force that the page of a day lists, those that began last; the others are counted
MAX_ENTRIES = 100  # of a feed, the newest ones; the pages have every one

# The checker in the browser
MAX_CHOSEN = 200  # files that are looked at together
MAX_EDITED = 64 * 1024 * 1024  # bytes of a text or CSV file in which something is written anew
MAX_SHOWN_BYTES = 20 * 1024 * 1024  # of a text of which lines are shown
MAX_SHOWN_ROWS = 300  # from the top of a sheet, the others counted
MAX_SHOWN_MARKED = 600  # rows of a sheet that are shown in all, with those of which something is said
MAX_SHOWN_COLUMNS = 120  # of a sheet; the last one says that there are more
MAX_SHOWN_CELL = 2_000  # characters of a cell; one of more is shown in part, and is not changed here
