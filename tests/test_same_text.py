"""One text, one meaning: YAML, JSON, JSON Lines and standard input give the same values, faults and places."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from lengths import examples

from banshi.checking.checker import Checker
from banshi.files.documents import PlaceTree, lines_of
from banshi.files.json_text import NotJson, json_marks, json_values
from banshi.files.reading import ReadOutcome, read, read_lines, read_text
from banshi.files.yaml_events import parse_marks, parse_values
from banshi.files.yaml_faults import YamlFault

texts = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "😀", "\\", '"']
        ),
    ),
    max_size=12,
)
WORDS = [
    "no",
    "yes",
    "~",
    "null",
    "1.0",
    "1e3",
    "0123",
    "12:30",
    "2011-11-04",
    "NaN",
    ".inf",
    "-0",
    "<<",
    "",
    "：",
    "# x",
]
numbers = st.one_of(
    st.integers(),
    st.sampled_from([10**17, 10**18 - 1, 10**18, -(10**18), 10**5000, 0, -0]),
    st.floats(),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts, st.sampled_from(WORDS)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(texts, st.sampled_from(WORDS)), inner, max_size=4)
    ),
    max_leaves=12,
)
boxes = st.one_of(st.lists(values, min_size=1, max_size=4), st.dictionaries(texts, values, min_size=1, max_size=4))


@pytest.fixture(autouse=True, scope="module")
def _long_numbers() -> Any:
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    yield
    sys.set_int_max_str_digits(before)


def told(reading: ReadOutcome) -> Any:
    data = reading.document.data if reading.document else None
    return data, [(p.rule, p.place[:2], p.message) for p in reading.problems]


def ways(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What comes of a one-line text by every way in."""
    found = [told(read_text(text, "x"))]
    for name in ("a.json", "a.yaml", "a.jsonl"):
        (folder / name).write_bytes(text.encode())
    found += [told(read(folder / "a.json")), told(read(folder / "a.yaml"))]
    found += [told(reading) for reading in read_lines(folder / "a.jsonl")]
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    return [*found, told(read(Path("-")))]


@examples(150)
@given(data=boxes, ascii_only=st.booleans())
@example(data={"a": "\x85\u2028\u2029"}, ascii_only=False)
@example(data={"😀": "\\ud83d😀"}, ascii_only=True)
def test_every_way_in_gives_the_same(data: Any, ascii_only: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    text = json.dumps(data, ensure_ascii=ascii_only)
    with pytest.MonkeyPatch.context() as patch:
        first, *others = ways(text, tmp_path_factory.mktemp("way"), patch)
    assert others == [first] * len(others)


def by_yaml(text: str) -> Any:
    try:
        data, faults = parse_values(text)
    except YamlFault as fault:
        return fault.rule
    return data, sorted((f.rule, f.line, f.column, f.message) for f in faults.listed)


def by_json(text: str) -> Any:
    try:
        data, faults = json_values(text)
    except NotJson:
        return None
    except YamlFault as fault:
        return fault.rule
    return data, sorted((f.rule, f.line, f.column, f.message) for f in faults.listed)


def dumped(data: Any, indent: int | None, ascii_only: bool, twice: bool) -> str:
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    return text.replace("{", '{"a": 1, "a": [2], ') if twice else text


@examples(300)
@given(boxes, st.sampled_from([None, 1]), st.booleans(), st.booleans())
def test_the_fast_reader_of_json_is_the_reader_of_yaml(
    data: Any, indent: int | None, ascii_only: bool, twice: bool
) -> None:
    """Values, faults and places; what YAML refuses as written (a raw control character) is a fault here too."""
    text = dumped(data, indent, ascii_only, twice).replace(", }", "}")
    fast, slow = by_json(text), by_yaml(text)
    if fast is None or fast == "input/too-deep":
        assert slow != fast or fast is not None
        return
    if slow == "input/syntax":
        assert fast[1]  # never a pass
        return
    assert fast == slow
    if not twice:
        same_marks(json_marks(text), parse_marks(text))


def same_marks(ours: PlaceTree, theirs: PlaceTree) -> None:
    assert ours[:3] == theirs[:3]
    if isinstance(ours.children, dict):
        assert isinstance(theirs.children, dict)
        assert list(ours.children) == list(theirs.children)
        for key, (place, mark) in ours.children.items():
            assert place == theirs.children[key].key
            same_marks(mark, theirs.children[key].value)
    elif isinstance(ours.children, list):
        assert isinstance(theirs.children, list)
        for mark, other in zip(ours.children, theirs.children, strict=True):
            same_marks(mark, other)


@pytest.mark.parametrize("way", ["json", "yaml"])
@pytest.mark.parametrize(
    ("written", "value", "fault"),
    [
        (r'"\ud83d\ude00"', "😀", None),
        (r'"\\ud83d\ude00"', "\\ud83d�", (1, 15)),
        (r'"\ud83d"', "�", (1, 8)),
        (r'"x\ude00\ud83d"', "x��", (1, 9)),
        (r'"\uD83D\uDE00\ud800"', "😀�", (1, 20)),
        (r'"\u0000"', "�", (1, 8)),
        (r'"\u2028\u0085"', "\u2028\x85", None),
    ],
)
def test_escapes(way: str, written: str, value: str, fault: tuple[int, int] | None) -> None:
    text = f'{{"a": {written}}}' if way == "json" else f"a:    {written} # a comment"
    reading = read_text(text, "x")
    assert reading.document is not None
    assert reading.document.data == {"a": value}
    assert [p.place[:2] for p in reading.problems][:1] == ([fault] if fault else [])


@pytest.mark.parametrize("quote", ["'{}'", "{}", "|-\n  {}", ">-\n  {}"])
def test_escapes_are_text_where_yaml_knows_none(quote: str) -> None:
    reading = read_text("a: " + quote.format(r"\ud83d\ude00\ud800") + '\nb: "\\ud83d\\ude00"\n', "x")
    assert reading.problems == ()
    assert reading.document is not None
    assert reading.document.data == {"a": r"\ud83d\ude00\ud800", "b": "😀"}


def test_halves_in_keys_are_told() -> None:
    for text in ('{"a\\ud800": 1}', '"a\\ud800": 1', '{"a\\ud800": 1,\n"b": 2}'):
        assert [p.rule for p in read_text(text, "x").problems] == ["input/half-character"]


SEPARATORS = {"nel": "\x85", "line": "\u2028", "paragraph": "\u2029"}
ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
STYLES = {
    "plain": "甲{}乙",
    "double": '"甲{}乙"',
    "single": "'甲{}乙'",
    "block": "|-\n    甲{}乙",
    "comment": "x # 甲{}乙",
}


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("style", STYLES)
def test_only_line_ends_of_editors_are_line_ends(separator: str, end: str, style: str, tmp_path: Path) -> None:
    """The value keeps the separator, and what comes after it stands in the line that an editor shows."""
    mark = SEPARATORS[separator]
    form = (ROOT / "validators/change/_example.yaml").read_text(encoding="utf-8")
    first = next(line for line in form.split("\n") if "reason:" in line)
    indent = first[: len(first) - len(first.lstrip(" -"))].replace("-", " ")
    value = STYLES[style].replace("\n    ", f"\n{indent}  ").format(mark)
    form = form.replace(first, f"{first.split('reason:')[0]}reason: {value}")
    form = form.replace("tier: finance", "tier: nonsense")
    line = form.split("\n").index(next(x for x in form.split("\n") if "tier: nonsense" in x)) + 1
    path = tmp_path / "a.yaml"
    path.write_bytes(form.replace("\n", ENDS[end]).encode())
    found = [f for f in Checker(ROOT).check([path]).findings if f.rule == "change/tier-matches-amount"]
    assert [(f.line, f.source_line.strip()) for f in found] == [(line, "tier: nonsense")]
    document = read(path).document
    assert document is not None
    assert style == "comment" or document.data["changes"][0]["reason"] == f"甲{mark}乙"


@given(st.text("a\r\n\x0b\x0c\x1c\x85\u2028 ", max_size=20))
def test_lines_are_counted_as_bytes_count_them(text: str) -> None:
    counted = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert len(lines_of(text)) == counted


@pytest.mark.parametrize("end", ENDS.values())
def test_json_lines_end_where_lines_end(end: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(end.join(['{"a": "\u2028"}', "", '{"b": 2, "b": 3}']).encode())
    first, second = read_lines(path)
    assert first.document is not None and first.document.data == {"a": "\u2028"}
    assert [p.place[:3] for p in second.problems] == [(3, 10, 11)]


def test_standard_input_with_a_mark_is_read_as_the_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = read(ROOT / "validators/change/_example.yaml").document
    assert base is not None
    line = json.dumps(base.data, ensure_ascii=False)
    for mark in ("", "\ufeff", "\ufeff\ufeff"):
        for lines in ([line], [line, line.replace("finance", "x")], [line[:-2] + "}", line], ["", line, line]):
            raw = (mark + "\n".join(lines) + "\n").encode()
            path = tmp_path / "台账.jsonl"
            path.write_bytes(raw)
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
            by_name, by_pipe = (Checker(ROOT).check([p]) for p in (path, Path("-")))
            named = [(*f.order[1:-1], f.message.zh.replace(path.as_posix(), "-")) for f in by_name.findings]
            assert [(*f.order[1:-1], f.message.zh) for f in by_pipe.findings] == named
            assert by_pipe.summary == by_name.summary
