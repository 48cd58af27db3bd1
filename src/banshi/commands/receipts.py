"""Receipts: a decision or check with all that it rested on, so that it can be done again and explained years later."""

import argparse
import contextlib
import hashlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from banshi import __version__
from banshi.base.folders import POLICIES, layered, real_path, shipped
from banshi.base.limits import MAX_LINES_BYTES
from banshi.base.text import Text
from banshi.base.today import today
from banshi.base.writing import NotWritten, refusal, write_whole
from banshi.commands.output import inputs
from banshi.commands.standing import centre_of
from banshi.files.regular_files import STDIN, noted, open_stream, unnoted
from banshi.law.unusable import PolicyUnreadable
from banshi.law.version_files import VersionFiles
from banshi.output.terminal import refuse

KIND, VERSION, SCHEMAS = "receipt", 1, "schemas"
_LEFT_OUT = ("--receipt", "-o", "--output")  # options with a value that say where answers go, not what they are
_SWITCHES = ("--force",)
_CHUNK = 1 << 20  # bytes that are held of a file while it is summed up
Receipt = dict[str, Any]


def run_with_receipt(options: argparse.Namespace, run: Callable[[argparse.Namespace], int], argv: Sequence[str]) -> int:
    """Run a command as asked, and write a receipt of what it decided; the command's status, or 2."""
    path: Path = options.receipt
    if why := refusal(path, force=getattr(options, "force", False), inputs=inputs(options)):
        return refuse(why, options.lang)
    _date(options)
    status = run(options)
    if status == 2:
        return refuse(Text("没有写收据：工具没能完成工作", "no receipt: the work was not done"), options.lang)
    words = [_word_from_here(word) for word in _words(argv, options)]
    made = receipt(_from_here(options), run, words)
    data = (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()
    try:
        write_whole(path, data, force=getattr(options, "force", False), inputs=inputs(options))
    except NotWritten as error:
        return refuse(error.why, options.lang)
    return status


def receipt(
    options: argparse.Namespace,
    run: Callable[[argparse.Namespace], int],
    words: Sequence[str],
    complaints: list[str] | None = None,
) -> Receipt:
    """What a command decides (as its JSON says it), with everything that it rests on.

    ``complaints`` takes the lines that go to standard error meanwhile, and are not printed.
    """
    centre = centre_of(options)
    with noted() as read, _captured(complaints) as out:
        status = run(argparse.Namespace(**{**vars(options), "format": "json", "output": None}))
    with unnoted():
        folders = [real_path(folder) for folder in layered(centre.folder, POLICIES)]
        texts, files = _texts(read, folders)
        return {
            "kind": KIND,
            "version": VERSION,
            "command": list(words),
            "engine": __version__,
            "on": str(getattr(options, "on", None) or ""),
            "as_of": str(getattr(options, "as_of", None) or ""),
            "known_on": str(getattr(options, "known_on", None) or ""),
            "day": str(today()),
            "law": texts,
            "readings": _readings(folders, texts),
            "inputs": files,
            "status": status,
            "result": _result(out.getvalue()),
        }


def _date(options: argparse.Namespace) -> None:
    """A day that is today unless said is said from now on."""
    if options.command == "tier" and options.path is None and options.on is None:
        options.on = today()


def _words(argv: Sequence[str], options: argparse.Namespace) -> list[str]:
    """The command line without what says where answers go."""
    found, given = [], iter(argv)
    for word in given:
        if word in _LEFT_OUT:
            next(given, None)
        elif word not in _SWITCHES and not word.startswith(tuple(f"{name}=" for name in _LEFT_OUT)):
            found.append(word)
    if options.command == "tier" and options.path is None and not any(w.partition("=")[0] == "--on" for w in found):
        found += ["--on", str(options.on)]
    return found


def _from_here(options: argparse.Namespace) -> argparse.Namespace:
    """The same with every absolute path as one would name it from here; a receipt is handed on, and tells nothing of the machine."""

    def near(value: Any) -> Any:
        if isinstance(value, list):
            return [*map(near, value)]
        return type(value)(_from(str(value))) if isinstance(value, Path | str) else value

    return argparse.Namespace(**{key: near(value) for key, value in vars(options).items()})


def _word_from_here(word: str) -> str:
    """A word of the command line, or what stands behind ``--option=``, in the same way."""
    option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
    return f"{option}{equals}{_from(value)}"


def _from(value: str) -> str:
    return _relative(Path(value)) if os.path.isabs(value) and os.path.lexists(value) else value


def _relative(path: Path) -> str:
    """A path from the folder in which the command is run; as it is where no way leads from here (another drive)."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()


@contextlib.contextmanager
def _captured(complaints: list[str] | None) -> Iterator[io.StringIO]:
    """What is printed inside the block, kept; so are complaints, where they were not made already."""
    out, err = io.StringIO(), io.StringIO()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        yield out
    finally:
        sys.stdout, sys.stderr = before
        if complaints is not None:
            complaints += err.getvalue().splitlines()


def _result(printed: str) -> Any:
    """The answer without the digest of all policies, which any edit anywhere changes; its own texts are listed."""
    try:
        found = json.loads(printed)
    except ValueError:
        return printed
    if isinstance(found, dict):
        found.pop("law", None)
    return found


def _texts(read: Mapping[str, None], folders: list[Path]) -> tuple[dict[str, str], dict[str, str]]:
    """Digests of what was read: texts of law by their path among the policies, and the other files by their names."""
    law: dict[str, str] = {}
    files: dict[str, str] = {}
    for name in read:
        path = Path(name)
        if real_path(path).is_relative_to(real_path(shipped(SCHEMAS))):
            continue  # goes with the engine
        own = (
            next((folder for folder in folders if real_path(path).is_relative_to(folder)), None)
            if name != STDIN
            else None
        )
        digest = _digest(path)
        if own is None:
            files[name if name == STDIN else _near(path)] = digest
        else:
            law[real_path(path).relative_to(own).as_posix()] = digest
    return dict(sorted(law.items())), dict(sorted(files.items()))


def _digest(path: Path) -> str:
    """Of a file's bytes, of which there may be more than memory holds."""
    found = hashlib.sha256()
    with open_stream(path, MAX_LINES_BYTES) as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _near(path: Path) -> str:
    """A path as one would name it from here: receipts tell nothing of the machine."""
    return _relative(path) if path.is_absolute() or path.absolute().is_relative_to(Path.cwd()) else path.as_posix()


def _readings(folders: list[Path], texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The readings that each text takes, by question."""
    library = VersionFiles(folders)
    found = {}
    for text in texts:
        instrument, _, name = text.rpartition("/")
        for path in library.files(instrument):
            if path.name == name:
                with contextlib.suppress(PolicyUnreadable):
                    found[text] = {reading.id: reading.default for reading in library.load(path).readings}
    return {text: taken for text, taken in found.items() if taken}
