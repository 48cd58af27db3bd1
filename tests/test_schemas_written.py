"""The schemas are what the types say: written by ``make schemas``, never by hand."""

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT

SCHEMAS = ROOT / "schemas"


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_schemas", ROOT / "tools/write_schemas.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "text"), tool().written().items())
def test_a_schema_file_says_what_the_types_say(name: str, text: str) -> None:
    assert (SCHEMAS / name).read_text(encoding="utf-8") == text, "run make schemas"


def test_the_tool_writes_what_differs_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = tool()
    module.FOLDER = tmp_path
    module.main()
    assert {f"schemas/{path.name}" for path in tmp_path.iterdir()} == set(capsys.readouterr().out.split())
    changed = next(iter(sorted(tmp_path.iterdir())))
    changed.write_text("{}", encoding="utf-8")
    module.main()
    assert capsys.readouterr().out == f"schemas/{changed.name}\n"
    module.main()
    assert capsys.readouterr().out == ""


def _undescribed(part: Any, way: str) -> Iterator[str]:
    """The properties of a schema that say nothing of themselves, conditions aside."""
    if isinstance(part, dict):
        for key, own in ((key, own) for key, own in part.get("properties", {}).items() if isinstance(own, dict)):
            if not (own.get("title") and own.get("description")) and own.keys() - {"const", "enum"}:
                yield f"{way}.{key}"
            slugs = {str(value) for value in own.get("enum", ()) if re.fullmatch("[a-z][a-z_]*", str(value))}
            if "title" in own and not slugs <= own.get("x-labels", {}).keys():
                yield f"{way}.{key} (choices)"
        for key, own in part.items():
            yield from _undescribed(own, way if key in ("properties", "then", "else", "if") else f"{way}.{key}")
    elif isinstance(part, list):
        for n, own in enumerate(part):
            yield from _undescribed(own, f"{way}[{n}]")


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name)
def test_whatever_a_file_may_write_says_what_it_means(path: Path) -> None:
    """Every property has a title and a description of its own, every choice its words."""
    assert list(_undescribed(json.loads(path.read_text(encoding="utf-8")), "")) == []


def test_what_says_nothing_of_itself_is_seen() -> None:
    bare = {
        "properties": {
            "a": {"title": "甲", "type": "string"},
            "b": {"title": "乙", "description": "丙。", "enum": ["x", "y_z"], "x-labels": {"x": "甲"}},
        }
    }
    assert list(_undescribed(bare, "")) == [".a", ".b (choices)"]
