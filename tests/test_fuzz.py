"""Whatever bytes stand in a file, every command answers: no traceback, no failure of its own, exit status 0, 1 or 2.

Short in the ordinary run; ``make fuzz`` runs it long. What fails is kept in ``tests/corpus/`` and tried ever after.
"""

import contextlib
import hashlib
import io
import os
import shutil
import time
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banshi.cli import main

CORPUS = Path(__file__).parent / "corpus"
LONG = int(os.environ.get("BANSHI_FUZZ", "0"))  # how many examples; 0: the short run
SECONDS = 60  # of one command over one small file, on a busy machine
SUFFIXES = (".yaml", ".json", ".jsonl", ".csv", ".toml")
LARGEST = 100_000
FORMATS = ("text", "json", "github", "sarif")
COMMANDS = {
    "change": [["tier", "{folder}"], ["due", "{folder}"], ["tier", "--format", "json", "{file}"]],
    "attendance": [["attendance", "{folder}"], ["attendance", "--format", "json", "{folder}"]],
    "assessment": [["assess", "{file}"], ["assess", "--format", "json", "{file}"]],
    "cases": [["cases", "{file}"], ["cases", "--format", "json", "{file}"]],
    "parallel": [["notice", "{file}"], ["schedule", "{file}"], ["form", "{file}"]],
}
SEEDS = sorted(
    path
    for path in (ROOT / "examples").rglob("*")
    if path.suffix in SUFFIXES
    and path.is_file()
    and path.stat().st_size < LARGEST
    and path.relative_to(ROOT / "examples").parts[0] in COMMANDS  # other centres' folders have a law of their own
)
PIECES = [
    *(
        b"\x00",
        b"\x07",
        b"\x1b[31m",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xc4\xe3",
        b"\xed\xa0\x80",
        "\x85\u2028\u2029\u202e".encode(),
    ),
    *(
        b"\\ud800",
        b"\\ud83d\\ude00",
        b'"\\u0000"',
        b"[",
        b"{",
        b"]",
        b"}",
        b"[" * 60,
        b"- " * 60,
        b"&a ",
        b"*a",
        b"<<: ",
        b"!!x ",
    ),
    *(b"'", b'"', b"|", b"#", b": ", b"\r", b"\n", b"\r\n", b"\t", b",", b";", b"---\n", b"...\n", b"%YAML 9\n"),
    *(
        b"9" * 40,
        b"-1",
        b"1e999",
        b"NaN",
        b"0.005",
        b"null",
        b"{}",
        b"[]",
        b"true",
        b"no",
        b"2012-02-30",
        b"9999-12-31",
        b"0001-01-01",
    ),
    *(
        b"24:00",
        b"12:60",
        b"\xef\xbc\x9a",
        "万元".encode(),
        b"x" * 300,
        b"../../etc/passwd",
        b"/dev/zero",
        b"kind: ",
        b"=1+1",
    ),
]
edits = st.lists(
    st.tuples(
        st.sampled_from(["put", "cut", "again", "instead", "bytes", "swap"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 40),
        st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)),
    ),
    min_size=1,
    max_size=5,
)


def edited(raw: bytes, changes: list[tuple[str, float, int, bytes]]) -> bytes:
    for how, where, length, piece in changes:
        at = int(where * len(raw))
        before, part, after = raw[:at], raw[at : at + length], raw[at + length :]
        middle = {
            "put": piece + part,
            "cut": b"",
            "again": part + part,
            "instead": piece,
            "bytes": bytes((each + 1) % 256 for each in part),
            "swap": part[::-1],
        }[how]
        if how == "cut" and length > 35:  # a whole line
            before, after = before.rpartition(b"\n")[0], after.partition(b"\n")[2]
        raw = before + middle + after
    return raw


def answer(words: list[str]) -> str:
    """What a command says; fails where it does not end as promised."""
    out, err, began = io.StringIO(), io.StringIO(), time.monotonic()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(words)
        except SystemExit as ended:
            status = int(ended.code or 0)
    said = out.getvalue() + err.getvalue()
    assert status in (0, 1, 2), said
    for sign in ("Traceback", "内部错误", "engine/unit-failed", "engine/rule-crashed"):
        assert sign not in said, f"{' '.join(words)}: {said[-3000:]}"
    assert time.monotonic() - began < SECONDS
    return said


def tried(seed: Path, raw: bytes, folder: Path, choice: int) -> None:
    """One file of an example with other content, looked at by a command of its subject and by ``check``."""
    example = seed.parent if seed.parent.name != "changes" else seed.parent.parent
    copy = folder / "example"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(example, copy)
    file = copy / seed.relative_to(example)
    file.write_bytes(raw)
    subject = seed.relative_to(ROOT / "examples").parts[0]
    own = COMMANDS[subject][choice % len(COMMANDS[subject])]
    answer([word.format(file=file, folder=copy) for word in own])
    answer(["check", "--format", FORMATS[choice % len(FORMATS)], str(file)])


@pytest.mark.xdist_group("fuzz")
@settings(
    max_examples=LONG or 20,
    derandomize=not LONG,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(seed=st.sampled_from(SEEDS), changes=edits, choice=st.integers(0, 11))
def test_any_bytes_in_any_file(
    seed: Path, changes: list[tuple[str, float, int, bytes]], choice: int, tmp_path: Path
) -> None:
    raw = edited(seed.read_bytes(), changes)
    try:
        tried(seed, raw, tmp_path, choice)
    except BaseException:
        if LONG:
            name = f"{seed.stem}-{hashlib.sha256(raw).hexdigest()[:8]}{seed.suffix}"
            (CORPUS / name).write_bytes(raw)
        raise


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.*")), ids=lambda path: path.name)
def test_what_once_failed(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path)
    (tmp_path / "good.yaml").write_bytes((ROOT / "validators/change/_example.yaml").read_bytes())
    for form in FORMATS:
        answer(["check", "--format", form, str(tmp_path)])
    for own in COMMANDS.values():
        answer([word.format(file=tmp_path / path.name, folder=tmp_path) for word in own[-1]])
