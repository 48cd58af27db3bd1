"""Keys and entries that do not go together are told in plain words; no keyword of a schema is left without any."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT

from banshi.files.shape import Shapes

SCHEMAS = sorted((ROOT / "schemas").glob("*.json"))
SHAPES = Shapes([ROOT / "schemas"], None)
NORM = {"id": "n", "statement": "虚构"}
PUNCH = {**NORM, "kind": "punch_window", "moment": "arrival", "days": "working_days", "end_inclusive": True}
PUBLIC = {**NORM, "kind": "publicity", "tier": "t", "by": "owner", "platform": "网站"}
WEIGHT = {**NORM, "kind": "lateness_weight", "of": ["late"], "length": {"unit": "分钟"}}


def policy(norm: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    provision = {"id": "1", "label": "一", "heading": "一", "source": {"note": "虚构"}, "norms": [norm] if norm else []}
    return {
        "kind": "policy",
        "instrument": "elsewhere/rules",
        "version": "2026-01-01",
        "title": "别处的办法",
        "jurisdiction": "elsewhere",
        "jurisdiction_name": "别处",
        "subject": "别的",
        "dates": {"in_force": "2026-01-01"},
        "status": "in_force",
        "validity": "unverified",
        "normative": True,
        "source": {"note": "虚构"},
        "provisions": [provision],
        **more,
    }


CASES = [
    (policy({**PUNCH, "end": "08:30", "start": "08:00"}), "写了“起”（start），就要写“含起点”（start_inclusive）"),
    (policy({**PUBLIC, "after": "a", "before": "b"}), "只能写一项"),
    (policy(PUBLIC), "要写一项"),
    (policy(WEIGHT), "要写一项"),
    (policy(source={"lines": [1, 2, 3]}), "最多 2 项，写了 3 项"),
    (policy(governs=["change", "change"]), "change 写了两次"),
    (policy(shifts={"rest": {"name": "休息"}}), "rest 另有含义"),
    (
        policy(
            amends=[
                {
                    "instrument": "elsewhere/other",
                    "changes": [{"at": "1", "do": "remove", "norm": "a", "provision": "b"}],
                }
            ]
        ),
        "不能同时写",
    ),
]


@pytest.mark.parametrize(("data", "said"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_it_is_said_in_plain_words(data: dict[str, Any], said: str) -> None:
    found = [problem.message.zh for problem in SHAPES.check(data, "policy")]
    assert any(said in message for message in found), found
    assert not any("不合格式要求" in message for message in found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("value", [5, 0.1, None, True, "5", []], ids=repr)
def test_what_has_no_keys_where_some_are_called_for_is_told(value: Any) -> None:
    data = policy()
    data["provisions"][0]["norms"] = [value]
    found = [problem for problem in SHAPES.check(data, "policy") if problem.where == ("provisions", 0, "norms", 0)]
    assert "shape/wrong-type" in {problem.rule for problem in found}


def keywords(schema: Any) -> Iterator[str]:
    """The keywords of a schema that demand something, wherever they stand."""
    if isinstance(schema, list):
        for part in schema:
            yield from keywords(part)
    elif isinstance(schema, dict):
        for key, part in schema.items():
            named = key in ("properties", "$defs")
            yield from () if named else (key,)
            if key not in ("if", "dependentRequired", "enum", "const", "examples") and not key.startswith("x-"):
                for below in part.values() if named else (part,):
                    yield from keywords(below)


# What holds others or only tells; and what ``_explain`` and ``together`` put into words.
SILENT = {
    "$schema",
    "$id",
    "$ref",
    "$defs",
    "title",
    "description",
    "examples",
    "properties",
    "items",
    "allOf",
    "if",
    "then",
}
TOLD = {"required", "enum", "const", "type", "pattern", "format", "minimum", "maximum", "exclusiveMinimum"}
TOLD |= {"minLength", "maxLength", "minItems", "minProperties", "additionalProperties", "unevaluatedProperties"}
TOLD |= {"dependentRequired", "anyOf", "oneOf", "not", "maxItems", "uniqueItems", "propertyNames"}


def test_every_keyword_of_the_schemas_has_words() -> None:
    used = {word for path in SCHEMAS for word in keywords(json.loads(path.read_text(encoding="utf-8")))}
    assert {word for word in used if not word.startswith("x-")} <= SILENT | TOLD | {"default", "else"}
