"""Everything that the rules of a centre speak of, once on each side of its bounds, against results worked out by hand.

The same files are asked when something of a norm is written otherwise (``probes.py``, a module a subject).
"""

from pathlib import Path

import pytest
from asking import PROJECT, answer
from conftest import ROOT

FILES = sorted((ROOT / "tests/data/probes").glob("*/scenarios-of-*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_comes_out_is_what_was_worked_out(path: Path) -> None:
    _, said = answer("test", str(path), project=PROJECT.get(path.parent.name, "."))
    assert said["scenarios"]
    assert [(each["name"], each["expected"], each["found"]) for each in said["scenarios"] if not each["holds"]] == []
