"""One meaning a word: no two classes of the engine are called alike, but what kinds of files call so in their own words."""

import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import msgspec

ROOT = Path(__file__).parent.parent / "src"


def classes() -> dict[str, list[str]]:
    found = defaultdict(list)
    for path in sorted(ROOT.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for name in re.findall(r"^class ([A-Za-z]\w*)", path.read_text(encoding="utf-8"), re.MULTILINE):
            found[name].append(module)
    return found


def test_a_class_has_a_name_of_its_own() -> None:
    shared = {}
    for name, modules in classes().items():
        if len(modules) > 1:
            own = [m for m in modules if not issubclass(getattr(import_module(m), name), msgspec.Struct)]
            if len(own) > 1:
                shared[name] = own
    assert not shared
