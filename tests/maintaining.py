"""A policy edited as a maintainer would."""

from collections.abc import Callable
from pathlib import Path

from ruamel.yaml import YAML


def edit(path: Path, change: Callable[[dict], None]) -> None:
    """Edit a policy as a maintainer would: comments survive."""
    yaml = YAML()
    yaml.preserve_quotes = True
    data = yaml.load(path.read_text(encoding="utf-8"))
    change(data)
    with open(path, "w", encoding="utf-8") as stream:
        yaml.dump(data, stream)


def norm(data: dict, norm_id: str) -> dict:
    return next(n for p in data["provisions"] for n in p.get("norms", ()) if n["id"] == norm_id)
