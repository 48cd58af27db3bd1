"""Change filings in tables: judged like the same in YAML, and every finding names its sheet, its cell and its label."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from conftest import ROOT, banshi

from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files.blanks import drop_blanks
from banshi.files.findings import Finding
from banshi.files.kinds import KINDS
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.files.shape import Shapes
from banshi.files.tables.entries import Names
from banshi.files.tables.grids import letters
from banshi.files.tables.listings import Listing
from banshi.files.tables.rows_of import Rows, tables_with
from banshi.law.library import Library
from banshi.subjects.change.law_words import names_in
from banshi.subjects.change.table_kinds import own_tables

SHAPES = Shapes([ROOT / "schemas"])
KNOWN = own_tables(SHAPES)
NAMES: Names = {("changes", *way): table for way, table in names_in(Library([ROOT / "policies"]), "luzhou").items()}
EXAMPLE = ROOT / "examples/change/binhe-road"
FAULTY = ROOT / "tests/cases/change/binhe-road-faulty"
LEDGERS = sorted(
    p for p in (ROOT / "tests/cases/change").glob("*.yaml") if "\nkind: ledger" in f"\n{p.read_text('utf-8')}"
)
KEYS = re.compile(r"(?<![\w./-])[a-z]+_[a-z_]+(?![\w./-])|\b[a-z]+: ")


def data_of(path: Path) -> Any:
    document = read(path).document
    assert document is not None
    return drop_blanks(document.data)


def ledger(folder: Path) -> dict[str, Any]:
    changes = [data_of(path) for path in sorted((folder / "changes").rglob("*.yaml"))]
    return {"kind": "ledger", "project": data_of(folder / "project.yaml"), "changes": changes}


def tables(*ledgers: dict[str, Any]) -> list[tuple[str, Rows]]:
    return [(listing.title, rows) for listing, rows in tables_with(ledgers, KNOWN, NAMES)]


def book(path: Path, sheets: list[tuple[str, Rows]], top: int = 0) -> Path:
    with xlsxwriter.Workbook(path.as_posix(), {"strings_to_formulas": False, "strings_to_urls": False}) as made:
        for title, rows in sheets:
            sheet = made.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number + top, column, str(cell)) if cell != "" else None
    return path


def check(*paths: Path) -> Report:
    return Checker(ROOT).check(list(paths))


def rules(report: Report) -> list[str]:
    return sorted(f.rule for f in report.findings if f.rule not in ("input/incomplete-project", "input/not-judged"))


def test_the_example_in_a_workbook_has_no_findings(tmp_path: Path) -> None:
    report = check(book(tmp_path / "台账.xlsx", tables(ledger(EXAMPLE))))
    assert list(report.findings) == []
    assert report.files == 1


DIFFERENT = ("date-that-does-not-exist", "misspelt-key")  # a cell is refused where it is read, and a table has no keys


@pytest.mark.parametrize("path", [*(p for p in LEDGERS if p.stem not in DIFFERENT), FAULTY], ids=lambda path: path.stem)
def test_a_workbook_is_judged_like_the_same_in_yaml(path: Path, tmp_path: Path) -> None:
    own = ledger(path) if path.is_dir() else data_of(path)
    told = check(book(tmp_path / "台账.xlsx", tables(own)))
    own_rules = [
        rule for rule in rules(check(path)) if rule != "change/project-id-matches"
    ]  # the sheet has one project
    assert rules(told) == own_rules
    for finding in told.findings:
        says_where(finding)


def says_where(finding: Finding) -> None:
    assert finding.sheet
    cell = f"{letters(finding.column - 1)}{finding.line}"
    assert finding.message.zh.startswith(f"工作表“{finding.sheet}”{cell}")
    for said in (finding.message.zh, finding.fix.zh):
        assert [each for each in KEYS.findall(said) if each not in finding.source_line] == [], said


Plant = Callable[[dict[str, Any]], None]


def amount_off(data: dict[str, Any]) -> None:
    data["changes"][1]["amounts"]["net"] = "1"


def wrong_tier(data: dict[str, Any]) -> None:
    data["changes"][3]["tier"] = "consultation"


def price_off(data: dict[str, Any]) -> None:
    data["changes"][0]["items"][1]["unit_price"] = "93.00"


def late(data: dict[str, Any]) -> None:
    data["changes"][1]["opinions"][0]["decided_on"] = "2013-03-30"


@pytest.mark.parametrize(
    ("plant", "title", "heading", "row", "rule"),
    [
        (amount_off, "报批表", "金额·本次净额（元）", 2, "change/net-is-the-difference"),
        (wrong_tier, "报批表", "申报档次", 4, "change/tier-matches-amount"),
        (price_off, "变更明细", "单价（元）", 2, "change/same-item-price"),
        (late, "各环节意见", "办结日", 1, "change/decided-in-time"),
    ],
)
@pytest.mark.parametrize("top", [0, 3])
def test_the_reported_cell_is_the_planted_cell(
    plant: Plant, title: str, heading: str, row: int, rule: str, top: int, tmp_path: Path
) -> None:
    data = ledger(EXAMPLE)
    plant(data)
    sheets = tables(data)
    column = dict(sheets)[title][0].index(heading)
    report = check(book(tmp_path / "台账.xlsx", sheets, top))
    found = next(f for f in report.findings if f.rule == rule)
    assert (found.sheet, found.line, found.column) == (title, row + 1 + top, column + 1)
    says_where(found)


def plain_ledger(sheets: list[tuple[str, Rows]], unit: str = "") -> Rows:
    """A row a form, as clerks keep it: the columns of the project behind, amounts in a unit."""
    rows = dict(sheets)
    project, changes = rows["项目"], rows["报批表"]
    wanted = [
        "项目名称",
        "辖区",
        "项目层级",
        "中标合同·中标价（元）",
        "中标合同·中标价是否含暂列金",
        "中标合同·其中暂列金（元）",
        "中标合同·原财政评审价（元）",
    ]
    theirs = [project[0].index(name) for name in wanted]
    own = [
        "编号",
        "序次",
        "申报日期",
        "变更类型",
        "变更原因",
        "金额·本次增加合计（元）",
        "金额·本次减少合计（元）",
        "金额·本次净额（元）",
        "金额·以前累计净额（元，不含本次）",
        "金额·累计净额（元，含本次）",
        "申报档次",
        "状态",
    ]
    ours = [changes[0].index(name) for name in own]
    head = [
        "编号",
        "序次",
        "申报日期",
        "变更类型",
        "变更原因",
        "本次增加",
        "本次减少",
        "本次净额",
        "以前累计",
        "累计净额",
        "审批档次",
        "状态",
    ]
    names = [
        "项目名称",
        "辖区",
        "项目层级",
        "中标价（元）",
        "中标价是否含暂列金",
        "其中暂列金（元）",
        "原财政评审价（元）",
    ]
    return [[*head, *names], *([*(row[n] for n in ours), *(project[1][n] for n in theirs)] for row in changes[1:])]


def test_a_plain_ledger_is_judged_as_far_as_it_says(tmp_path: Path) -> None:
    data = ledger(EXAMPLE)
    rows = plain_ledger(tables(data))
    report = check(book(tmp_path / "a.xlsx", [("变更台账", rows)]))
    assert rules(report) == ["input/not-stated"]
    said = report.findings[0].message.zh
    assert "变更明细" in said
    assert "change/totals-match-rows" in said or "条规则没有查" in said
    data["changes"][3]["tier"] = "consultation"
    report = check(book(tmp_path / "b.xlsx", [("变更台账", plain_ledger(tables(data)))]))
    found = next(f for f in report.findings if f.rule == "change/tier-matches-amount")
    assert (found.line, found.column) == (5, 11)


def test_any_order_of_columns_and_units_of_headings(tmp_path: Path) -> None:
    rows = plain_ledger(tables(ledger(EXAMPLE)))
    for at in (5, 6, 7, 8, 9, 15, 17, 18):
        rows[0][at] = rows[0][at].replace("（元）", "") + "（万元）"
        for row in rows[1:]:
            row[at] = (
                str(openpyxl.utils.cell.get_column_letter and round(float(row[at]) / 10_000, 6)) if row[at] else ""
            )
    turned = [list(reversed(row)) for row in rows]
    report = check(book(tmp_path / "a.xlsx", [("变更台账", [["2011—2013年变更台账"], *turned])]))
    assert rules(report) == ["input/not-stated"]


def test_a_unit_above_the_table_holds_for_its_amounts(tmp_path: Path) -> None:
    data = ledger(EXAMPLE)
    rows = plain_ledger(tables(data))
    for at in (5, 6, 7, 8, 9, 15, 17, 18):
        rows[0][at] = rows[0][at].replace("（元）", "")
        for row in rows[1:]:
            row[at] = str(round(float(row[at]) / 10_000, 6)) if row[at] else ""
    report = check(book(tmp_path / "a.xlsx", [("变更台账", [["单位：万元"], *rows])]))
    assert rules(report) == ["input/not-stated"]


AMOUNTS = (5, 6, 7, 8, 9, 15, 17, 18)  # columns of a plain ledger


@pytest.mark.parametrize(
    "top",
    [
        "货币单位：万元",
        "金额单位为万元",
        "表中金额以万元为单位",
        "币种：人民币，单位：万元",
        "2011—2013年变更台账（单位：万元）",
        "2011—2013年变更台账 单位: 万元",
        "填报单位：某局    单位：万元",
        "金额（万元）",
    ],
)
def test_a_unit_above_the_table_is_read_however_it_is_put(top: str, tmp_path: Path) -> None:
    rows = plain_ledger(tables(ledger(EXAMPLE)))
    for at in AMOUNTS:
        rows[0][at] = rows[0][at].replace("（元）", "")
        for row in rows[1:]:
            row[at] = str(round(float(row[at]) / 10_000, 6)) if row[at] else ""
    report = check(book(tmp_path / "a.xlsx", [("变更台账", [[top], *rows])]))
    assert rules(report) == ["input/not-stated"]


@pytest.mark.parametrize("top", ["单位：美元", "金额单位：港币", "变更台账（单位：万美元）"])
def test_amounts_of_a_table_in_other_money_are_refused(top: str, tmp_path: Path) -> None:
    rows = plain_ledger(tables(ledger(EXAMPLE)))
    for at in AMOUNTS:
        rows[0][at] = rows[0][at].replace("（元）", "")
    report = check(book(tmp_path / "a.xlsx", [("变更台账", [[top], *rows])]))
    told = [f for f in report.findings if f.rule == "input/row-unreadable"]
    assert len(told) >= len(rows) - 1
    assert all("只认人民币" in f.message.zh for f in told)


@pytest.mark.parametrize("unit", ["美元", "港币", "USD", "万美元", "英镑"])
def test_a_column_in_other_money_is_refused(unit: str, tmp_path: Path) -> None:
    rows = plain_ledger(tables(ledger(EXAMPLE)))
    rows[0][7] = f"本次净额（{unit}）"
    report = check(book(tmp_path / "a.xlsx", [("变更台账", rows)]))
    told = [f for f in report.findings if f.rule == "input/row-unreadable"]
    assert [f.column for f in told] == [8] * (len(rows) - 1)


def test_a_ledger_without_rows_of_items_has_its_net_checked(tmp_path: Path) -> None:
    rows = plain_ledger(tables(ledger(EXAMPLE)))
    rows[2][7] = str(float(rows[2][7]) + 5000)
    found = check(book(tmp_path / "a.xlsx", [("变更台账", rows)])).findings
    told = next(f for f in found if f.rule == "change/net-is-the-difference")
    assert (told.line, told.column) == (3, 8)


def test_forms_of_one_number_have_the_least_tier_alone(tmp_path: Path) -> None:
    """Which of them came first is not known: without the other, the sum of each would be too small."""
    rows = plain_ledger(tables(ledger(EXAMPLE)))
    rows[2][1] = rows[1][1]
    said = banshi("tier", str(book(tmp_path / "a.xlsx", [("变更台账", rows)])))
    for number in (rows[1][0], rows[2][0]):
        line = next(line for line in said.stdout.splitlines() if line.startswith(number))
        assert "至少" in line or "不能判定" in line
    assert f"另有报批表也写第 {rows[1][1]} 次" in said.stdout


def test_a_yes_and_a_no_of_one_project_are_shown_in_words(tmp_path: Path) -> None:
    rows = plain_ledger(tables(ledger(EXAMPLE)))
    rows[2][16] = "否"
    found = check(book(tmp_path / "a.xlsx", [("变更台账", rows)])).findings
    told = [f.message for f in found if f.rule == "input/stated-twice"]
    assert told
    assert "写的是 是" in told[0].zh and "写的是 否" in told[0].zh
    assert "says yes, here no" in told[0].en


def test_several_projects_in_one_workbook(tmp_path: Path) -> None:
    one, other = ledger(EXAMPLE), ledger(EXAMPLE)
    other["project"] = {**other["project"], "id": "other", "name": "另一个项目"}
    for change in other["changes"]:
        change["project"] = "other"
    other["changes"][3]["tier"] = "consultation"
    sheets = tables(one, other)
    report = check(book(tmp_path / "a.xlsx", sheets))
    found = [f for f in report.findings if f.rule == "change/tier-matches-amount"]
    assert [f.line for f in found] == [1 + len(one["changes"]) + 4]


def test_a_cell_that_cannot_be_read_is_named_and_its_form_not_judged(tmp_path: Path) -> None:
    sheets = tables(ledger(EXAMPLE))
    rows = dict(sheets)["报批表"]
    at = rows[0].index("申报日期")
    rows[2][at] = "某日"
    report = check(book(tmp_path / "a.xlsx", sheets))
    found = next(f for f in report.findings if f.rule == "input/row-unreadable")
    assert (found.sheet, found.line, found.column) == ("报批表", 3, at + 1)
    assert "申报日期" in found.message.zh
    assert any(f.rule == "input/incomplete-project" for f in report.findings)


def test_a_row_of_no_form_leaves_the_project_unjudged(tmp_path: Path) -> None:
    sheets = tables(ledger(EXAMPLE))
    rows = dict(sheets)["变更明细"]
    rows[1][1] = "没有这份"
    report = check(book(tmp_path / "a.xlsx", sheets))
    assert {"input/row-unreadable", "input/not-judged"} <= {f.rule for f in report.findings}
    assert "没有这份" in next(f.message.zh for f in report.findings if f.rule == "input/row-unreadable")


def test_a_plain_ledger_in_csv(tmp_path: Path) -> None:
    rows = plain_ledger(tables(ledger(EXAMPLE)))
    rows[4][10] = "三方会商"
    path = tmp_path / "台账.csv"
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")
    found = next(f for f in check(path).findings if f.rule == "change/tier-matches-amount")
    assert found.line == 5
    assert found.source_line[found.column - 1 : found.end_column - 1].strip('"') == "三方会商"


def form(data: dict[str, Any], number: int) -> Rows:
    """One form as a sheet: a title, labels with values two a row, a table under each title of a list."""
    single = {"kind": "ledger", "project": data["project"], "changes": [data["changes"][number]]}
    sheets = dict(tables(single))
    rows: Rows = [["工程变更报批表"]]
    for title in ("项目", "报批表"):
        groups: dict[str, list[tuple[str, str]]] = {}
        for name, value in zip(*sheets[title][:2], strict=True):
            group, _, own = name.rpartition("·")
            if own != "是否虚构" and (own, title) != ("项目标识", "报批表"):
                groups.setdefault(group, []).append((own, value))
        for group, pairs in groups.items():
            rows += [[group]] if group else []
            for n in range(0, len(pairs), 2):
                rows.append([cell for pair in pairs[n : n + 2] for cell in pair])
    for title, table in sheets.items():
        if title not in ("项目", "报批表"):
            skip = sum(name in ("项目标识", "报批表编号") for name in table[0])
            rows += [[], [title], *([str(cell) for cell in row[skip:]] for row in table)]
    return rows


def test_one_form_a_sheet_is_judged_like_the_form(tmp_path: Path) -> None:
    data = ledger(EXAMPLE)
    sheets = [(f"第{n + 1}次", form(data, n)) for n in range(len(data["changes"]))]
    report = check(book(tmp_path / "报批表.xlsx", sheets))
    assert list(report.findings) == []


@pytest.mark.parametrize(
    ("plant", "label", "rule"),
    [
        (wrong_tier, "申报档次", "change/tier-matches-amount"),
        (lambda data: data["changes"][3]["amounts"].update(net="1"), "本次净额（元）", "change/net-is-the-difference"),
        (lambda data: data["changes"][3].pop("reason"), "变更原因", "shape/missing-key"),
        (lambda data: data["changes"][3].update(filed_on="某日"), "申报日期", "input/row-unreadable"),
    ],
)
def test_the_cell_of_a_form_is_the_planted_cell(plant: Plant, label: str, rule: str, tmp_path: Path) -> None:
    data = ledger(EXAMPLE)
    plant(data)
    sheets = [(f"第{n + 1}次", form(data, n)) for n in range(len(data["changes"]))]
    report = check(book(tmp_path / "报批表.xlsx", sheets))
    found = next(f for f in report.findings if f.rule == rule)
    row, column = next((r, c) for r, row in enumerate(sheets[3][1]) for c, cell in enumerate(row) if cell == label)
    assert (found.sheet, found.line, found.column) == ("第4次", row + 1, column + 2)
    says_where(found)


def test_an_unknown_label_of_a_form_is_told(tmp_path: Path) -> None:
    data = ledger(EXAMPLE)
    rows = form(data, 0)
    rows.insert(3, ["不知道的栏", "写了内容"])
    report = check(book(tmp_path / "a.xlsx", [("第1次", rows)]))
    found = next(f for f in report.findings if f.rule == "input/column-unused")
    assert "不知道的栏" in found.message.zh
    assert (found.line, found.column) == (4, 1)


@pytest.mark.parametrize("hostile", ["=cmd|' /C calc'!A0", "\u202e变", "x" * 30_000, "{{7*7}}", "<script>"])
def test_hostile_cells_are_told_and_nothing_fails(hostile: str, tmp_path: Path) -> None:
    sheets = tables(ledger(EXAMPLE))
    for title in ("报批表", "变更明细"):
        rows = dict(sheets)[title]
        for at in range(len(rows[0])):
            rows[2][at] = hostile
    report = check(book(tmp_path / "a.xlsx", sheets))
    assert not report.failed
    assert report.findings


def test_the_tables_are_those_of_the_kind() -> None:
    assert KINDS["ledger"].load_table
    assert [listing.title for listing in KNOWN][:4] == ["项目", "其他参建单位", "投标报价清单", "报批表"]
    assert isinstance(KNOWN[0], Listing)


def test_a_command_that_needs_more_than_a_ledger_states_says_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book(tmp_path / "a.xlsx", [("变更台账", plain_ledger(tables(ledger(EXAMPLE))))])
    assert main(["tier", str(path)]) == 0
    capsys.readouterr()
    assert main(["due", str(path)]) == 2
    told = capsys.readouterr().err
    assert "各环节意见" in told
    assert "内部错误" not in told


@pytest.mark.parametrize(("sheet", "held"), [("变更明细", True), ("报批表", True), ("通讯录", False)])
def test_a_hidden_sheet_of_forms_or_rows_leaves_the_project_open(sheet: str, held: bool, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    assert banshi("convert", str(EXAMPLE), str(path)).returncode == 0
    book = openpyxl.load_workbook(path)
    forms = book["报批表"]
    if sheet == "报批表":  # some of the forms, on a sheet of their own
        rest = book.create_sheet("一")
        for row in ([cell.value for cell in forms[n]] for n in (1, *range(8, forms.max_row + 1))):
            rest.append(row)
        forms.delete_rows(8, forms.max_row)
        rest.sheet_state = "hidden"
    else:
        book[sheet if held else book.create_sheet(sheet).title].sheet_state = "hidden"
        if not held:
            book[sheet].append(["姓名", "电话"])
    book.save(path)
    found = Checker(ROOT).check([path]).findings
    aside = [f for f in found if f.rule == "input/left-aside"]
    assert [f.severity for f in aside] == (["error"] if held else ["note"])
    assert ("input/not-judged" in {f.rule for f in found}) is held
    assert banshi("tier", str(path)).returncode == int(held)


@pytest.mark.parametrize("top", [0, 2])
@pytest.mark.parametrize("lost", ["编号", "序次", "申报日期"])
def test_headings_of_a_ledger_that_lack_one_are_not_a_form(lost: str, top: int, tmp_path: Path) -> None:
    head, *rows = plain_ledger(tables(ledger(EXAMPLE)))
    named = ["序号" if name == lost else name for name in head]
    (found,) = check(book(tmp_path / "a.xlsx", [("变更台账", [named, *rows])], top)).findings
    assert (found.rule, found.sheet, found.line) == ("input/column-missing", "变更台账", 1 + top)
    assert f"缺少“{lost}”" in found.message.zh


def without_place(rows: Rows) -> Rows:
    at = rows[0].index("辖区")
    return [[cell for n, cell in enumerate(row) if n != at] for row in rows]


def test_a_ledger_that_does_not_say_of_which_place_it_is_is_the_centres_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = plain_ledger(tables(ledger(EXAMPLE)))
    whole, other = (
        check(book(tmp_path / f"{n}.xlsx", [("变更台账", own)])).findings
        for n, own in enumerate((rows, without_place(rows)))
    )
    (note,) = [f for f in other if f.rule == "input/place-supposed"]
    assert "luzhou" in note.message.zh and note.severity.value == "note"
    assert [(f.rule, f.line) for f in other if f is not note] == [(f.rule, f.line) for f in whole]
    folder = tmp_path / "linjiang"
    (folder / "changes").mkdir(parents=True)
    text = (ROOT / "examples/change/binhe-road/project.yaml").read_text(encoding="utf-8")
    (folder / "project.yaml").write_text(
        text.replace("jurisdiction: luzhou", "jurisdiction: linjiang"), encoding="utf-8"
    )
    after = Checker(ROOT).check([folder, tmp_path / "1.xlsx"]).findings
    assert [f.message.zh for f in after if f.rule == "input/place-supposed"] == [note.message.zh]
    monkeypatch.chdir(tmp_path)
    nobody = Checker(tmp_path).check([tmp_path / "1.xlsx"]).findings
    assert any(f.rule == "input/not-stated" and "辖区" in f.message.zh for f in nobody)


def test_a_cell_that_nobody_can_read_is_called_by_its_label(tmp_path: Path) -> None:
    """What rules left out for it is told without a key, nor as if the table had no such column."""
    sheets = tables(ledger(EXAMPLE))
    rows = dict(sheets)["变更明细"]
    rows[2][rows[0].index("单价（元）")] = "很多"
    report = Checker(ROOT).check([book(tmp_path / "a.xlsx", sheets)])
    (said,) = [f.message.zh for f in report.findings if f.rule == "input/not-stated"]
    assert "单价（元）" in said and "格里写的读不出" in said and "unit_price" not in said
