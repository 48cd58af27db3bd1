"""What is damaged in a change filing is told where it stands, and nothing else of the project is held against anybody."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from test_change_missing import project

from banshi.checking.checker import Checker
from banshi.files.findings import Finding

CHECKER = Checker(ROOT)
JUNK = ("？？", "#REF!", "若干", "2012-13-45", "1,2,3", "NaN", "-")
TYPED = {
    "net", "increase", "decrease", "cumulative", "cumulative_before", "unit_price", "quantity_before", "quantity_after", "sequence",
    "filed_on", "signed_on", "tier", "status", "type", "bid_price", "review_price", "level", "pricing_basis",
}  # fmt: skip
Place = tuple[Any, Any]


def typed(node: Any) -> Iterator[Place]:
    """Every value that must be an amount, a day or a word of a list: what holds it, and its key."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, dict | list):
            yield from typed(value)
        elif key in TYPED and value is not None:
            yield node, key


def errors(text: str, folder: Path) -> list[Finding]:
    path = folder / "ledger.yaml"
    path.write_text(text, encoding="utf-8")
    return [finding for finding in CHECKER.check([path]).findings if finding.severity == "error"]


def told(finding: Finding) -> bool:
    """Whether a finding says that something cannot be read or has not the shape that it should have."""
    return finding.rule.startswith(("input/", "shape/", "change/words-are-declared", "change/funding-is-declared"))


def filing(rng: random.Random) -> Any:
    return project([rng.choice((5_000, 60_000, 300_000, -20_000)) for _ in range(rng.randint(1, 4))])


@pytest.mark.parametrize("seed", range(40))
def test_a_value_that_is_none(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    data = filing(rng)
    assert errors(json.dumps(data, ensure_ascii=False, indent=1), tmp_path) == []
    node, key = rng.choice(list(typed(data)))
    node[key] = rng.choice(JUNK)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    found = errors(text, tmp_path)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if json.dumps(node[key], ensure_ascii=False) in row)
    assert any(told(finding) and finding.line == line for finding in found)
    assert [f"{finding.rule}: {finding.message.zh}" for finding in found if not told(finding)] == []


@pytest.mark.parametrize("seed", range(40))
def test_a_key_that_is_misspelt_or_twice(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    data = filing(rng)
    node, key = rng.choice([place for place in typed(data) if isinstance(place[0], dict)])
    if rng.random() < 0.5:
        node[f"{key}_"] = node.pop(key)
        text = json.dumps(data, ensure_ascii=False, indent=1)
    else:
        value = node[key]
        node[key] = "<HERE>"
        other = json.dumps(rng.choice(JUNK), ensure_ascii=False)
        text = json.dumps(data, ensure_ascii=False, indent=1)
        text = text.replace('"<HERE>"', f'{json.dumps(value)}, "{key}": {other}')
    found = errors(text, tmp_path)
    assert any(told(finding) for finding in found)
    assert [f"{finding.rule}: {finding.message.zh}" for finding in found if not told(finding)] == []


@pytest.mark.parametrize("seed", range(30))
def test_a_file_that_is_cut_off(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    text = json.dumps(filing(rng), ensure_ascii=False, indent=1)
    found = errors(text[: rng.randrange(10, len(text) - 1)], tmp_path)
    assert found and all(told(finding) for finding in found)
