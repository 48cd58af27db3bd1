"""Places of a JSON text that are found when they are asked for stand where they stand in the whole text."""

import json
import random
from pathlib import Path
from typing import Any

from lengths import LONG, longer

from banshi.files.documents import Mark, Place, shifted
from banshi.files.json_places import marks_in
from banshi.files.json_text import json_marks
from banshi.files.reading import read, read_line

ROOT = Path(__file__).resolve().parent.parent
BLANKS = ("", "", "", " ", "  ", "\n", "\r\n  ", "\t")
TEXTS = (
    "",
    "a",
    "楼",
    "一号路",
    "a:b",
    ":",
    "a,b",
    "{",
    "]",
    "𠮷",
    "a'b",
    "，",
    '\\"',
    "\\u0041",
    "\\\\",
    "\x7f",
    "　x",
)


def everything(mark: Mark) -> Any:
    """A tree of marks as plain data."""
    own = mark.line, mark.column, mark.end_column
    if isinstance(mark.children, dict):
        return own, [(key, tuple(place), everything(value)) for key, (place, value) in mark.children.items()]
    if isinstance(mark.children, list):
        return own, [everything(each) for each in mark.children]
    assert mark.children is None
    return own


def written(chance: random.Random, depth: int, plain: bool) -> str:
    """A JSON text with blanks here and there; sometimes a key stands in it twice."""

    def blank() -> str:
        return chance.choice(BLANKS)

    def text() -> str:
        return f'"{chance.choice(TEXTS[: 12 if plain else len(TEXTS)])}"'

    if not depth or chance.random() < 0.2:
        return chance.choice((text(), text(), "1", "-0.50", "1e5", "12", "true", "null", "1" * 25))
    parts = [written(chance, depth - 1, plain) for _ in range(chance.randrange(5))]
    if chance.random() < 0.4:
        return f"[{blank()}{f'{blank()},{blank()}'.join(parts)}{blank()}]"
    keys = [text() if chance.random() < 0.1 else f'"k{n}"' for n in range(len(parts))]
    pairs = [f"{key}{blank()}:{blank()}{part}" for key, part in zip(keys, parts, strict=True)]
    return "{" + blank() + f"{blank()},{blank()}".join(pairs) + blank() + "}"


@longer
def test_places_are_those_of_the_whole_text() -> None:
    chance, lazily = random.Random(18), 0
    for number in range(20_000 if LONG else 2000):
        inner = written(chance, chance.randrange(5), plain=number % 3 > 0)
        text = chance.choice(("", " ", "\n")) + f"[{inner}]" + chance.choice(("", "\n", "  "))
        json.loads(text.replace("\x7f", " "))
        line = chance.choice((1, 1, 7))
        found = marks_in(text, line)
        assert everything(found) == everything(shifted(json_marks(text), line - 1)), text
        lazily += type(found).__name__ != "PlaceTree"
    assert lazily > 1000


def test_a_key_that_stands_twice_is_where_it_stands_first() -> None:
    for text in ('{"a":1,"a":2}', '{"a":12,"b":3,"a":1}', '{"a":{"b":1},"c":{"d":1,"d":1}}', '{"a":1,"b":2,"a":1}'):
        assert everything(marks_in(text, 3)) == everything(shifted(json_marks(text), 2))


def test_a_line_of_a_file_is_pointed_at() -> None:
    document = read(ROOT / "validators/change/_example.yaml").document
    assert document is not None
    text = json.dumps(document.data, ensure_ascii=False, default=str)
    reading = read_line(9, text.encode(), "x.jsonl")
    assert reading is not None and reading.document is not None
    start = text.index('"net"')
    assert reading.document.place(("changes", 0, "amounts", "net"), at_key=True) == Place(9, start + 1, start + 6)
    assert reading.document.place(("changes", 7)).line == reading.document.place(("project", "none")).line == 9
