"""The files of the search index: scripts of at most 12 kB, so that a reader fetches little, from a folder as from a server.

Words are sorted and laid into files one after another; the plan says with which word each file begins.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDER = "search"
LARGEST = 12_000  # bytes of a file
LARGEST_ENTRY = 6_000  # bytes of what is held under one word
_CALL = "banshiSearch.put({},{});\n"


def write(place: Path, name: str, data: object) -> int:
    """Write a file of the index; its size in bytes."""
    text = _CALL.format(_json(name), _json(data)).encode()
    (place / FOLDER).mkdir(exist_ok=True)
    (place / FOLDER / f"{name}.js").write_bytes(text)
    return len(text)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def packed(entries: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """The entries in files, in the order in which a browser sorts strings."""
    held: dict[str, object] = {}
    size = 0
    for key in sorted(entries, key=lambda key: key.encode("utf-16-be")):
        more = len(_json({key: entries[key]}).encode())
        if held and size + more > LARGEST - 200:
            yield held
            held, size = {}, 0
        held[key] = entries[key]
        size += more
    if held:
        yield held


def fences(files: list[dict[str, object]]) -> list[str]:
    """The first word of each file, as short as tells it from the last word of the file before."""
    found = [""]
    for before, after in zip(files, files[1:], strict=False):
        last, first = next(reversed(before)), next(iter(after))
        same = next((n for n, (a, b) in enumerate(zip(last, first, strict=False)) if a != b), len(last))
        found.append(first[: same + 1])
    return found


def posting(weights: list[tuple[int, int]]) -> list[int]:
    """Section, weight, section …, each section counted from the one before; the best where there are too many."""
    flat = _flat(weights)
    while len(_json(flat)) > LARGEST_ENTRY:
        kept = len(weights) * LARGEST_ENTRY // (len(_json(flat)) + 1)
        weights = sorted(sorted(weights, key=lambda each: (-each[1], each[0]))[: max(1, kept)])
        flat = _flat(weights)
    return flat


def _flat(weights: list[tuple[int, int]]) -> list[int]:
    flat: list[int] = []
    last = 0
    for number, weight in weights:
        flat += (number - last, weight)
        last = number
    return flat
