"""Whatever function fails while files are checked: it is told, and costs the file that it was about and no other."""

import os
import sys
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from conftest import ROOT
from lengths import longer, some

from banshi.checking.checker import Checker
from banshi.files import discovery, unread_files
from banshi.files.report import Report

_ROOMS = tuple(f"{os.sep}banshi{os.sep}{room}{os.sep}" for room in ("files", "subjects", "checking", "law"))
# The run's own frame: what gathers findings, files and what several files tell; it is about no single file.
_FRAME = ("checking/checker.py", "checking/jobs.py", "checking/told_places.py", "files/findings.py", "files/report.py")
_OF_FRAME = frozenset(
    (
        "discover",
        "_as_table",
        "_guarded",
        "_other",
        "Loader.begin",
        "Loader.units",
        "Loader.parts",
        "AccountOfReading.add",
    )
)
# What looks at a folder as a whole: without it nothing is known of any file in it.
_OF_FOLDER = frozenset(
    (
        *("_guarded", "_one", "_folder", "_files", "_unread", "_led_out", "_is_wanted", "_kinds", "_severity"),
        *("_Looks.__init__", "_Looks.at", "_Looks.told", "walked", "_is_setting", "_is_made"),
    )
)
_ERRORS = (RuntimeError, MemoryError, RecursionError)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three documents with something to be said of each, and a file that no reader takes."""
    place = tmp_path_factory.mktemp("units")
    for kind in ("change", "assessment", "attendance"):
        text = (ROOT / f"validators/{kind}/_example.yaml").read_text("utf-8")
        (place / f"{kind}.yaml").write_text(f"{text}unknown_key: 1\n", "utf-8")
    (place / "表.txt").write_bytes(b"kind: change\n")
    return place


@pytest.fixture(scope="module")
def checker(folder: Path) -> Checker:
    """A checker that has its law already: of that each command says itself that it is unusable."""
    found = Checker(ROOT, law_too=False)
    found.check([folder])
    return found


class _Fails:
    """Raises an error at one call of a function, whichever it is."""

    def __init__(self, code: CodeType, call: int, error: type[Exception]) -> None:
        self._code, self._left, self._error = code, call, error
        self.done = False

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is self._code:
            self._left -= 1
            if not self._left:
                self.done = True
                sys.setprofile(None)
                raise self._error("eingeworfen")


def called(checker: Checker, folder: Path) -> Counter[CodeType]:
    """How often each function of ours is called by a check."""
    calls = Counter[CodeType]()

    def count(frame: FrameType, event: str, _: Any) -> None:
        name = frame.f_code.co_filename
        if event == "call" and "<" not in frame.f_code.co_name and any(room in name for room in _ROOMS):
            calls[frame.f_code] += 1

    sys.setprofile(count)
    try:
        checker.check([folder])
    finally:
        sys.setprofile(None)
    return calls


def of_frame(code: CodeType) -> bool:
    """Whether a function belongs to the run rather than to one of its units."""
    return code.co_filename.replace(os.sep, "/").endswith(_FRAME) or code.co_qualname in _OF_FRAME


def by_file(report: Report) -> Counter[str]:
    """How many findings about what was handed in there are of each file."""
    return Counter(each.path for each in report.findings if not each.rule.startswith("engine/"))


@longer
def test_a_function_that_fails_costs_one_file_and_is_told(checker: Checker, folder: Path) -> None:
    base = checker.check([folder])
    assert len(by_file(base)) >= 4
    calls = called(checker, folder)
    assert len(calls) > 250
    wrong, tried = [], 0
    for number, code in enumerate(some(list(calls), 60)):
        fails = _Fails(code, max(1, calls[code] // 2), _ERRORS[number % len(_ERRORS)])
        sys.setprofile(fails)
        try:
            report = checker.check([folder])
        except Exception:
            wrong += [] if of_frame(code) else [f"{code.co_qualname} ended the run"]
            continue
        finally:
            sys.setprofile(None)
        tried += fails.done
        told = any(each.rule.startswith("engine/") for each in report.findings)
        less = [path for path, many in by_file(base).items() if by_file(report)[path] < many]
        if fails.done and not told and less:
            wrong.append(f"{code.co_qualname} failed in silence")
        if len(less) > 1 and code.co_qualname not in _OF_FOLDER:
            wrong.append(f"{code.co_qualname} cost {less}")
    assert not wrong and tried > 30


@pytest.mark.parametrize("look", ["is_table", "no_input", "kind_written", "_is_filled_form", "_stays"])
def test_a_look_at_a_file_that_fails_is_told_at_that_file(
    look: str, folder: Path, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, at = getattr(discovery, look), folder / "change.yaml"

    def fails(path: Path, *others: Any, **more: Any) -> Any:
        if path == at:
            raise RuntimeError("eingeworfen")
        return plain(path, *others, **more)

    base = by_file(checker.check([folder]))
    monkeypatch.setattr(discovery, look, fails)
    found = checker.check([folder])
    [said] = [each for each in found.findings if each.rule == "engine/unit-failed"]
    assert said.path == at.as_posix() and "eingeworfen" in said.message.zh and found.failed
    assert by_file(found) == Counter({path: many for path, many in base.items() if path != at.as_posix()})


def test_of_files_that_no_reader_takes_each_is_looked_at_for_itself(
    folder: Path, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: Path) -> None:
        raise MemoryError("eingeworfen")

    base = by_file(checker.check([folder]))
    monkeypatch.setattr(unread_files, "may_be_input", fails)
    found = checker.check([folder])
    assert [each.path for each in found.findings if each.rule == "engine/unit-failed"] == [
        (folder / "表.txt").as_posix()
    ]
    assert by_file(found) == Counter({p: n for p, n in base.items() if not p.endswith(".txt")})
