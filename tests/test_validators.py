"""jsonschema-rs and jsonschema are of one mind on every kind of file, and banshi does without the first."""

import copy
import importlib.util
import json
import random
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples, longer, some

from banshi.files import validators
from banshi.files.blanks import drop_blanks
from banshi.files.kinds import KINDS
from banshi.files.reading import read
from banshi.files.shape import SUFFIX, Shapes

SHAPES = Shapes([ROOT / "schemas"])
FOLDERS = ("policies", "examples", "tests/cases", "site_templates/norm_kinds")
ODD = [
    *(
        None,
        "",
        "x",
        "a\n",
        "2012-02-30",
        "2012-02-28\n",
        "12:30",
        "12:30\n",
        "-5",
        "1.234",
        " ",
        "\u3000",
        "\ufeff",
        "\u0085",
    ),
    *("\x1c", "١٢", "２０１２", "元", "policy", "é", "e\u0301", "😀" * 9, "x" * 2001, "0" * 40),
    *(
        0,
        -1,
        1,
        3,
        10**15,
        10**17,
        True,
        False,
        [],
        {},
        [None],
        [1, 1],
        ["x", "x"],
        {"x": 1},
        {"": ""},
        {"kind": "policy"},
    ),
]


@cache
def shipped() -> dict[str, list[str]]:
    """Every shipped document as JSON, by its kind."""
    found: dict[str, list[str]] = {}
    for path in (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.y*ml"))):
        document = read(path).document
        if document is not None and isinstance(document.data, dict):
            found.setdefault(document.data.get("kind", ""), []).append(json.dumps(document.data))
    return found


def documents(kind: str) -> list[dict[str, Any]]:
    """Shipped documents of a kind, a few that are small."""
    return [json.loads(text) for text in sorted(shipped().get(kind, ()), key=len)[:6]]


def routes(data: Any, route: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if route:
        yield route
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from routes(value, (*route, key))


def damaged(data: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The same with a value changed, taken away, put elsewhere or under another key."""
    made, every = copy.deepcopy(data), list(routes(data))
    for _ in range(chance.choice((1, 1, 2))):
        *way, last = chance.choice(every)
        part: Any = made
        try:
            for step in way:
                part = part[step]
            match chance.randrange(6):
                case 0:
                    del part[last]
                case 1 if isinstance(part, dict):
                    part[f"{last}x"] = part.pop(last)
                case _:
                    part[last] = copy.deepcopy(chance.choice(ODD))
        except (KeyError, IndexError, TypeError):
            continue  # what an earlier damage took away
    return made


@longer
@pytest.mark.parametrize("kind", KINDS)
def test_both_decide_alike_and_what_is_told_is_the_same(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = Shapes([ROOT / "schemas"])
    fast._fast(kind)
    monkeypatch.setenv(validators.SWITCH, "jsonschema")
    slow, chance = Shapes([ROOT / "schemas"]), random.Random(kind)
    assert not validators.fast()
    assert type(fast._fast(kind)) is not type(slow._fast(kind))
    for data in some(documents(kind), 2) or [{"kind": kind}]:
        assert list(slow.check(data, kind)) == list(fast.check(data, kind))
        for _ in range(12):
            each = drop_blanks(damaged(data, chance))
            assert fast._fast(kind).is_valid(each) == slow._fast(kind).is_valid(each), each
            assert list(slow.check(each, kind)) == list(fast.check(each, kind))


def patterns(schema: Any) -> Iterator[str]:
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict) and isinstance(schema.get("pattern"), str):
        yield schema["pattern"]
    for part in parts:
        yield from patterns(part)


EVERY = sorted(
    {p for path in (ROOT / "schemas").glob(f"*{SUFFIX}") for p in patterns(json.loads(path.read_text("utf-8")))}
)


@examples(400)
@given(pattern=st.sampled_from(EVERY), data=st.data())
def test_every_pattern_means_the_same_to_both(pattern: str, data: st.DataObject) -> None:
    matching = st.from_regex(pattern.replace(r"\S", "[^ ]"))
    text = data.draw(st.one_of(matching, st.text(max_size=8), matching.map(lambda found: f"{found}\n")))
    text = text.encode("utf-8", "replace").decode("utf-8")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string", "pattern": pattern}
    assert validators.deciding(schema, {}).is_valid(text) == validators.explaining(schema, {}).is_valid(text), text


@pytest.mark.parametrize("path", sorted((ROOT / "schemas").glob(f"*{SUFFIX}")), ids=lambda path: path.name)
def test_a_format_that_a_validator_knows_is_one_that_both_check(path: Path) -> None:
    known = {"date", "time", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "regex"}

    def formats(schema: Any) -> Iterator[str]:
        if isinstance(schema, dict) and isinstance(schema.get("format"), str):
            yield schema["format"]
        for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
            yield from formats(part)

    assert known & set(formats(json.loads(path.read_text("utf-8")))) <= {"date"}


def test_without_a_build_of_the_fast_one_the_other_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    spec = importlib.util.spec_from_file_location("validators_alone", validators.__file__)
    assert spec is not None and spec.loader is not None
    alone = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(alone)
    assert not alone.fast()
    decides = alone.deciding({"type": "integer", "minimum": 1}, {})
    assert decides.is_valid(1) and not decides.is_valid(0)
    assert [(error.instance_path, "minimum" in error.message) for error in decides.iter_errors(0)] == [([], True)]
