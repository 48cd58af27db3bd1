"""Rows of a workbook as most programs write them are read by a shorter way: a matter of speed alone."""

import io
from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from test_workbook_reading import MAIN

from banshi.files.tables.xlsx import cells, plain_rows


def as_parsed(stream: IO[bytes]) -> Iterator[bytes]:
    yield stream.read()


def outcome(content: bytes) -> tuple[list[Any], str]:
    """The rows of a sheet's XML until something is wrong with it, and what that is."""
    meaning, found = cells.Meaning(lambda n: "甲乙丙"[int(n)], {"1": lambda text: f"<{text}>"}), []
    hidden = cells.Hidden()
    try:
        found.extend(
            (row.number, row.cells, dict(row.bad)) for row in cells.rows(io.BytesIO(content), meaning, [], hidden)
        )
    except Exception as error:
        return [], "broken" if isinstance(error, expat.ExpatError | UnicodeDecodeError) else type(error).__name__
    return [found, hidden], ""


SHEET = (
    f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><cols><col min="2" max="3" hidden="1"/></cols><sheetData>'
    '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>5</v></c><c r="C1" t="str"><f>A1</f><v>x</v></c></row>'
    '<row r="2" hidden="0"><c r="B2" t="inlineStr"><is><t xml:space="preserve"> 丁 </t></is></c><c r="C2"/></row>'
    '<row r="4" hidden="1"><c r="A4" t="b"><v>1</v></c><c r="C4" t="e"><v>#N/A</v></c></row>'
    '<row r="5"><c r="A5" t="str"><v>a&amp;b</v></c><c r="B5"><f>X</f></c></row><row r="6"/>'
    '<row r="7"><c r="A7" t="s"><v>9</v></c><c r="C7"><v>1.50</v></c></row></sheetData></worksheet>'
).encode()


def test_plain_rows_read_like_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = outcome(SHEET)
    plainly = [part for part in plain_rows.split(io.BytesIO(SHEET)) if not isinstance(part, bytes)]
    assert len(plainly) == 3 and len(taken[0][0]) == 5
    monkeypatch.setattr(cells, "split", as_parsed)
    assert outcome(SHEET) == taken


TOKENS = [
    b"<row ",
    b"</row>",
    b"<c ",
    b"</c>",
    b"<v>",
    b"</v>",
    b'r="',
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"&amp;",
    b"<?x ",
    b"?>",
    b'"',
    b" ",
    b"\n",
    b"1",
    b"\xe4",
    b"<f>",
    b"<is><t>",
    b'hidden="1"',
    b"/>",
    b't="s"',
    b"<t>",
]


@examples(300)
@given(data=st.data())
def test_plain_rows_never_change_what_is_read(data: st.DataObject) -> None:
    raw = bytearray(SHEET)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(150, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 12))] = data.draw(st.sampled_from(TOKENS))
    whole = plain_rows.PIECE
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_rows, "PIECE", data.draw(st.sampled_from([64, 300, whole])))
        plainly = outcome(bytes(raw))
        patch.setattr(cells, "split", as_parsed)
        assert plainly == outcome(bytes(raw))
