"""Facts that are written in words: keys by the titles of their schema, values by their labels; and facts read as a file."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from banshi.base.text import Text
from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.findings import Severity
from banshi.files.report import Report
from banshi.files.shape import Shapes

_OWN = "scenario-facts.yaml"


def by_keys(shapes: Shapes, kind: str, data: Any, *route: str) -> Any:
    """The same data with keys for titles and values for labels; ``route``: the property of the schema that it is of."""
    schema = shapes.schema(kind)
    for step in route:
        schema = schema["properties"][step]
    return _keyed(data, schema)


def _keyed(data: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(data, list | tuple):
        return [_keyed(each, schema.get("items", {})) for each in data]
    if isinstance(data, dict):
        own = schema.get("properties", {})
        titles = {part["title"]: key for key, part in own.items() if "title" in part}
        keys = {key: titles.get(key, key) if key not in own else key for key in data}
        return {keys[key]: _keyed(value, own.get(keys[key], {})) for key, value in data.items()}
    labels = {label: value for value, label in schema.get("x-labels", {}).items()}
    return labels.get(data, data) if isinstance(data, str) else data


def as_file(checker: Checker, data: Mapping[str, Any], report: Report) -> list[LoadedFile]:
    """What facts hold when they are read as the file that they would be; its faults go into ``report``."""
    with tempfile.TemporaryDirectory(prefix="banshi-") as folder:
        path = Path(folder) / _OWN
        path.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
        return loaded(checker, [path], report)


def loaded(checker: Checker, paths: list[Path], report: Report) -> list[LoadedFile]:
    """What files hold that is whole; their faults go into ``report``."""
    every = (each for unit in checker.loader.units(paths) for each in checker.loader.load(unit, report))
    return [each for each in every if isinstance(each, LoadedFile)]


def faults(report: Report) -> list[Text]:
    """Why facts cannot be used, if they cannot; of a file that stands elsewhere with its name."""
    wrong = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    return [f.message if Path(f.path).name == _OWN else _of_file(f.path, f.message) for f in wrong]


def _of_file(path: str, message: Text) -> Text:
    return Text(f"{path}：{message.zh}", f"{path}: {message.en}")
