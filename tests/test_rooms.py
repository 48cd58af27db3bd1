"""The rooms of the engine: imports go one way, in no circle, and every module stands in a room."""

import re
from collections import defaultdict
from pathlib import Path

from conftest import ROOT

SOURCE = ROOT / "src/banshi"
# A room may import what stands on a lower floor; rooms of one floor know nothing of each other.
FLOORS = (
    ("base",),
    ("files",),
    ("law",),
    ("checking", "centre", "output"),
    ("subjects.change", "subjects.attendance", "subjects.cases", "subjects.forms"),
    ("subjects.assessment", "subjects.parallel"),
    ("subjects.scenarios", "subjects.impact"),
    ("site", "batch"),
    ("commands", "browser"),
    ("cli", "__main__"),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def room(module: str) -> str:
    parts = module.split(".")[1:]
    return ".".join(parts[:2] if parts[0] == "subjects" else parts[:1])


def imported(path: Path) -> set[str]:
    """By its lines, which the linter keeps in this form: no tree of a thousand modules is made for it."""
    text = path.read_text(encoding="utf-8")
    found = set(re.findall(r"^\s*(?:from|import) (banshi\.[\w.]+)", text, re.MULTILINE))
    tops = re.findall(r"^\s*from banshi import \(?([\w,\s]+?)(?:\)|$)", text, re.MULTILINE)
    names = [name.split()[0] for top in tops for name in top.split(",") if name.strip()]
    return found | {f"banshi.{name}" for name in names if not name.startswith("__")}


def arrows() -> dict[tuple[str, str], set[str]]:
    found = defaultdict(set)
    for path in SOURCE.rglob("*.py"):
        own = ".".join(("banshi", *path.relative_to(SOURCE).with_suffix("").parts))
        if path == SOURCE / "__init__.py" or path == SOURCE / "subjects/__init__.py":
            continue
        for module in imported(path):
            if room(own) != room(module):
                found[room(own), room(module)].add(f"{own} -> {module}")
    return found


def test_every_module_stands_in_a_room() -> None:
    top = {p.stem for p in SOURCE.glob("*.py")} | {p.parent.name for p in SOURCE.glob("*/__init__.py")}
    assert top - {"__init__", "subjects"} == {name for name in FLOOR if not name.startswith("subjects")}
    assert {p.parent.name for p in SOURCE.glob("subjects/*/__init__.py")} == {
        name.removeprefix("subjects.") for name in FLOOR if name.startswith("subjects.")
    }


def test_imports_go_one_way() -> None:
    up = {
        (a, b): sorted(why)
        for (a, b), why in arrows().items()
        if FLOOR[a] <= FLOOR[b] and {a, b} != {"cli", "__main__"}
    }
    assert up == {}
