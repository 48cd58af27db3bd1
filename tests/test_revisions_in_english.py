"""What the commands on revisions say in English: the same as in Chinese, line by line, in sentences of its own."""

import re

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
