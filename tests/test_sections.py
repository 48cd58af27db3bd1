"""Answers told in sections: every face says every section, whatever stands in it."""

import io
import re

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from banshi.base.text import same
from banshi.files.account_of_reading import AccountOfReading, TakenFile
from banshi.law.decisions import Reason
from banshi.output.section_book import in_book
from banshi.output.section_lines import in_markdown, in_text
from banshi.output.section_page import on_page
from banshi.output.sections import (
    LINES,
    SHEETS,
    Figure,
    LinesSection,
    MadeRows,
    PartSection,
    Printout,
    ReasonsSection,
    Section,
    SectionColumn,
    TableSection,
)

WORDS = st.text("甲乙丙丁ab|*<&=_-#[]`\\", min_size=1, max_size=6)
COLUMNS = (
    SectionColumn(same("名")),
    SectionColumn(same("数"), figures=True),
    SectionColumn(same("只在表里"), faces=SHEETS),
)


@st.composite
def sections(draw: st.DrawFn) -> list[Section]:
    rows = draw(st.lists(st.tuples(WORDS, st.integers(0, 9), WORDS), max_size=4))
    table = TableSection(same("表"), COLUMNS, rows, empty=same("没有行"), total=("合计", 1, "整个") if rows else None)
    reasons = ReasonsSection(same("理由"), [Reason(same(word)) for word in draw(st.lists(WORDS, max_size=3))])
    lines = LinesSection([same(word) for word in draw(st.lists(WORDS, max_size=3))], same("几行"))
    return draw(st.permutations([table, reasons, lines]))


def words_of(section: Section) -> list[str]:
    if isinstance(section, TableSection):
        return [row[0] for row in section.rows] + ([] if section.rows else ["没有行"])  # type: ignore[misc]
    if isinstance(section, ReasonsSection):
        return [one.text.zh for one in section.reasons]
    return [one.zh for one in section.lines] if isinstance(section, LinesSection) else []


@given(sections())
def test_every_face_says_everything(made: list[Section]) -> None:
    printout = Printout("题", same("开头"), [same("下一行")], made)
    book = openpyxl.load_workbook(io.BytesIO(in_book(printout, "zh")))
    cells = {str(cell.value) for sheet in book for row in sheet.rows for cell in row}
    text, page = in_text(printout, "zh"), on_page(printout, "zh")
    marked = re.sub(r"\\([\\`*_{}\[\]<>#|~!])", r"\1", in_markdown(printout, "zh"))
    plain = page.replace("&lt;", "<").replace("&amp;", "&").replace("&#39;", "'").replace("&gt;", ">")
    for word in (word for section in made for word in words_of(section)):
        assert word in text and word in marked and word in plain
        assert word in cells or word == "没有行"
    assert "整个" not in text + marked + page


def test_a_row_of_markdown_holds_as_many_cells_as_its_heading() -> None:
    printout = Printout("题", same("头"), (), [TableSection(same("表"), COLUMNS, [("a|b\nc", 1, "")])])
    rows = [line for line in in_markdown(printout, "zh").splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1


def test_what_is_left_out_is_counted_where_room_is_short_only() -> None:
    rows = MadeRows(5, lambda number: (f"第{number}行", number, ""))
    table = TableSection(same("表"), COLUMNS, rows, shown=2, shown_in=LINES, more=lambda left: same(f"另有 {left} 行"))
    printout = Printout("题", same("头"), (), [table])
    assert "另有 3 行" in in_text(printout, "zh") and "第2行" not in in_text(printout, "zh")
    page = on_page(printout, "zh")
    assert "第4行" in page and "另有" not in page


def test_a_workbook_reckons_with_the_number_and_people_read_the_figure() -> None:
    table = TableSection(same("表"), COLUMNS, [("甲", Figure(same("98%"), 98), "")])
    printout = Printout("题", same("头"), (), [table])
    assert "98%" in in_text(printout, "zh")
    sheet = openpyxl.load_workbook(io.BytesIO(in_book(printout, "zh")))["表"]
    assert [cell.value for cell in list(sheet.rows)[-1]][:2] == ["甲", 98]


def test_what_is_a_sample_and_what_was_read_stand_wherever_the_answer_goes() -> None:
    """On a terminal the command itself says first what was read."""
    read = AccountOfReading([TakenFile("甲.csv", same("办件"), rows=3)])
    table = TableSection(same("表"), COLUMNS, [("甲", 1, "")])
    printout = Printout("题", same("头"), (), [table], fictional=True, reading=read)
    book = openpyxl.load_workbook(io.BytesIO(in_book(printout, "zh")))
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.rows for cell in row)
    for face in (cells, in_markdown(printout, "zh"), on_page(printout, "zh")):
        assert "样例（虚构）" in face and "甲.csv" in face


@given(sections(), st.booleans(), st.booleans())
def test_markdown_has_one_blank_line_between_its_parts(made: list[Section], lead: bool, untitled: bool) -> None:
    part = PartSection(same("一步"), [])
    lines = LinesSection([same("一行")], same("" if untitled else "几行"))
    marked = in_markdown(Printout("题", same("头"), [same("下一行")] if lead else (), [*made, part, lines, part]), "zh")
    assert "\n\n\n" not in marked
    assert marked == marked.strip()
