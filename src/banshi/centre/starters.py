"""What a new project, instrument, guide … begins as: the shipped starters, filled in; and the schemas that editors use."""

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2

from banshi.base.folders import layered, shipped
from banshi.base.sandbox import Sandbox
from banshi.files.regular_files import read_text
from banshi.files.shape import SUFFIX

STARTERS = "starters"
SCHEMAS = ".banshi/schemas"  # of a project: where editors find them, whatever is installed
_ID = "https://banshi.invalid/schemas/"  # a name that stays; nothing is fetched from there
_PLAIN = re.compile(r"[\u4e00-\u9fff（）·、]+")
_PLACE_NAME = re.compile(r"^.*?[省市县区州盟旗]")


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(shipped(STARTERS))
    environment = Sandbox(loader=loader, undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    environment.filters["plain"] = lambda text: text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
    return environment


def starter(name: str, given: Mapping[str, object]) -> str:
    """A starter (``change/policy.yaml``) filled in."""
    return _environment().get_template(name).render(given)


def with_schema(project: Path, path: Path, kind: str, text: str) -> str:
    """A YAML file's text below the line by which editors find its schema; ``path`` is where it will lie."""
    schema = os.path.relpath(project / SCHEMAS / f"{kind}{SUFFIX}", path.parent)
    return f"# yaml-language-server: $schema={Path(schema).as_posix()}\n{text}"


def place_name(centre: str) -> str:
    """What a jurisdiction is called, from the name of its centre: 城西市 of 城西市政务服务中心."""
    found = _PLACE_NAME.match(centre)
    return found[0] if found else centre


def schema_files(project: Path) -> dict[str, bytes]:
    """Name → text of every schema that applies in a project, each with its ``$id``; they refer to one another by name."""
    found: dict[str, bytes] = {}
    for folder in reversed(layered(project, "schemas")):
        for path in folder.glob(f"*{SUFFIX}"):
            schema = json.loads(read_text(path))
            first = {key: schema.pop(key) for key in ("$schema",) if key in schema}
            whole = {**first, "$id": f"{_ID}{path.name}", **schema}
            found[path.name] = (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
    return dict(sorted(found.items()))
