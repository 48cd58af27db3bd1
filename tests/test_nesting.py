"""Our own limit on nesting stands first, whatever the installed parser's limits are, and says where it was passed."""

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from lengths import examples

from banshi.files import yaml_parsers
from banshi.files.reading import read_lines, read_text
from banshi.files.yaml_events import MAX_DEPTH

BLOCK = {
    "map": "键{n}:\n{indent}",
    "list": "- ",
    "list-below": "-\n{indent}",
    "comment": "甲: # [{{[\n{indent}",
}
FLOW = [
    "[",
    "{a: ",
    '["[{", ',
    "['[{', ",
    "[ # [[[\n  ",
    "{甲: ",
    '{"甲": ',
    "[\n  ",
    '["\\\\\\"[", ',
    "[ x, ",
]
JSON_OPENINGS = ["[", '{"a": ', '["[{", ', '{"甲\\"[": ', "[1, ", " [ "]

depths = st.one_of(st.integers(MAX_DEPTH + 1, 60), st.integers(61, 3000))


def with_place(parts: list[str]) -> tuple[str, int, int]:
    """The text, and the line and column where the first level beyond the limit opens."""
    before = "".join(parts[:MAX_DEPTH])
    opening = parts[MAX_DEPTH]
    before += opening[: len(opening) - len(opening.lstrip(" "))]
    return "".join(parts), before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def said(text: str) -> list[tuple[str, int, int]]:
    return [(p.rule, p.place.line, p.place.column) for p in read_text(text, "x").problems]


@examples(150)
@given(st.lists(st.sampled_from(list(BLOCK)), max_size=MAX_DEPTH), st.lists(st.sampled_from(FLOW), min_size=1), depths)
@example([], ["["], 100_000)
@example(["map"], ["["], 1001)
@example([], ["{a: "], 20_000)
def test_too_deep_in_yaml_is_placed_where_the_limit_is_passed(block: list[str], flow: list[str], depth: int) -> None:
    opened = [BLOCK[kind].format(n=n, indent="  " * (n + 1)) for n, kind in enumerate(block)]
    opened += [flow[n % len(flow)] for n in range(depth - len(opened))]
    text, line, column = with_place(opened)
    assert said(text) == [("input/too-deep", line, column)]


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 999, 1000, 1001, 1500])
@pytest.mark.parametrize("opening", ["键:\n", "-\n"])
def test_too_deep_in_lines_indented_further_and_further(opening: str, depth: int) -> None:
    text, line, column = with_place(["  " * n + opening for n in range(depth)])
    assert said(text) == [("input/too-deep", line, column)]


@pytest.mark.parametrize("text", ["甲: [[[1]]]\n乙:\n  - - 1\n", "[" * MAX_DEPTH + "]" * MAX_DEPTH])
def test_what_is_not_too_deep_is_read(text: str) -> None:
    assert said(text) == []


def test_brackets_in_text_and_comments_are_no_levels() -> None:
    many = "[{" * 2000
    assert said(f"甲: '{many}'\n乙: \"{many}\"\n丙: x # {many}\n丁: |\n  {many}\n戊: x{many}\n") == []


@examples(100)
@given(st.lists(st.sampled_from(JSON_OPENINGS), min_size=1), depths, st.booleans())
@example(["["], 900, True)
@example(["["], 100_000, False)
def test_too_deep_in_json_and_in_json_lines_is_the_same(openings: list[str], depth: int, closed: bool) -> None:
    parts = [openings[n % len(openings)] for n in range(depth)]
    text, line, column = with_place(parts)
    if closed:
        text += "1" + "".join("]" if "[" in part.replace('"甲\\"[": ', "") else "}" for part in reversed(parts))
    assert said(text) == [("input/too-deep", line, column)]
    if closed and depth < 900:
        json.loads(text)  # the generator writes JSON


@pytest.mark.parametrize("depth", [MAX_DEPTH, MAX_DEPTH + 1, 900, 5000, 100_000])
def test_a_deep_line_of_json_lines_is_told_and_the_others_are_read(depth: int, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(['{"a": 1}', "[" * depth + "]" * depth, '{"b": 2}']), encoding="utf-8")
    first, deep, last = read_lines(path)
    assert first.document is not None
    assert last.document is not None
    found = [(p.rule, p.place.line, p.place.column) for p in deep.problems]
    assert found == ([] if depth <= MAX_DEPTH else [("input/too-deep", 2, MAX_DEPTH + 1)])


@pytest.mark.parametrize("problem", ["exceeded maximum nesting depth", "Maximum nesting level reached, set with …"])
@pytest.mark.parametrize("at", [60, 200])
def test_a_parser_with_a_lower_limit_of_its_own_changes_nothing(problem: str, at: int) -> None:
    """A parser that refuses the text at the first event, as one that looks ahead does."""

    class Refusing:
        def __init__(self, text: str) -> None:
            self.text, self.real = text, yaml_events_parser(text)

        def get_event(self) -> Any:
            if len(self.text) > at:
                mark = yaml.Mark("x", at, 0, at, None, None)
                raise yaml.scanner.ScannerError("while increasing flow level", mark, problem, mark)
            return self.real.get_event()

    yaml_events_parser = yaml_parsers.CParser
    with patch.object(yaml_parsers, "CParser", Refusing):
        assert said("[" * 5000) == [("input/too-deep", 1, MAX_DEPTH + 1)]
