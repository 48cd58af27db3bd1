"""Every rule of the second centre is encoded, every norm of it comes from a rule, and something proves each of them."""

import csv

from conftest import ROOT

from banshi.checking.declared_uses import taking
from banshi.law.library import Library
from banshi.law.uses import GUIDES

CENTRE = ROOT / "examples/linjiang"
with open(ROOT / "tests/data/linjiang/facts.csv", encoding="utf-8", newline="") as stream:
    FACTS = list(csv.DictReader(stream))
LIBRARY = Library([CENTRE / "policies"])
TEXTS = [text for name in LIBRARY.instruments() for text in LIBRARY.texts(name)[:1]]


def test_every_rule_stands_in_norms_that_there_are() -> None:
    known = {placed.norm.id for text in TEXTS for placed in text.placed}
    named = {norm for row in FACTS for norm in row["norms"].split()}
    assert named and named <= known, named - known


def test_every_norm_from_which_something_is_computed_comes_from_a_rule() -> None:
    named = {norm for row in FACTS for norm in row["norms"].split()} | {"scope"}  # of whom the hours speak
    computed = {
        placed.norm.id
        for text in TEXTS
        for placed in text.placed
        if any(use.by != GUIDES for use in taking(placed.norm, text.subjects))
    }
    assert computed <= named, computed - named


def test_what_proves_a_rule_is_there() -> None:
    files = {path.name for folder in ("tests", "tests/data/linjiang") for path in (ROOT / folder).iterdir()}
    for row in FACTS:
        proofs = row["proof"].split()
        assert proofs and set(proofs) <= files, row["fact"]
