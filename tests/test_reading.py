"""The reader agrees with a second YAML implementation on structure, and keeps every scalar as it was written."""

from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from banshi.files.documents import Document
from banshi.files.reading import read_text
from banshi.files.yaml_events import parse_marks, parse_values, plain_value

FILES = sorted([*ROOT.glob("policies/**/*.yaml"), *ROOT.glob("validators/**/*.yaml"), *ROOT.glob("examples/**/*.yaml")])


def as_text(data: Any) -> Any:
    """Every scalar as text, so that only structure and content are compared."""
    if isinstance(data, dict):
        return {str(k): as_text(v) for k, v in data.items()}
    if isinstance(data, list):
        return [as_text(v) for v in data]
    return "" if data is None else str(data).lower() if isinstance(data, bool) else str(data)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_agrees_with_ruamel(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    theirs = YAML(typ="safe", pure=True)
    theirs.Constructor.add_constructor("tag:yaml.org,2002:float", lambda _, node: node.value)
    theirs.Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)
    ours, faults = parse_values(text)
    assert faults.listed == []
    assert as_text(ours) == as_text(theirs.load(text))


def every_place(document: Document, data: Any, route: tuple[Any, ...] = ()) -> None:
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        here = (*route, key)
        place = document.place(here)
        line = document.line(place.line)
        assert 1 <= place.column <= len(line) + 1
        if isinstance(key, str):
            at_key = document.place(here, at_key=True)
            assert key in document.line(at_key.line)[at_key.column - 1 :]
        if isinstance(value, dict | list):
            every_place(document, value, here)
        elif isinstance(value, int) and not isinstance(value, bool):
            assert line[place.column - 1 :].startswith(str(value))


@pytest.mark.parametrize("path", FILES[:6], ids=lambda p: p.name)
def test_every_value_has_its_place(path: Path) -> None:
    document = read_text(path.read_text(encoding="utf-8"), path.name).document
    assert document is not None
    every_place(document, document.data)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12:30", "12:30"),
        ("no", "no"),
        ("0123", "0123"),
        ("1e3", "1e3"),
        ("1.50", "1.50"),
        ("0x1F", "0x1F"),
        ("2011-11-04", "2011-11-04"),
        ("12345678901234567890", "12345678901234567890"),
        ("42", 42),
        ("-7", -7),
        ("true", True),
        ("~", None),
    ],
)
def test_scalars(written: str, meant: Any) -> None:
    value = plain_value(written)
    assert value == meant
    assert type(value) is type(meant)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    reading = read_text(text, "any")
    assert reading.document is not None or reading.problems
    for problem in reading.problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1


@given(st.text(alphabet="ab:- \n[]{},&*#'\"|>?!%@", max_size=80))
def test_marks_have_the_shape_of_the_values(text: str) -> None:
    reading = read_text(text, "any")
    if reading.document is not None and not reading.problems:
        same_shape(parse_marks(text), reading.document.data)


def same_shape(mark: Any, data: Any) -> None:
    if isinstance(data, dict):
        assert set(mark.children) == set(data)
        for key, value in data.items():
            same_shape(mark.children[key].value, value)
    elif isinstance(data, list):
        assert len(mark.children) == len(data)
        for child, value in zip(mark.children, data, strict=True):
            same_shape(child, value)
    else:
        assert mark.children is None
