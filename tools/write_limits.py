"""Write the table of limits in SECURITY.md from ``base/limits.py``: each with its value and what it is for."""

import io
import re
import sys
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "SECURITY.md"
BEGIN, END = "<!-- limits: written by tools/write_limits.py -->\n", "<!-- /limits -->\n"
_LIMIT = re.compile(r"([A-Z][A-Z_]*) = ")


def table() -> str:
    """The table in Markdown; a line of comment alone in the source begins a new part of it."""
    from banshi.base import limits  # late: the source stands beside it

    source = (ROOT / "src/banshi/base/limits.py").read_text(encoding="utf-8")
    lines = ["| limit | value | what it is for |", "|---|---|---|"]
    comments = {
        t.start[0]: t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type == tokenize.COMMENT
    }
    for number, line in enumerate(source.splitlines(), 1):
        meaning = comments[number].string.lstrip("# ") if number in comments else ""
        if (found := _LIMIT.match(line)) and not meaning:
            raise SystemExit(f"{found[1]}: what it is for stands on another line than its name")
        if found:
            lines.append(f"| `{found[1]}` | {getattr(limits, found[1]):,} | {meaning.replace('``', '`')} |")
        elif meaning:
            lines.append(f"| **{meaning}** | | |")
    return "\n".join(lines) + "\n"


def page(text: str) -> str:
    """SECURITY.md with the table in its place."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
