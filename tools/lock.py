"""Renews requirements/*.txt: every release pinned with its hashes, for every Python and system at once, and no addresses.

    make lock

Each file is a part of the next larger one, so that one environment can grow from one to the other. ``spark.txt`` is for an
environment of its own (``make spark``), with the same releases of what both hold.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUPS = {
    "tools": ("build", "test", "lint", "bench", "package"),
    "lock": ("build", "test", "lint"),
    "run": ("build",),
}
APART = {"spark": ("build", "test", "spark")}
COMPILE = (
    *(
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-annotate",
    ),
    *("--no-config", "--upgrade", "--custom-compile-command", "make lock", "pyproject.toml"),
)


def main() -> int:
    """Write the files, the largest first; the others take their releases from it."""
    larger: list[str] = []
    whole = ["--constraint", f"requirements/{next(iter(GROUPS))}.txt"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    for name, groups in (GROUPS | APART).items():
        target = f"requirements/{name}.txt"
        asked = [word for group in groups for word in ("--group", group)]
        bound = whole if name in APART else larger
        command = [sys.executable, "-m", *COMPILE, *asked, *bound, "--output-file", target]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        larger = ["--constraint", target]
    return 0


if __name__ == "__main__":
    sys.exit(main())
