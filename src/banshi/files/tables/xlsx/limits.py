"""How much a workbook may hold; every limit stands before the work that it limits."""

MAX_UNPACKED = 2 << 30  # bytes of all parts together
LIKELY_RATIO = 100  # a large workbook that unpacks to more than so many times its size was made to do harm
ANY_RATIO = 64 << 20  # bytes up to which the ratio says nothing
MAX_LISTING = 4 * 1024 * 1024  # bytes of the archive's list of parts
MOST_PARTS = 10_000
MOST_SHEETS = 2_000
SMALL_PART = 32 << 20  # bytes of a part that only describes others: relationships, list of sheets, styles
ROWS, COLUMNS = 1 << 20, 1 << 14  # what the format has room for
MAX_CELLS = 64_000_000  # of a sheet, each row counted from its first column to its last filled one
MAX_TEXT = 256 << 20  # bytes of the texts that cells share
MOST_TEXTS = 16_000_000
LONGEST_TEXT = 1 << 17  # characters of a cell; the format allows 32,767
LONGEST_TOKEN = 16 << 20  # bytes of one tag or comment
MOST_NAMES = 10_000  # different names of elements and attributes in a part
MOST_MERGED = 200_000


class TooLarge(Exception):
    """The workbook takes more room than a table may."""


class Broken(ValueError):
    """The workbook contradicts itself, or is not what it says; the message tells where (in Chinese) if that is known."""
