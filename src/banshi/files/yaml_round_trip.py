"""YAML changed in place: comments, order, quotes and layout stay, and only what must read otherwise is written anew."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from banshi.base.limits import MAX_TABLE_BYTES
from banshi.files.reading import decode
from banshi.files.regular_files import read_bytes

_UNQUOTED = re.compile(r"\d{4}-\d{2}-\d{2}|-?\d+\.\d+")  # days and numbers, which plain data has as text
_COMMENT = re.compile(r"(?:^|\s)#.*")
_FOR_EDITORS = "yaml-language-server:"
_WIDE = 1 << 16  # lines are broken where they were broken


def rewritten(
    text: str, data: dict[str, Any], renamed: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[str, list[str]]:
    """A file's text that says ``data``, and the comments that stood by what is no longer there.

    ``text``: YAML of a mapping, without faults. ``data``: what the new text says, as plain data. ``renamed``: key of a
    list → the former id of a part of it → its id in ``data``, of what is called otherwise.
    """
    yaml = _yaml()
    document = yaml.load(text)
    for key, ids in (renamed or {}).items():
        for part in document.get(key, ()):
            if str(part["id"]) in ids:
                part["id"] = _like(part["id"], ids[str(part["id"])])
    _bring(document, data)
    out = io.StringIO()
    yaml.dump(document, out)
    written = out.getvalue()
    return written, [comment for comment in _comments(text) if comment not in written]


def _like(old: Any, new: str) -> Any:
    """A text in quotes of the same sort."""
    return type(old)(new) if isinstance(old, str) else new


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.representer.add_representer(
        type(None), lambda made, _: made.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    return yaml


def _comments(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if found := _COMMENT.search(line):
            yield found[0].strip()


def comments_in(files: Iterable[Path]) -> list[str]:
    """The comments of YAML files without faults, line by line, without their mark and what editors read in them."""
    texts = (decode(read_bytes(path, MAX_TABLE_BYTES))[0] for path in files if path.suffix.lower() in (".yaml", ".yml"))
    tokens = (token for text in texts if text for token in _yaml().scan(text))
    found = (line for token in tokens for line in _said(getattr(token, "_comment", None)))
    lines = (line.strip().lstrip("#").strip() for line in found)
    return [line for line in lines if line and not line.startswith(_FOR_EDITORS)]


def _said(comment: Any) -> Iterator[str]:
    """The lines of what the scanner keeps with a word: a comment, or lists of some."""
    if isinstance(comment, list | tuple):
        for each in comment:
            yield from _said(each)
    elif comment is not None:
        yield from comment.value.splitlines()


def _bring(node: Any, wanted: Any) -> Any:
    """The node that says what is wanted: itself, changed within, where it is a mapping or list; else a new one."""
    if isinstance(node, dict) and isinstance(wanted, dict):
        for key in [key for key in node if key not in wanted]:
            del node[key]
        for key, value in wanted.items():
            node[key] = _bring(node[key], value) if key in node else _plain(value)
        return node
    if isinstance(node, list) and isinstance(wanted, list):
        _bring_list(node, wanted)
        return node
    return node if _says(node, wanted) else _plain(wanted)


def _bring_list(node: Any, wanted: list[Any]) -> None:
    """From the end, so that places before stay what they are; parts are told by their ids, else by what they say."""
    pairs = SequenceMatcher(None, [_mark(each) for each in node], [_mark(each) for each in wanted], autojunk=False)
    for _, first, last, begin, end in reversed(pairs.get_opcodes()):
        both = min(last - first, end - begin)
        for place in reversed(range(first + both, last)):
            del node[place]
        for n, value in enumerate(wanted[begin + both : end]):
            node.insert(first + both + n, _plain(value))
        for n in range(both):
            node[first + n] = _bring(node[first + n], wanted[begin + n])


def _mark(part: Any) -> str:
    return str(part["id"]) if isinstance(part, dict) and "id" in part else repr(_told(part))


def _told(part: Any) -> Any:
    """A part in one form, whoever read it."""
    if isinstance(part, dict):
        return {str(key): _told(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_told(each) for each in part]
    if part is None or isinstance(part, bool) or (isinstance(part, int) and not isinstance(part, str)):
        return part
    return str(part)


def _says(node: Any, wanted: Any) -> bool:
    one, other = _told(node), _told(wanted)
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)


def _plain(value: Any) -> Any:
    """A value for writing, days and numbers without quotes and digit for digit."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return YAML().load(value) if isinstance(value, str) and _UNQUOTED.fullmatch(value) else value
