"""Files spoilt as hasty hands do it, and the law that holds then: what was not touched is judged as before, nobody otherwise."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conftest import ROOT

from banshi.checking.checker import Checker
from banshi.files.findings import Finding
from banshi.files.reading import read
from banshi.files.report import Report

HOWS = ("lacking", "blank", "wrong", "another sort", "unknown", "added", "twice")
WRONG: tuple[Any, ...] = ("没有？!", ["x"], {"x": 1})
Way = tuple[Any, ...]


def data_of(path: Path) -> Any:
    document = read(path).document
    assert document is not None, path
    return copy.deepcopy(document.data)


def routes(node: Any, where: Way = ()) -> Iterator[Way]:
    """The way to every key of a document, that of its kind left out."""
    for key, value in list(node.items()) if isinstance(node, dict) else list(enumerate(node)):
        if isinstance(node, dict) and (*where, key) != ("kind",):
            yield (*where, key)
        if isinstance(value, dict | list):
            yield from routes(value, (*where, key))


def spoilt(data: Any, where: Way, how: str, rng: random.Random) -> str:
    """The document as text, the value at a route spoilt in one of ``HOWS``."""
    data = copy.deepcopy(data)
    holder = data
    for step in where[:-1]:
        holder = holder[step]
    key = where[-1]
    if how == "lacking":
        del holder[key]
    elif how == "blank":
        holder[key] = None
    elif how == "wrong":
        holder[key] = WRONG[0]
    elif how == "another sort":
        holder[key] = rng.choice(WRONG[1:])
    elif how == "unknown":
        holder["某某"] = holder.pop(key)
    elif how == "added":
        holder["附注"] = rng.choice(("样例", "2012-01-05", 3))
    else:
        holder[key] = [_TWICE, holder[key]]
    text = json.dumps(data, ensure_ascii=False)
    if how != "twice":
        return text
    value = json.dumps(holder[key][1], ensure_ascii=False)
    written = f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(holder[key], ensure_ascii=False)}"
    assert written in text
    own = json.dumps(key, ensure_ascii=False)
    return text.replace(written, f'{own}: {value}, {own}: "又一个"', 1)


_TWICE = "#twice#"


def checked(path: Path, text: str, project: Path = ROOT) -> Report:
    path.write_text(text, encoding="utf-8")
    return Checker(project).check([path])


def judgements(report: Report) -> set[tuple[Any, ...]]:
    """What rules say, and of what."""
    return {(f.rule, f.where, f.severity) for f in report.findings if not _of_reading(f)}


def _of_reading(finding: Finding) -> bool:
    return finding.rule.startswith(("shape/", "input/"))


def errors(report: Report) -> list[Finding]:
    """What is said of how a file is written."""
    return [f for f in report.findings if _of_reading(f) and f.severity == "error"]
