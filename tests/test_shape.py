"""Both validators agree; the schemas are sound, titled, and say what the typed forms hold."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from banshi.files.blanks import drop_blanks
from banshi.files.kinds import KINDS
from banshi.files.shape import Shapes
from banshi.subjects.change import forms

SHAPES = Shapes([ROOT / "schemas"])
SCHEMAS = sorted((ROOT / "schemas").glob("*.schema.json"))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda p: p.name)
def test_a_schema_is_sound_and_titled(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"]
    assert schema["description"]
    untitled = [route for route, part in properties(schema) if not has_chinese(part.get("title", ""))]
    assert untitled == []


def properties(schema: Any, route: str = "") -> Any:
    if isinstance(schema, dict):
        for name, part in schema.get("properties", {}).items():
            if part is not False and set(part) != {"const"}:  # one that may not be there has no title
                yield f"{route}/{name}", part
        for key, part in schema.items():
            if key not in ("if", "else"):  # which narrow what is titled elsewhere
                yield from properties(part, f"{route}/{key}")
    elif isinstance(schema, list):
        for n, part in enumerate(schema):
            yield from properties(part, f"{route}/{n}")


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def test_every_kind_has_a_schema() -> None:
    assert {f"{kind}.schema.json" for kind in KINDS} <= {path.name for path in SCHEMAS}


def routes(data: Any, route: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [route] if route else []
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            found += routes(value, (*route, key))
    return found


@given(data=st.data())
def test_the_two_validators_agree(data: st.DataObject, sound_ledger: dict[str, Any]) -> None:
    damaged = json.loads(json.dumps(sound_ledger))
    route = data.draw(st.sampled_from(routes(damaged)))
    odd = [None, "", "x", 0, -1, 10**15, True, [], {}, "1.234", "12:30", "2012-02-30", "-5", " ", [None], {"x": 1}]
    parent = damaged
    for step in route[:-1]:
        parent = parent[step]
    parent[route[-1]] = data.draw(st.sampled_from(odd))
    damaged = drop_blanks(damaged)
    fast = SHAPES._fast("ledger").is_valid(damaged)
    slow = SHAPES._slow("ledger").is_valid(damaged)
    assert fast == slow
    assert fast == (list(SHAPES.check(damaged, "ledger")) == [])


def test_statuses_are_called_alike_in_messages_and_schema() -> None:
    assert SHAPES.schema("change")["properties"]["status"]["x-labels"] == forms.STATUSES


def test_what_is_chosen_is_called_something() -> None:
    """A choice in words of the engine has a label for each; what is written in Chinese, or a number, says itself."""

    def choices(schema: Any) -> Any:
        if isinstance(schema, dict):
            if "enum" in schema:
                yield schema["enum"], schema.get("x-labels", {})
            for key, part in schema.items():
                if key not in ("if", "else"):  # which narrow what is called something elsewhere
                    yield from choices(part)
        elif isinstance(schema, list):
            for part in schema:
                yield from choices(part)

    for path in SCHEMAS:
        for values, labels in choices(json.loads(path.read_text(encoding="utf-8"))):
            own = [value for value in values if isinstance(value, str) and re.search("[a-z]", value)]
            assert set(own) <= set(labels), f"{path.name}: {own}"


def test_a_schema_is_read_with_those_that_it_refers_to(tmp_path: Path) -> None:
    for path in SCHEMAS:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "guide.schema.json").write_text("{", encoding="utf-8")
    shapes = Shapes([tmp_path])
    for kind in set(KINDS) - {"guide"}:
        assert not shapes.fits({"kind": kind, "nobody": "knows"}, kind)
        assert list(shapes.check({"kind": kind, "nobody": "knows"}, kind))
    with pytest.raises(json.JSONDecodeError):
        shapes.fits({"kind": "guide"}, "guide")
    (tmp_path / "change.schema.json").unlink()  # what a ledger's refers to
    with pytest.raises(Exception, match="change"):
        Shapes([tmp_path]).fits({"kind": "ledger"}, "ledger")
