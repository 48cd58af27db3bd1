"""Dotted paths into plain data: ``amount.upper.value``, ``stages.0.steps``; ``list.-`` is a place behind the last.

A key that itself has dots in it is found whole before it is taken apart.
"""

from typing import Any

from banshi.base.limits import MAX_PATH


class Nowhere(Exception):
    """A path that leads nowhere; its message is the path as far as it led."""


def find(data: Any, path: str) -> Any:
    """What stands at a path. Raises ``Nowhere``."""
    steps = _steps(path)
    while steps:
        key, steps = _first(data, steps)
        data = _step(data, key, path)
    return data


def put(data: Any, path: str, value: Any) -> None:
    """Set what a path leads to; only its last step may be new. Raises ``Nowhere``."""
    holder, key = _holder(data, path)
    if isinstance(holder, dict):
        holder[key] = value
    elif isinstance(holder, list) and key == "-":
        holder.append(value)
    elif isinstance(holder, list) and key.isdecimal() and int(key) < len(holder):
        holder[int(key)] = value
    else:
        raise Nowhere(path)


def take(data: Any, path: str) -> None:
    """Take away what a path leads to. Raises ``Nowhere`` where there is nothing."""
    holder, key = _holder(data, path)
    _step(holder, key, path)
    del holder[key if isinstance(holder, dict) else int(key)]


def _holder(data: Any, path: str) -> tuple[Any, str]:
    steps = _steps(path)
    while True:
        key, rest = _first(data, steps)
        if not rest:
            return data, key
        data, steps = _step(data, key, path), rest


def _steps(path: str) -> list[str]:
    if path.count(".") >= MAX_PATH:
        raise Nowhere(path)
    return path.split(".")


def _first(data: Any, steps: list[str]) -> tuple[str, list[str]]:
    """The first step, as long as there is a key of it, and what is left."""
    for length in range(len(steps), 1, -1):
        key = ".".join(steps[:length])
        if isinstance(data, dict) and key in data:
            return key, steps[length:]
    return steps[0], steps[1:]


def _step(data: Any, key: str, path: str) -> Any:
    if isinstance(data, dict) and key in data:
        return data[key]
    if isinstance(data, list) and key.isdecimal() and int(key) < len(data):
        return data[int(key)]
    raise Nowhere(path)
