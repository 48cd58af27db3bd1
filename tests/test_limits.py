"""Limits in every form of what they limit; each at it and above it is tried in ``test_limits_each.py``."""

from pathlib import Path

import pytest

from banshi.base.limits import (
    MAX_ALIASED_NODES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DIGITS,
)
from banshi.files.reading import read, read_lines, read_text
from banshi.files.regular_files import TooLarge, numbered_lines, open_regular, read_bytes


def rules(text: str) -> list[str]:
    return [p.rule for p in read_text(text, "x").problems]


@pytest.mark.parametrize("suffix", ["yaml", "json"])
@pytest.mark.parametrize("over", [0, 1])
def test_size_of_a_file(suffix: str, over: int, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b'{"a": 1}' + b" " * (MAX_BYTES - 8 + over))
    assert [p.rule for p in read(path).problems] == ["input/too-large"] * over


@pytest.mark.parametrize("over", [0, 1])
def test_size_of_a_line_and_the_lines_behind_it(over: int, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\n{"b": 2}' + b" " * (MAX_BYTES - 8 + over) + b'\n{"c": 3}\n')
    readings = list(read_lines(path))
    assert [[(p.rule, p.place.line) for p in r.problems] for r in readings] == [[], [("input/too-large", 2)] * over, []]
    assert readings[2].document is not None and readings[2].document.data == {"c": 3}


@pytest.mark.parametrize(("opening", "close"), [("[", "]"), ('{"a":', "}")])
def test_levels(opening: str, close: str) -> None:
    for depth, said in ((MAX_DEPTH, []), (MAX_DEPTH + 1, ["input/too-deep"])):
        assert rules(opening * depth + "1" + close * depth) == said


def test_levels_through_aliases() -> None:
    """An alias is as deep as what it stands for."""
    inner = f"a: &a {'[' * 20}{']' * 20}\n"
    assert rules(inner + f"b: {'[' * (MAX_DEPTH - 21)}*a{']' * (MAX_DEPTH - 21)}\n") == []
    assert rules(inner + f"b: {'[' * (MAX_DEPTH - 20)}*a{']' * (MAX_DEPTH - 20)}\n") == ["input/too-deep"]
    chain = "".join(f"k{n}: &k{n} [{f'*k{n - 1}' if n else 1}]\n" for n in range(MAX_DEPTH))
    assert rules(chain) == ["input/too-deep"]


def test_aliases() -> None:
    listed = "a: &a [" + ", ".join("1" * 99) + "]\n"  # a hundred nodes
    for times, said in ((MAX_ALIASED_NODES // 100, []), (MAX_ALIASED_NODES // 100 + 1, ["input/alias-expansion"])):
        assert rules(listed + "b: [" + ", ".join(["*a"] * times) + "]\n") == said


@pytest.mark.parametrize("form", ['{{"a": {}}}', "a: {}", "[{}]"])
def test_digits(form: str) -> None:
    for digits, kind in ((MAX_DIGITS, int), (MAX_DIGITS + 1, str), (5000, str)):
        for sign in ("", "-"):
            document = read_text(form.format(sign + "9" * digits), "x").document
            assert document is not None
            value = next(iter(document.data.values())) if isinstance(document.data, dict) else document.data[0]
            assert type(value) is kind


def test_a_stream_without_line_ends_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with open(path, "wb") as stream:
        stream.truncate(MAX_BYTES * 20)
    with open_regular(path) as raw:
        assert list(numbered_lines(raw)) == [(1, None)]


def test_what_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"
    with pytest.raises(TooLarge):
        read_bytes(path, 4)
