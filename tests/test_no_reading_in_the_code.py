"""No computation knows a question by its name: what norms are under each answer stands in the policies."""

import re
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.files.reading import read

VERSIONS = [*ROOT.glob("policies/**/*.yaml"), *ROOT.glob("examples/*/policies/**/*.yaml")]


def asked(path: Path) -> list[str]:
    document = read(path).document
    assert document is not None
    return [reading["id"] for reading in document.data.get("readings", ())]


IDS = sorted({own for path in VERSIONS for own in asked(path)})
FILES = [*ROOT.glob("src/**/*.py"), *ROOT.glob("validators/**/*.py")]
# How a law is asked for the answer to one question; ids of more than one word are quoted nowhere at all.
ASKED = r"""(?:taken|reading|under)\(\s*(?:\w+,\s*)?["']{0}["']|readings(?:\.get\(|\[)\s*["']{0}["']|\.(?:id|reading) == ["']{0}["']"""
NAMED = r"""["'`]{0}["'`]"""


def test_there_are_ids_to_look_for() -> None:
    assert len(IDS) > 60
    assert {"points-over", "tier-amount", "rounding"} <= {*IDS}


@pytest.mark.parametrize("reading", IDS)
def test_no_reading_is_named_in_the_code(reading: str) -> None:
    pattern = re.compile((NAMED if "-" in reading else ASKED).format(re.escape(reading)))
    found = []
    for path in FILES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line) and not path.name.startswith("_example"):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert found == []
