"""Names that a form hides in its cells, so that the way back is exact: which form it is, which value or column a cell holds,
of which kind the documents of a workbook are.

As the names of workbooks allow: letters, digits, ``.`` and ``_``. A document holds the same as the tags of its fields.
"""

import re
from functools import lru_cache
from typing import Literal

from banshi.files.tables.listings import Way

Sort = Literal["form", "value", "column", "kind"]
_SORTS: dict[str, Sort] = {"f": "form", "v": "value", "c": "column", "k": "kind"}
_MARK = "_banshi."
_NAME = re.compile(re.escape(_MARK) + r"([fvck])\.([A-Za-z0-9_.]{1,200})")
_WRITTEN = {"_": "_u", "-": "_h", "/": "_s", "#": "_n", ".": "_d", "@": "_a"}
_READ = {code: char for char, code in _WRITTEN.items()}


def hidden_name(sort: Sort, *steps: str) -> str:
    """The name of a cell: the form (``instrument@version#id``), a value or a column by the way to it."""
    own = next(letter for letter, each in _SORTS.items() if each == sort)
    return f"{_MARK}{own}." + ".".join(re.sub(r"[_\-/#.@]", lambda found: _WRITTEN[found[0]], step) for step in steps)


@lru_cache(maxsize=4096)  # each sheet of a book has the same
def read_name(name: str) -> tuple[Sort, Way] | None:
    """What a name says; None where it is none of ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    steps = (re.sub(r"_[uhsnda]", lambda code: _READ[code[0]], step) for step in found[2].split("."))
    return _SORTS[found[1]], tuple(steps)
