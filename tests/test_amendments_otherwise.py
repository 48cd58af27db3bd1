"""Everything that an amending instrument says of another's text is obeyed or refused: written otherwise, it tells another text.

By default a part of the places; ``make long`` takes all of them.
"""

import copy
import datetime
import json
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from lengths import longer, some

from banshi.checking.checker import Checker
from banshi.commands.text_said import as_json
from banshi.files.findings import Severity
from banshi.files.reading import read
from banshi.law.library import Library
from banshi.law.unusable import PolicyUnreadable

CENTRES = ("examples/linjiang", "tests/data/through_time")
TOLD = ("amends", "relations")  # where an amending instrument speaks of other texts
# What another notice, which comes later, overwrites before it is ever in force.
OVERWRITTEN = {
    ("yangcheng/notice-2", ("amends", 0, "changes", 1, "values", "length.value")),  # by notice-1, of the same day
    ("yangcheng/notice-5", ("amends", 0, "changes", 0, "values", "amount.upper.value")),  # by notice-4
    ("yangcheng/notice-5", ("amends", 0, "changes", 1, "values", "amount.lower.value")),
}
DAY = datetime.timedelta(days=1)
Place = tuple[str | int, ...]


@cache
def data_of(path: Path) -> Any:
    document = read(path).document
    assert document is not None
    return document.data


def leaves(value: Any, path: Place = ()) -> Iterator[Place]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = list(parts)
    yield from (leaf for key, part in found for leaf in leaves(part, (*path, key)))
    if not found:
        yield path


def cases() -> list[Any]:
    """Every other place of each amending instrument, in what it says of other texts."""
    files = [path for centre in CENTRES for path in sorted((ROOT / centre / "policies").rglob("*.yaml"))]
    amending = [path for path in files if "amends" in data_of(path)]
    found = [
        pytest.param(path, place, id=f"{data_of(path)['instrument']}-{'.'.join(map(str, place))}")
        for path in amending
        for table in TOLD
        if table in data_of(path)
        for place in leaves(data_of(path)[table], (table,))
        if (data_of(path)["instrument"], place) not in OVERWRITTEN
    ]
    assert len(amending) == 10
    return some(found[::2], 12)


def otherwise(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, datetime.date):
        return [value + DAY, value - DAY]
    if isinstance(value, str) and value.endswith("_text"):
        return [{"old_text": "new_text", "new_text": "old_text"}[value]]
    if isinstance(value, str):
        return [value + "x" if value.isascii() else value + "改"]
    return [value + 1]


def put(data: Any, place: Place, value: Any) -> Any:
    changed = copy.deepcopy(data)
    *way, last = place
    at = changed
    for step in way:
        at = at[step]
    at[last] = value
    return changed


class Told:
    """What is told of the texts that one instrument amends, in a copy of its centre's policies."""

    def __init__(self, folder: Path, path: Path) -> None:
        policies = next(parent for parent in path.parents if parent.name == "policies")
        shutil.copytree(policies, folder / "policies", dirs_exist_ok=True)
        self.folder, self.path = folder, folder / "policies" / path.relative_to(policies)

    def write(self, data: Any) -> None:
        self.path.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")

    def errors(self) -> set[str]:
        found = Checker(self.folder).check([self.path]).findings
        return {f"{each.rule}: {each.message.zh}" for each in found if each.severity is Severity.ERROR}

    def texts(self) -> Any:
        """The texts with their days, and what holds of them for what was filed before."""
        library = Library([self.folder / "policies", ROOT / "policies"])
        named = {each.instrument for name in library.instruments() for v in library.texts(name) for each in v.amends}
        return [said for instrument in sorted(named) for said in self._of(library, instrument)]

    def _of(self, library: Library, instrument: str) -> Iterator[Any]:
        try:
            editions = library.versions(instrument)
        except PolicyUnreadable as why:
            yield str(why)
            return
        yield from ((as_json(each, each.since, None), repr(each.text.placed)) for each in editions)
        days = sorted({day for each in editions for day in (each.since - DAY, each.since)})
        for filed, on in combinations(days, 2):
            try:
                yield repr(library.version_at(instrument, on, None, filed))
            except PolicyUnreadable as why:  # an earlier change that it rests on does not reach what was filed
                yield str(why)


@longer
@pytest.mark.parametrize(("path", "place"), cases())
def test_what_amends_is_obeyed_or_refused(tmp_path: Path, path: Path, place: Place) -> None:
    told, data = Told(tmp_path, path), data_of(path)
    told.write(data)
    errors, before = told.errors(), told.texts()
    value = data
    for step in place:
        value = value[step]
    for other in otherwise(value):
        told.write(put(data, place, other))
        assert told.errors() - errors or told.texts() != before, f"{value} may as well be {other}"
