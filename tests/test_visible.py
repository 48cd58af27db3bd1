"""What cannot be seen is written out wherever the tool prints, writes or complains; no file steers who looks at it."""

import io
import json
import sys
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banshi.base.text import escaped, visible, visible_lines
from banshi.output.charts import Bar, bars
from banshi.output.report_pages import report_page
from banshi.output.terminal import ShownStream, Style, complain, guarded_streams, printing
from banshi.output.workbooks import Book

HOSTILE = "\x1b[31m\x07\x85\u202e\u2066\u2028\u200b\u061c\ufeff\xad\u3164\U000e0041"


def test_every_control_mark_separator_and_half_is_written_out() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    unseen = [c for c in every if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") and c not in "\t\n"]
    assert len(unseen) > 2000
    assert [c for c in unseen if visible(c) != f"⟨U+{ord(c):04X}⟩" or visible_lines(c) != visible(c)] == []


def test_what_is_seen_stays() -> None:
    seen = "办事：甲、乙\t㐂𠮷葛\U000e0100 é 1½ ~`\ue000"
    assert visible(seen) == visible_lines(seen) == escaped(seen) == seen
    assert visible("一\n二") == "一⟨U+000A⟩二"
    assert visible_lines("一\r\n二\n\r三") == "一\n二\n⟨U+000D⟩三"


@given(st.text())
def test_json_keeps_its_value_and_shows_nothing_unseen(text: str) -> None:
    serialized = escaped(json.dumps([text], ensure_ascii=False))
    assert json.loads(serialized) == [text]
    assert visible(serialized) == serialized
    assert visible_lines(visible_lines(text)) == visible_lines(text)


def test_a_stream_shows_everything_but_our_own_colours() -> None:
    bare = io.StringIO()
    stream = ShownStream(bare, visible_lines)
    print(Style(colour=True).paint("红", "red"), "\033[31m假\033[0m", file=stream)
    assert bare.getvalue() == "\033[31m红\033[0m ⟨U+001B⟩[31m假⟨U+001B⟩[0m\n"


def test_streams_are_guarded_by_form_and_given_back(capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.stdout, sys.stderr
    with guarded_streams():
        print(f"甲{HOSTILE}")
        complain(f"没有文件 {HOSTILE}\n::error::x")
        printing("json")
        print(json.dumps(HOSTILE, ensure_ascii=False))
    assert (sys.stdout, sys.stderr) == before
    out, err = capsys.readouterr()
    text, data = out.splitlines()
    assert text == f"甲{visible(HOSTILE)}" and json.loads(data) == HOSTILE and data.isascii()
    assert err == f"banshi: 没有文件 {visible(HOSTILE)}⟨U+000A⟩::error::x\n"


def test_charts_and_pages_show_it() -> None:
    for made in (bars(HOSTILE, [Bar(HOSTILE, Decimal(1), HOSTILE)]), _page()):
        assert visible_lines(made) == made and "⟨U+202E⟩" in made


def _page() -> str:
    return report_page("base.html.j2", title=HOSTILE, notices=[HOSTILE])


def test_every_text_of_a_workbook_shows_it() -> None:
    import zipfile

    book = Book(HOSTILE)
    sheet = book.sheet(HOSTILE, [HOSTILE], above=[HOSTILE])
    sheet.allow(0, 3, {"validate": "list", "source": [HOSTILE], "error_message": HOSTILE})
    sheet.row([HOSTILE])
    sheet.formula(5, 0, "=A1", HOSTILE)
    with zipfile.ZipFile(io.BytesIO(book.bytes())) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode()
            assert visible_lines(text) == text and "_x001B_" not in text, name
