"""Whatever looks further in a long run is among what ``make long`` runs."""

import re
from pathlib import Path

FURTHER = re.compile(r"from lengths import .*\b(LONG|some|examples)\b|from conftest import .*\bKILLS\b")
CHOSEN = re.compile(r"^@longer$|^pytestmark = .*longer|^ *@given", re.MULTILINE)


def test_what_looks_further_is_chosen() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py")}
    further = {name for name, text in texts.items() if FURTHER.search(text)} - {Path(__file__).name}
    assert len(further) > 40
    assert {name for name in further if not CHOSEN.search(texts[name])} == set(), "mark it @longer: tests/lengths.py"
