"""Runs the tests against the lowest or the newest allowed releases, on each Python there is.

    make lowest [ON="3.11 3.12"]      make newest [ON=3.13]

Everything but the browser tests, with fewer generated examples. A Python that cannot be had is skipped, and said so.
"Lowest" is the lowest release that installs without a compiler, for what pyproject.toml names; what those need is the newest.
"""

import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
RESOLUTIONS = {"lowest": "lowest-direct", "newest": "highest"}
UV = (sys.executable, "-m", "uv")
GROUPS = ("--group", "build", "--group", "test")


def run(*command: object, quiet: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command at the top of the checkout, away from this one's environment."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment["HYPOTHESIS_PROFILE"] = "quick"
    words = [str(word) for word in command]
    return subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=quiet, text=True, encoding="utf-8", check=False
    )


def interpreter(version: str) -> str:
    """A Python of that version that pyenv has, or else the version, for uv to look for it."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return next((str(path) for path in sorted(pyenv.glob(f"versions/{version}.*/bin/python"), reverse=True)), version)


def names() -> set[str]:
    """The packages that pyproject.toml names for run time, building and tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    lines = [*project["project"]["dependencies"], *groups["build"], *groups["test"]]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def tested(kind: str, version: str) -> str:
    """What came of one kind on one Python: ``skipped …``, ``passed …`` or ``FAILED …``."""
    place = ROOT / f"build/releases/{kind}-{version}"
    made = run(*UV, "venv", "--quiet", "--seed", "--clear", "--python", interpreter(version), place)
    if made.returncode:
        return f"skipped: {made.stderr.strip().splitlines()[0]}"
    install = (*UV, "pip", "install", "--quiet", "--python", place)
    chosen = ("--resolution", RESOLUTIONS[kind], "--upgrade", "--only-binary", ":all:")
    for words in ((*chosen, "--requirements", "pyproject.toml", *GROUPS), ("--no-deps", "--editable", ".")):
        done = run(*install, *words)
        if done.returncode:
            return f"FAILED: not installed\n{done.stderr}"
    listed = run(*UV, "pip", "freeze", "--python", place).stdout.split()
    print(
        f"== {kind} on Python {version}:",
        *(line for line in listed if canonicalize_name(line.partition("==")[0]) in names()),
        flush=True,
    )
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    began = time.monotonic()
    words = (
        "-n",
        "2",
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
        "--ignore",
        "tests/browser",
        "-p",
        "no:cacheprovider",
    )
    done = run(python, "-m", "pytest", *words, quiet=False)
    return f"{'FAILED' if done.returncode else 'passed'} in {time.monotonic() - began:.0f} s"


def main(words: list[str]) -> int:
    """Test one kind of releases on the Pythons named, or on each."""
    kind, *versions = words
    said = {version: tested(kind, version) for version in versions or PYTHONS}
    for version, outcome in said.items():
        print(f"{kind} releases on Python {version}: {outcome}")
    failed = any(outcome.startswith("FAILED") for outcome in said.values())
    return 1 if failed or all(outcome.startswith("skipped") for outcome in said.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
