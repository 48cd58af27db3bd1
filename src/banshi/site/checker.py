"""The checker in the browser: the program that was vendored, and the engine with the centre's law, put into the site."""

import ast
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from banshi.base.folders import POLICIES, SETTINGS, files_below, layered, own_policies, same_folder, shipped
from banshi.base.limits import MAX_BYTES
from banshi.base.text import escaped
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.files.reading import YAML_SUFFIXES, read
from banshi.files.regular_files import read_bytes

FOLDER = "checker"
_PACKAGE = Path(__file__).resolve().parents[1]
# The rooms of the engine that a check needs.
_ROOMS = ("base", "browser", "centre", "checking", "files", "law", "output", "subjects")
_THEN = (1980, 1, 1, 0, 0, 0)


class BrowserChecker(StrEnum):
    """Whether a site has it, and if not, why."""

    HERE = "here"
    ABSENT = "absent"  # the program was not fetched
    LEFT_OUT = "left-out"  # the site shall do without


def vendored() -> Path:
    """Where the program lies that `make checker` fetches."""
    return shipped("site_templates") / "vendored"


def checker(*, wanted: bool) -> BrowserChecker:
    """Whether a site that is built here has it."""
    if not wanted:
        return BrowserChecker.LEFT_OUT
    return BrowserChecker.HERE if (vendored() / "manifest.json").is_file() else BrowserChecker.ABSENT


def add_checker(centre: Centre, place: Path) -> None:
    """Put it into the built site at ``place``."""
    shutil.copytree(vendored(), place / FOLDER)
    (place / FOLDER / "engine.zip").write_bytes(engine(centre))


def engine(centre: Centre) -> bytes:
    """The engine and what it applies here, as one archive: the same bytes for the same content."""
    files = dict(_of_engine())
    files |= _of_centre(centre)
    law = centre.law
    # Where the law lay when the site was built is nobody's matter.
    named = {**law.as_json(), "folder": law.folder and POLICIES}
    said = {"law": named, "own_rules": centre.runs(RULES)}
    files["centre/session.json"] = escaped(json.dumps(said, ensure_ascii=False)).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _THEN), files[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _of_engine() -> Iterator[tuple[str, bytes]]:
    rooms = (path for room in _ROOMS for path in files_below(_PACKAGE / room) if path.suffix == ".py")
    for path in (_PACKAGE / "__init__.py", *rooms):
        yield f"lib/banshi/{path.relative_to(_PACKAGE).as_posix()}", _undocumented(read_bytes(path, MAX_BYTES))
    for name in (POLICIES, "schemas", "validators"):
        yield from _content(shipped(name), f"lib/banshi/{name}")


def _undocumented(source: bytes) -> bytes:
    """A module without docstrings and comments, which nobody reads in a browser: a fifth of what is to be loaded."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree).encode()


def _of_centre(centre: Centre) -> dict[str, bytes]:
    """What the project brings of its own, as far as it applies."""
    found: dict[str, bytes] = {}
    own = own_policies(centre.folder)
    if own and not same_folder(own, shipped(POLICIES)):
        found.update(_content(own, f"centre/{POLICIES}"))
    for name in ("schemas", *([RULES] if centre.runs(RULES) else [])):
        folder = layered(centre.folder, name)[0]
        if not same_folder(folder, shipped(name)):
            found.update(_content(folder, f"centre/{name}"))
    settings = centre.folder / SETTINGS
    if settings.is_file():
        found[f"centre/{SETTINGS}"] = read_bytes(settings, MAX_BYTES)
    return found


def _content(folder: Path, to: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(files_below(folder)):
        if path.is_file() and path.suffix in (".py", *YAML_SUFFIXES):
            yield f"{to}/{path.relative_to(folder).as_posix()}", _quick_to_read(path)


def _quick_to_read(path: Path) -> bytes:
    """A file's content; of YAML as JSON, which is YAML too and is read without libyaml a hundred times faster."""
    if path.suffix not in (".yaml", ".yml"):
        return read_bytes(path, MAX_BYTES)
    reading = read(path)
    if reading.document is None or reading.problems:
        return read_bytes(path, MAX_BYTES)
    data: Any = reading.document.data
    # A key a line, as the engine looks for some of them before it reads a file.
    return json.dumps(data, ensure_ascii=False, indent=0).encode()
