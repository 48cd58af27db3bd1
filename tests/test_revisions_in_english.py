"""What the commands on revisions say in English: the same as in Chinese, line by line, in sentences of its own."""

import re
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT

from banshi.cli import main

LINJIANG = ROOT / "examples/linjiang"
COMMANDS = {
    "diff": ("diff", "@2026-06-30", "@2027-01-01"),
    "markdown": ("diff", "@2026-06-30", "@2026-07-01", "--format", "markdown"),
    "impact": ("impact", "@2026-06-30", "@2026-07-01", "change/riverside.yaml"),
    "unnoticed": ("impact", "@2026-12-31", "@2027-01-01", "change/riverside.yaml"),
    "history": ("history", "linjiang/window-assessment", "--blame", "poor-ratings"),
    "told wrong": ("history", "linjiang/window-assessment", "--told-wrong"),
    "text": ("text", "linjiang/window-assessment", "--on", "2027-01-01"),
    "known": ("text", "linjiang/window-assessment", "--on", "2026-02-01", "--known-on", "2026-03-01"),
}
SAID = {
    "diff": "amount upper end changed from 30万元 to 50万元 (inclusive)",
    "markdown": "**What changed in the rules**: the law of",
    "impact": "2 of 7 cases are decided differently, 5 as before",
    "unnoticed": "no case notices these changes",
    "history": "texts in force (by the dates in the data):",
    "told wrong": "told wrong from 2025-12-31 to 2026-03-14, about matters since 2026-01-01",
    "text": "the text of 2027-01-01: in force from 2027-01-01 on",
    "known": "encoded wrongly then, corrected later: poor-ratings",
}
# Words of the frame in Chinese; names, statements and notes of the law stay as they are.
FRAME = re.compile(
    r"由.+改为|不再规定|增加：|结果改变|为止|的文本：自|修改它的文件|没有一件受到影响|的答复有误|^规定：|理解口径|原来 ·"
)


@pytest.mark.parametrize("name", COMMANDS)
def test_english_says_the_same_line_by_line(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(LINJIANG)
    statuses = [main([*COMMANDS[name], "--lang", lang]) for lang in ("zh", "en")]
    out = capsys.readouterr().out
    assert statuses[0] == statuses[1]
    lines = out.splitlines()
    zh, en = lines[: len(lines) // 2], lines[len(lines) // 2 :]
    assert len(zh) == len(en) and any(map(FRAME.search, zh))
    assert [line for line in en if FRAME.search(line)] == []
    assert any(SAID[name] in line for line in en)


FRAME_OF_PAGES = re.compile(r"原来|现在|改变|没有案例|为什么|依据的文件|跳到|往哪里去|结果|两边|早 \d|晚 \d|条款")


@pytest.mark.parametrize("name", ["diff", "impact", "unnoticed", "the same"])
def test_pages_and_workbooks_have_an_english_frame(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What stands in Chinese in the English page is what the law calls things: the frame says nothing in it."""
    monkeypatch.chdir(LINJIANG)
    words = COMMANDS.get(name, ("diff", "@2026-06-30", "@2026-06-30"))
    pages = {}
    for lang in ("zh", "en"):
        main([*words, "--format", "html", "--lang", lang])
        pages[lang] = re.sub(r"<style>.*?</style>", "", capsys.readouterr().out, flags=re.DOTALL)
    assert FRAME_OF_PAGES.search(pages["zh"])
    data = r"<svg.*?</svg>|<td.*?</td>|<th scope=.row.*?</th>|<li>.*?</li>|<h2>.*?</h2>"
    body = re.sub(data, "", pages["en"], flags=re.DOTALL)
    assert not re.search(r"[\u4e00-\u9fff]", body), re.findall(r".*[\u4e00-\u9fff].*", body)[:3]
    heads = re.findall(r'data-label="([^"]*)"|<th(?: scope="col")?>(.*?)</th>', pages["en"])
    assert not any(re.search(r"[\u4e00-\u9fff]", "".join(each)) for each in heads)
    assert re.search(r"[\u4e00-\u9fff]+ \d+ 天|（没有）", pages["en"]) is None
    assert pages["en"].count("<tr>") == pages["zh"].count("<tr>") and '<html lang="en">' in pages["en"]
    if words[0] == "impact":
        out = tmp_path / "o.xlsx"
        assert main([*words, "--format", "xlsx", "--lang", "en", "-o", str(out)]) == 0
        book = openpyxl.load_workbook(out)
        assert book.sheetnames[:2] == ["Impact", "Changes without a case"]
        heads = [
            cell
            for row in book["Impact"].iter_rows(values_only=True)
            for cell in row
            if cell in ("Before", "Now", "By")
        ]
        assert heads == ["Before", "Now", "By"]
