"""The schemas are what the types say: written by ``make schemas``, never by hand."""

import importlib.util
from pathlib import Path
from types import ModuleType

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
