"""The files of the search index: scripts of at most 12 kB, so that a reader fetches little, from a folder as from a server.

Words are sorted and laid into files one after another; the plan says with which word each file begins.
"""

import heapq
import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from operator import itemgetter, neg, sub
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from banshi.base.text import visible_lines

FOLDER = "search"
LARGEST = 12_000  # bytes of a file
# Of a query few words are in one file with another, so a reader fetches a file a word: the smaller the files, the less. Of words with
# their sections a file may yet be filled by one of them; spellings are short, and a query of which a character is doubted asks for many.
_FILLED, _FILLED_OF_SPELLINGS = 8_000, 4_000
_SPELLINGS = ("'", "=", "*")
LARGEST_ENTRY = 11_000  # bytes of what is held under one word: about all of a file, for a reader who asks for it fetches that anyway
_BESIDE_ENTRIES = 200  # bytes of a file for the call and the file's name
_PIECE = 1_000
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: there are a million entries
_CALL = "banshiSearch.put({},{});\n"


def write(place: Path, name: str, data: object) -> int:
    """Write a file of the index, every character visible: some of it is shown as it stands; its size in bytes."""
    return write_text(place, name, visible_lines(as_json(data)))


def write_text(place: Path, name: str, data: str) -> int:
    """The same with data that is JSON already."""
    text = _CALL.format(as_json(name), data).encode()
    (place / FOLDER).mkdir(exist_ok=True)
    (place / FOLDER / f"{name}.js").write_bytes(text)
    return len(text)


def write_cut(place: Path, name: str, data: Mapping[str, Any]) -> int:
    """Write what may be more than a file: ``name`` with the first of it and ``more``, the number of files name1, name2 … for the
    rest; what stands under one key of several files is one list or string, in their order. The size in bytes.
    """
    parts: list[dict[str, Any]] = [{"more": 0}]
    left = LARGEST - _BESIDE_ENTRIES
    for key, value in data.items():
        for piece in _pieces(value):
            more = _bytes(key) + _bytes(piece) + 2
            if more > left:
                parts.append({})
                left = LARGEST - _BESIDE_ENTRIES
            held = parts[-1]
            held[key] = held[key] + piece if key in held else piece
            left -= more
    parts[0]["more"] = len(parts) - 1
    return sum(write(place, f"{name}{n or ''}", part) for n, part in enumerate(parts))


def _pieces(value: Any) -> Iterator[Any]:
    """A value whole, or a long list or string in pieces that are much less than a file."""
    if not isinstance(value, list | str) or _bytes(value) <= _PIECE:
        yield value
    elif len(value) == 1:
        raise ValueError(f"one entry of {_bytes(value)} bytes")
    else:
        middle = len(value) // 2
        yield from _pieces(value[:middle])
        yield from _pieces(value[middle:])


def _bytes(value: object) -> int:
    return len(as_json(value).encode())


def as_json(data: object) -> str:
    """In the fewest bytes."""
    return _WRITER.encode(data)


class Packed(Struct):
    """A file of words: the first and the last, and the whole as JSON."""

    first: str
    last: str
    text: str


def packed(entries: Mapping[str, str]) -> Iterator[Packed]:
    """The entries, whose values are JSON, in files, in the order in which a browser sorts strings."""
    held: list[tuple[str, str]] = []
    size = 0
    for key in sorted(entries, key=lambda key: key.encode("utf-16-be")):
        text = f"{as_json(key)}:{entries[key]}"
        more = len(text.encode()) + 1
        filled = _FILLED_OF_SPELLINGS if key.startswith(_SPELLINGS) else _FILLED
        if held and size + more > filled:
            yield _file(held)
            held, size = [], 0
        held.append((key, text))
        size += more
    if held:
        yield _file(held)


def _file(held: list[tuple[str, str]]) -> Packed:
    return Packed(held[0][0], held[-1][0], f"{{{','.join(text for _, text in held)}}}")


def fences(files: list[Packed]) -> list[str]:
    """The first word of each file, as short as tells it from the last word of the file before."""
    found = [""]
    for before, after in pairwise(files):
        same = next(
            (n for n, (a, b) in enumerate(zip(before.last, after.first, strict=False)) if a != b), len(before.last)
        )
        found.append(after.first[: same + 1])
    return found


def posting(sections: list[int], weights: list[int]) -> str:
    """Section, weight, section …, each section counted from the one before, as JSON; the best where there are too many."""
    said = _flat(sections, weights)
    while len(said) > LARGEST_ENTRY:
        kept = max(1, len(weights) * LARGEST_ENTRY // (len(said) + 1))
        best = sorted(heapq.nsmallest(kept, zip(map(neg, weights), sections, strict=True)), key=itemgetter(1))
        sections, weights = [number for _, number in best], [-weight for weight, _ in best]
        said = _flat(sections, weights)
    return said


def _flat(sections: list[int], weights: list[int]) -> str:
    flat = [0] * (2 * len(sections))
    flat[::2], flat[1::2] = map(sub, sections, [0, *sections[:-1]]), weights
    return msgspec.json.encode(flat).decode()
