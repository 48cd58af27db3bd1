"""What the fuzz tests share: how bytes are changed, what an answer must be, and where what failed is kept."""

import contextlib
import io
import os
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from banshi.cli import main

CORPUS = Path(__file__).parent / "corpus"
LONG = int(os.environ.get("BANSHI_FUZZ", "0"))  # how many examples; 0: the short run
SECONDS = 60  # of one command over one small file, on a busy machine
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
MARKUP = [  # for the parts of a workbook
    *(b"<", b">", b"&", b"&#0;", b"&#xD800;", b"]]>", b"<!--", b"<![CDATA[", b"<?x?>", b"/>"),
    *(b'<c r="XFD1048576"><v>1</v></c>', b'<c r="A4294967295"><v>1</v></c>', b'<row r="0"/>', b'<row r="-1">'),
    *(b' t="s"', b' t="b"', b' t="e"', b' t="str"', b' t="inlineStr"', b' s="99999999"', b' r=""', b' r="1A"'),
    *(b"<v>99999999999</v>", b"<v>1e308</v>", b"<v>-1</v>", b"<v/>", b"<f>HYPERLINK(&quot;http://x&quot;)</f>"),
    *(
        b' count="4294967295"',
        b' uniqueCount="4294967295"',
        b' TargetMode="External"',
        b' Target="../../../etc/passwd"',
    ),
    *(b'<!DOCTYPE x [<!ENTITY a "bbbb">]>', b"&a;", b' encoding="utf-16"', b' xmlns="urn:x"', b"<sheetData/>"),
    *(b'<mergeCell ref="A1:XFD1048576"/>', b' spans="1:99999"', b' hidden="1"', b' state="veryHidden"', b' name=""'),
]


def edits(pieces: list[bytes]) -> st.SearchStrategy[list[tuple[str, float, int, bytes]]]:
    """Changes of some bytes: how, where (a share of the length), how many, and what is put there."""
    return st.lists(
        st.tuples(
            st.sampled_from(["put", "cut", "again", "instead", "bytes", "swap"]),
            st.floats(0, 1, exclude_max=True),
            st.integers(1, 40),
            st.one_of(st.sampled_from(pieces), st.binary(max_size=6)),
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


def run_of(short: int, long: int = LONG) -> settings:
    """Few examples, always the same; or, by ``make fuzz``, many others every time."""
    return settings(
        max_examples=long if LONG else short,
        derandomize=not LONG,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        # What fails is kept as it is: to make it small takes longer than to look at it.
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )


def answer(words: list[str]) -> str:
    """What a command says; fails where it does not end as promised."""
    raw, err, began, worked = io.BytesIO(), io.StringIO(), time.monotonic(), time.process_time()
    out = io.TextIOWrapper(raw, "utf-8", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(words)
        except SystemExit as ended:
            status = int(ended.code or 0)
    said = raw.getvalue().decode("utf-8", "replace") + err.getvalue()
    assert status in (0, 1, 2), said
    for sign in ("Traceback", "内部错误", "engine/unit-failed", "engine/rule-crashed"):
        assert sign not in said, f"{' '.join(words)}: {said[-3000:]}"
    assert time.process_time() - worked < SECONDS and time.monotonic() - began < 10 * SECONDS
    return said
