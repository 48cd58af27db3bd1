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


@pytest.fixture(scope="module")
def code() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in FILES}


def test_there_are_ids_to_look_for() -> None:
    assert len(IDS) > 60
    assert {"points-over", "tier-amount", "rounding"} <= {*IDS}


@pytest.mark.parametrize("reading", IDS)
def test_no_reading_is_named_in_the_code(reading: str, code: dict[str, str]) -> None:
    pattern = re.compile((NAMED if "-" in reading else ASKED).format(re.escape(reading)))
    holding = (path for path, text in code.items() if reading in text)
    assert [(path, found[0]) for path in holding for found in pattern.finditer(code[path])] == []
