"""A project's own ``mkdocs.yml``: which of its settings are plain words and colours, and which could run something."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from banshi.base.folders import CONFIG, inside
from banshi.base.limits import LONGEST_SETTING, MAX_SETTINGS_BYTES, MOST_INHERITED, MOST_SETTINGS
from banshi.files.regular_files import read_text

_SAFE_IN = {"theme": ("language",), "extra": ("tagline",)}
_GIVEN = {"theme": {"name": (None, "material")}}  # what the shipped settings say: the pages' frame is ours anyway
_OURS = (
    "docs_dir",
    "site_dir",
    "nav",
    "INHERIT",
    "hooks",
    "site_url",
)  # which say nothing, or are looked at by themselves
_MARKUP = re.compile(r"[<>\"'{}\x00-\x1f]")


class _Loader(yaml.SafeLoader):
    """Reads plain data; a tag that would call something (``!!python/…``, ``!ENV``) is only noted."""


class Tagged:
    """A value that is not plain data."""


_Loader.add_multi_constructor("", lambda *_: Tagged())
_Loader.add_constructor(None, lambda *_: Tagged())


class WantedSettings(Struct, frozen=True):
    """What a project's own settings ask for.

    ``safe``: what may be taken from anybody. ``keys``: the others, which need trust. ``files``: those that were read,
    the project's own first. ``hooks``: the Python files that it names. ``named``: where whatever else stands in it would
    lie, were it the name of a file, a folder or a module. ``broken``: why it cannot be read, or "".
    """

    safe: dict[str, Any]
    keys: tuple[str, ...]
    files: tuple[Path, ...]
    hooks: tuple[Path, ...] = ()
    named: tuple[Path, ...] = ()
    broken: str = ""


def wanted(config: Path) -> WantedSettings:
    """What a ``mkdocs.yml`` (with those that it inherits from) asks for."""
    files: list[Path] = []
    try:
        read = list(_inherited(config, files))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError, yaml.YAMLError) as error:
        said = str(getattr(error, "problem", None) or error)
        return WantedSettings({}, (CONFIG,), tuple(files) or (config,), broken=said)
    safe, keys = _sorted_out(read[0])
    hooks = next((data["hooks"] for data in read if isinstance(data.get("hooks"), list)), ())
    holders = [file for file, data in zip(files, read, strict=True) if "hooks" in data]
    found = [Path(os.path.normpath(holders[0].parent / str(hook))) for hook in hooks]
    named = (place for file, data in zip(files, read, strict=True) for place in _places_in(data, file.parent))
    return WantedSettings(safe, keys, tuple(files), tuple(found), tuple(dict.fromkeys(named)))


def _places_in(data: dict[str, Any], folder: Path) -> Iterator[Path]:
    """Where the words of settings would lie as names of files or of modules, from the folder of the file or its pages."""
    waiting: list[Any] = [value for key, value in data.items() if key not in _OURS]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            if id(one) not in seen:  # what aliases repeat
                seen.add(id(one))
                waiting += [*one, *one.values()] if isinstance(one, dict) else one
        elif isinstance(one, str) and 0 < len(one) <= LONGEST_SETTING and "://" not in one and "\0" not in one:
            module = one.replace(".", "/") if all(map(str.isidentifier, one.split("."))) else one
            yield from (Path(os.path.normpath(folder / each)) for each in dict.fromkeys((one, module)))


def _inherited(config: Path, files: list[Path]) -> Iterator[dict[str, Any]]:
    while True:
        if config in files:
            raise ValueError("INHERIT goes in circles")
        if len(files) == MOST_INHERITED:
            raise ValueError(f"more than {MOST_INHERITED} files INHERIT from one another")
        files.append(config)
        if not inside(config, files[0].parent):  # of what lies outside nothing is taken; that it is asked for is told
            yield {}
            return
        data = yaml.load(read_text(config, MAX_SETTINGS_BYTES), Loader=_Loader)  # noqa: S506 - a SafeLoader
        if data is not None and not isinstance(data, dict):
            raise ValueError("not a mapping")
        yield data or {}
        above = (data or {}).get("INHERIT")
        if above is None:
            return
        config = Path(os.path.normpath(config.parent / str(above)))


def _sorted_out(data: dict[Any, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The settings that may be taken from anybody, and the names of the others."""
    safe: dict[str, Any] = {}
    keys: list[str] = []
    for key, value in data.items():
        inner = _SAFE_IN.get(key) if isinstance(key, str) else None
        if inner is not None and isinstance(value, dict):
            mine = {k: v for k, v in value.items() if k in inner and _plain(v)}
            same = _GIVEN.get(key, {})
            keys += [f"{key}.{k}" for k, v in value.items() if k not in mine and not (k in same and v in same[k])]
            safe.update({key: mine} if mine else {})
        elif key in _SAFE and _plain(value) and _SAFE[key](value):
            safe[key] = value
        else:
            keys.append(str(key))
    return safe, tuple(keys)


def _plain(value: object) -> bool:
    """Whether a value is words, numbers and groups of them, without markup."""
    waiting, seen = [value], 0
    while waiting:
        one, seen = waiting.pop(), seen + 1
        if seen + len(waiting) > MOST_SETTINGS:
            return False
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif not _is_word(one):
            return False
    return True


def _is_word(value: object) -> bool:
    if isinstance(value, str):
        return not _MARKUP.search(value)
    return value is None or isinstance(value, int | float)


def _is_address(value: object) -> bool:
    return value is None or bool(re.fullmatch(r"https?://\S+", str(value)))


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)


def _is_menu(value: object) -> bool:
    """Whether a value is a menu of our own pages."""
    if isinstance(value, dict):
        return all(_is_text(title) and _is_menu(to) for title, to in value.items())
    if isinstance(value, list):
        return all(map(_is_menu, value))
    return bool(re.fullmatch(r"(?!/)[\w./-]+\.md", str(value)))


_SAFE: dict[str, Callable[[object], bool]] = {
    **dict.fromkeys(("site_name", "site_description", "site_author", "copyright"), _is_text),
    "site_url": _is_address,
    "nav": _is_menu,
}
