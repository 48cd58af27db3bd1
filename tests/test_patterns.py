"""Patterns that are compiled late are patterns, and answer as compiled ones do."""

import importlib
import pkgutil
import re

import pytest
from conftest import ROOT

import banshi
from banshi.base.patterns import LatePattern, late


def test_each_that_stands_in_a_module_is_one() -> None:
    """All modules of the engine that have some are looked at; those for Spark alone need more than is installed."""
    found = 0
    for info in pkgutil.walk_packages(banshi.__path__, "banshi."):
        if info.name.rpartition(".")[2] in ("__main__", "spark") or ".site.hooks" in info.name:
            continue
        for value in vars(importlib.import_module(info.name)).values():
            if type(value) is LatePattern:
                found += 1
                assert isinstance(value.pattern, str | bytes)
    assert found > 50


def test_none_is_handed_to_re() -> None:
    """``re.sub(PATTERN, …)`` takes only what is compiled: such a pattern is asked itself."""
    handed = []
    for path in sorted((ROOT / "src").rglob("*.py")) + sorted((ROOT / "validators").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"^(\w+)(?:: [^=\n]+)? = late\(", text, re.M):
            handed += [f"{path.name}: {used}" for used in re.findall(rf"\bre\.\w+\({name}\b.*", text)]
    assert handed == []


def test_it_answers_as_the_compiled_one() -> None:
    """Whatever is called, before and after the first call."""
    own, theirs = late(r"(\d)-?", re.ASCII), re.compile(r"(\d)-?", re.ASCII)
    for _ in range(2):
        assert own.sub("x", "1-2") == theirs.sub("x", "1-2")
        assert own.findall("1-23") == theirs.findall("1-23")
        assert own.groups == theirs.groups and own.flags == theirs.flags
        assert own.split("a1b") == theirs.split("a1b")
    assert own.match("x") is None and own.fullmatch("1") is not None


def test_what_is_no_pattern_is_told_when_it_is_used() -> None:
    """As ``re`` tells it."""
    with pytest.raises(re.error):
        late("(").match("")
