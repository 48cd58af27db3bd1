"""What is locked is what is declared: pinned, with hashes, without addresses, each file a part of the next."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import metadata, packages_distributions

import pytest
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LEVELS = {
    "run": ("build",),
    "lock": ("build", "test", "lint"),
    "tools": ("build", "test", "lint", "bench", "package"),
    "spark": ("build", "test", "spark"),
}


def text(level: str) -> str:
    return (ROOT / f"requirements/{level}.txt").read_text(encoding="utf-8")


def pins(level: str) -> dict[str, set[str]]:
    """Each name with its pinned releases (more than one where they depend on the Python)."""
    found: dict[str, set[str]] = {}
    for line in text(level).splitlines():
        if line and not line.startswith((" ", "#")):
            requirement = Requirement(line.removesuffix("\\").strip())
            (pin,) = requirement.specifier
            assert pin.operator == "=="
            found.setdefault(canonicalize_name(requirement.name), set()).add(pin.version)
    return found


def declared(level: str) -> list[Requirement]:
    groups = PROJECT["dependency-groups"]
    lines = [line for group in LEVELS[level] for line in groups[group] if isinstance(line, str)]
    return [Requirement(line) for line in (*PROJECT["project"]["dependencies"], *lines)]


@pytest.mark.parametrize("level", LEVELS)
def test_every_declared_requirement_is_pinned_within_its_bounds(level: str) -> None:
    locked = pins(level)
    for requirement in declared(level):
        versions = locked[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), requirement


@pytest.mark.parametrize("level", LEVELS)
def test_every_pin_has_hashes_and_there_is_no_address(level: str) -> None:
    lines = [line for line in text(level).splitlines() if not line.startswith("#")]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if re.match(r"    --hash=sha256:[0-9a-f]{64}( \\)?\Z", line):
            continue
        assert re.match(r"[a-z0-9-]+==[^ /]+( ; [^/]+)? \\\Z", line), line
        assert following.startswith("    --hash=")
    assert not re.search(r"://|file:|index|find-links| /|@", text(level).replace("via the following command", ""))


def test_each_file_is_a_part_of_the_next() -> None:
    assert pins("run").items() <= pins("lock").items() <= pins("tools").items()


def test_the_oldest_python_is_named_alike() -> None:
    classifiers = [c for c in PROJECT["project"]["classifiers"] if re.search(r":: 3\.\d+\Z", c)]
    assert PROJECT["project"]["requires-python"] == ">=" + classifiers[0].split(":: ")[-1]


def closure() -> set[str]:
    """The names of all that runs with banshi, by what the installed packages themselves declare."""
    found: set[str] = set()
    waiting = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    while waiting:
        requirement = waiting.pop()
        if requirement.name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found.add(requirement.name)
        waiting += [Requirement(line) for line in metadata(requirement.name).get_all("Requires-Dist") or []]
    return found


@pytest.mark.parametrize("name", sorted(closure()))
def test_nothing_that_runs_with_banshi_is_under_the_gpl(name: str) -> None:
    about = metadata(name)
    stated = [about.get("License-Expression"), *(about.get_all("Classifier") or [])]
    licences = [line for line in stated if line and (line == stated[0] or line.startswith("License"))]
    licences += [line for line in [about.get("License")] if line and len(line) < 100]
    assert licences, "no licence stated"
    assert not re.search(r"\bA?GPL|General Public", " ".join(licences).replace("Lesser General Public", ""))


@cache
def imported() -> frozenset[str]:
    """The packages that the engine, its rules and templates import, by their names in the registry."""
    modules: set[str] = set()
    for path in (path for folder in ("src", "validators", "site_templates") for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    known = packages_distributions()
    outside = modules - sys.stdlib_module_names - {"banshi", "validators"}
    return frozenset(canonicalize_name(name) for module in outside for name in known.get(module, [module]))


def test_what_is_declared_for_run_time_is_what_is_imported() -> None:
    declared_names = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    started = {"mkdocs", "mkdocs-material", "pygments"}  # as a command of its own, and by mkdocs
    extras = {
        canonicalize_name(Requirement(line).name)
        for lines in PROJECT["project"]["optional-dependencies"].values()
        for line in lines
    }
    assert extras - imported() == {"pandas"}, "which pyspark needs and does not ask for"
    found = imported() - extras
    found -= {name for name in found if name.startswith("ruamel-yaml-")}  # parts of it, which share its module
    assert found | started == declared_names


def test_each_dependency_has_its_reason_licence_and_way_out() -> None:
    lines = (ROOT / "requirements/README.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][1:]
    assert [row[0] for row in rows] == sorted(Requirement(each).name for each in PROJECT["project"]["dependencies"])
    for name, *told in rows:
        assert all(len(cell) > 2 for cell in told) and len(told) == 3, name
        stated = metadata(name)
        licence = " ".join(
            [stated.get("License-Expression") or stated.get("License") or "", *stated.get_all("Classifier", [])]
        )
        assert re.split(r"[- ]", told[1])[0] in licence, f"{name}: {licence[:80]}"
