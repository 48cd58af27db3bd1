"""Every command, at every place that takes a path, given what is no file: pipes, sockets, devices, endless and sparse files.

The places are those of the parser itself, so that a new option is tried without being named here.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from lengths import longer, some

from banshi.base.command_names import COMMANDS
from banshi.cli import _parser

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes, devices and /proc")

SECONDS = 40  # a command that waits for a pipe's other end waits for ever
# What else a command must be given before it comes to look at the path.
BESIDE: dict[str, list[str]] = {
    "diff": ["@2026-01-01"],
    "impact": ["@2026-06-30", "@2026-07-01"],
    "text": ["change-rules"],
    "history": ["linjiang/change-rules"],
    "new": ["linjiang/change-rules", "2028-01-01"],
    "explain": ["change/tier-matches-amount"],
}
SUFFIXES = ("", ".yaml", ".csv", ".xlsx", ".jsonl", ".docx", ".html", ".json", ".md")


def takes_a_path(action: argparse.Action) -> bool:
    """Whether what is given may be a path: its type takes that of a folder."""
    if action.choices is not None or action.nargs == 0:
        return False
    try:
        return action.type is None or bool(action.type(str(ROOT)))  # type: ignore[operator]
    except (ValueError, TypeError, argparse.ArgumentTypeError):
        return False


def places() -> Iterator[tuple[str, str]]:
    """Commands, and options by their longest name; arguments without one by ""."""
    for name in COMMANDS:
        parser = _parser(name)
        commands = next(each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
        for action in commands.choices[name]._actions:
            if takes_a_path(action):
                yield name, max(action.option_strings, key=len, default="")


PLACES = sorted({*places()})


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("odd")
    kept = []
    for suffix in SUFFIXES:
        os.mkfifo(folder / f"pipe{suffix}")
        (folder / f"zero{suffix}").symlink_to("/dev/zero")
        (folder / f"self{suffix}").symlink_to("/proc/self/mem")
        (folder / f"loop{suffix}").symlink_to(f"loop{suffix}")
        (folder / f"folder{suffix}").mkdir()
        with open(folder / f"sparse{suffix}", "wb") as sparse:
            sparse.truncate(8 << 30)
        own = socket.socket(socket.AF_UNIX)
        cwd = Path.cwd()
        os.chdir(folder)  # a socket's name may not be long
        own.bind(f"socket{suffix}")
        os.chdir(cwd)
        kept.append(own)
    yield folder
    for own in kept:
        own.close()


THINGS = ("pipe", "zero", "self", "loop", "folder", "sparse", "socket")
# The suffix is taken in turn, so that each thing is met with each. An eighth of them, of most places one thing.
ALL = [
    (command, option, thing, SUFFIXES[(n * 3 + m) % len(SUFFIXES)])
    for n, (command, option) in enumerate(PLACES)
    for m, thing in enumerate(THINGS)
    if command != "serve"  # it builds as ``build`` does, and then waits
][::8]


@longer
@pytest.mark.parametrize(("command", "option", "thing", "suffix"), some(ALL, 16))
def test_it_answers(command: str, option: str, thing: str, suffix: str, odd: Path, tmp_path: Path) -> None:
    given = str(odd / f"{thing}{suffix}")
    words = [command, *BESIDE.get(command, ())]
    words += [f"{option}={given}"] if option else [given]
    if option != "--project" and command not in ("init", "replay", "schema", "trust"):
        words += ["--project", str(ROOT / "examples/linjiang")]
    before = _state(odd)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", LIMITED, *words],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS * 5,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CONFIG_HOME": str(tmp_path / "user")},
        check=False,
    )
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode in (0, 1, 2), (words, said[-1500:], time.monotonic() - began)
    assert "Traceback" not in said and "内部错误" not in said, (words, said[-1500:])
    assert _state(odd) == before, words


# Its own seconds of processor and memory are bounded, however long it has to wait for them.
LIMITED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS + 5}))
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from banshi.cli import main
sys.exit(main(sys.argv[1:]))
"""


def _state(folder: Path) -> list[tuple[str, int, int, int]]:
    found = ((path.name, os.lstat(path)) for path in sorted(folder.iterdir()))
    return [(name, stat.st_mode, stat.st_ino, stat.st_size) for name, stat in found if "folder" not in name]


def test_places_are_found() -> None:
    assert {command for command, _ in PLACES} >= {*COMMANDS} - {"explain"}
    assert {option for _, option in PLACES} >= {"", "--project", "--receipt", "--annotate", "--attachments", "--within"}
