"""Ledgers as programs and people leave them: whatever happened to the sheet, the reported cell is the planted cell.

``MUTATED=10000`` tries as many; a few are tried always.
"""

import copy
import os
import random
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from conftest import ROOT
from test_change_tables import EXAMPLE, ledger, says_where, tables

from banshi.checking.checker import Checker

HOW_MANY = int(os.environ.get("MUTATED", "60"))
BATCH = 20
WHOLE = ledger(EXAMPLE)
SMALL = {**WHOLE, "changes": WHOLE["changes"][:4]}
# Of a form (or one of its rows) the value that is spoiled: sheet, heading, what is written, the rule, entry of the sheet.
FAULTS = [
    ("报批表", "金额·本次净额（元）", "1.00", "change/net-is-the-difference"),
    ("报批表", "变更类型", "没有这种", "input/row-unreadable"),
    ("报批表", "申报日期", "2012年13月1日", "input/row-unreadable"),
    ("报批表", "金额·累计净额（元，含本次）", "999.00", "change/cumulative-adds-up"),
    ("变更明细", "单价（元）", "", "change/same-item-price"),
    ("变更明细", "原数量", "一些", "input/row-unreadable"),
    ("会商与签章", "签署日期", "某日", "input/row-unreadable"),
    ("附件", "种类", "别的", "input/row-unreadable"),
]


def mutated(path: Path, chance: random.Random) -> tuple[str, int, int, str]:
    """A workbook with one fault, and where it stands now: sheet, row, column, rule."""
    sheets = copy.deepcopy(tables(SMALL))
    title, name, value, rule = chance.choice(FAULTS)
    rows = dict(sheets)[title]
    column = rows[0].index(name)
    first = str(SMALL["changes"][0]["number"])  # whose prices are judged; one that was taken back is not
    spoiled = [n for n in range(1, len(rows)) if rule != "change/same-item-price" or first in rows[n]]
    row = chance.choice(spoiled)
    rows[row][column] = value or f"{Decimal(rows[row][column]) + 1}"
    place = ("", 0, 0)
    chance.shuffle(sheets)
    hidden = chance.random() < 0.3
    with xlsxwriter.Workbook(path.as_posix(), {"strings_to_formulas": False, "constant_memory": False}) as book:
        for own, table in sheets:
            order = list(range(len(table[0])))
            if chance.random() < 0.6:
                chance.shuffle(order)
            top, left = chance.randrange(0, 5), chance.randrange(0, 3)
            title_row = top > 1 and chance.random() < 0.5
            sheet = book.add_worksheet(own)
            if title_row:
                sheet.merge_range(0, 0, 0, left + len(order), f"{own}（合并的标题）")
            gaps = 0
            for n, line in enumerate(table):
                gaps += n > 1 and chance.random() < 0.15  # a blank row in between
                for c, at in enumerate(order):
                    cell = str(line[at])
                    if n == 0:
                        cell = cell.replace("（", "(").replace("）", ")") if chance.random() < 0.3 else cell
                        cell = f" {cell}\n" if chance.random() < 0.2 else cell
                    if cell:
                        sheet.write_string(top + n + gaps, left + c, cell)
                    if own == title and n == row and at == column:
                        place = (own, top + n + gaps + 1, left + c + 1)
            if chance.random() < 0.3:
                sheet.write_string(top, left + len(order) + 1, "备注")
                sheet.write_string(top + 1, left + len(order) + 1, "随便写写")
            if hidden:
                sheet.set_row(top + 1, None, None, {"hidden": True})
                sheet.set_column(left, left, None, None, {"hidden": True})
    if chance.random() < 0.5:
        spoil_parts(path, chance)
    return (*place, rule)


def spoil_parts(path: Path, chance: random.Random) -> None:
    """What other programs write: a wrong dimension, no hints of spans, cells that do not say where they stand alone."""
    with zipfile.ZipFile(path) as made:
        parts: dict[str, bytes] = {name: made.read(name) for name in made.namelist()}
    for name in [each for each in parts if each.startswith("xl/worksheets/sheet")]:
        part = parts[name]
        if chance.random() < 0.7:
            part = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', part)
        if chance.random() < 0.5:
            part = re.sub(rb' spans="[^"]*"', b"", part)
        parts[name] = part
    if chance.random() < 0.5:
        as_wps(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)


def as_wps(parts: dict[str, bytes]) -> None:
    """As WPS writes: name spaces of its own, a blank sheetPr, rows with heights, pictures in cells, a part for them."""
    spaces = (
        b' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
        b' xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData">'
    )
    picture = rb'<c r="AZ\1" t="str"><f>_xlfn.DISPIMG("ID_0A1B2C3D",1)</f><v>=DISPIMG("ID_0A1B2C3D",1)</v></c></row>'
    for name in [each for each in parts if each.startswith("xl/worksheets/sheet")]:
        part = re.sub(
            rb"(<worksheet[^>]*)>(<sheetPr/>)?", lambda found: found[1] + spaces + b"<sheetPr/>", parts[name], count=1
        )
        part = re.sub(rb'(<row r="\d+"[^>]*?)>', rb'\1 ht="27" customHeight="1">', part)
        parts[name] = re.sub(rb'(?<=<row r=")(\d+)("[^>]*>.*?)</row>', rb"\1\2" + picture, part, count=1, flags=re.S)
    parts["xl/cellimages.xml"] = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<etc:cellImages'
        b' xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    )
    relation = (
        b'<Relationship Id="rId999" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", relation + b"</Relationships>"
    )
    kind = b'<Override PartName="/xl/cellimages.xml" ContentType="application/vnd.wps-officedocument.cellimage+xml"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind)


@pytest.mark.parametrize("batch", range(max(1, HOW_MANY // BATCH)))
def test_the_reported_cell_is_the_planted_cell(batch: int, tmp_path: Path) -> None:
    checker: Any = Checker(ROOT)
    for n in range(BATCH):
        chance = random.Random(batch * BATCH + n)
        path = tmp_path / f"{n}.xlsx"
        sheet, line, column, rule = mutated(path, chance)
        found = [f for f in checker.check([path]).findings if f.rule == rule]
        places = [(f.sheet, f.line, f.column) for f in found]
        assert (sheet, line, column) in places, (batch * BATCH + n, rule, (sheet, line, column), places)
        if rule.startswith("change/"):
            says_where(found[0])
