"""JSON in which nothing is amiss is decoded in another way; what comes out is the same, to the order of the keys."""

import json
import random
from pathlib import Path
from typing import Any

from banshi.files import json_text
from banshi.files.reading import read
from banshi.files.typed import to_form
from banshi.files.yaml_faults import YamlFault
from banshi.subjects.change.forms import Change
from banshi.subjects.change.project_forms import Project

ROOT = Path(__file__).resolve().parent.parent
PIECES = [
    '"a":', '"a" :', '"b":1', "1", "-0", "0.50", "1e5", "-1.0E+3", "1E400", "1" * 18, "1" * 19, "00", "-", ".5", "NaN", "true",
    "null", '"\\u0041"', '"\\ud83d\\ude00"', '"\\ud83d"', '"a\\":b"', '"x\\\\"', " ", "\n", "\r", "\xa0", "{", "}", "[", "]",
    ",", ":", '"', "\x00", "\x7f", "\ufeff", "18446744073709551616", '"08:30"', '"\t"', "'a'", '"a":1,"a":2', "-0.0", "[" * 45,
]  # fmt: skip
FRAMES = ('{"k": ', "}"), ("[", "]"), ("{", "}"), ('{"a":{"b":', '},"c":[1]}'), ("", "")


def answer(text: str, *, quickly: bool) -> tuple[Any, ...]:
    try:
        data, faults = (json_text.json_values if quickly else careful)(text, 200)
    except json_text.NotJson:
        return ("no JSON",)
    except YamlFault as fault:
        return (str(fault), fault.line, fault.column)
    return repr(data), [(str(f), f.line, f.column) for f in faults.listed], faults.left, faults.doubtful


def careful(text: str, most: int) -> Any:
    if not json_text._BEGINS.match(text):
        raise json_text.NotJson
    return json_text._carefully(text, most)


def test_both_ways_read_alike() -> None:
    chance, quick = random.Random(18), 0
    for _ in range(4000):
        before, after = chance.choice(FRAMES)
        text = before + "".join(chance.choice(PIECES) for _ in range(chance.choice((1, 1, 1, 2, 3, 4)))) + after
        assert answer(text, quickly=True) == answer(text, quickly=False), text
        quick += json_text._BEGINS.match(text) is not None and json_text._quickly(text) is not None
    assert quick > 400


def test_what_is_left_blank_is_known_from_the_text() -> None:
    assert not json_text.json_values('{"a": 1}')[1].blanks
    assert json_text.json_values('{"a": null}')[1].blanks


def test_forms_are_the_same_with_codes_in_quotes_or_without() -> None:
    document = read(ROOT / "validators/change/_example.yaml").document
    assert document is not None
    plain = json.loads(json.dumps(document.data, default=str))
    for row in plain["changes"][0]["items"]:
        row["item"] = row["reference"] = 40101001
    for data, form in ((plain["project"], Project), (plain["changes"][0], Change)):
        assert to_form(data, form, of_one_sort=True) == to_form(data, form)
