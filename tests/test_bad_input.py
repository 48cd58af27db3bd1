"""Bad input: each a located message in Chinese, nothing else lost, no traceback."""

import io
import json
import os
from pathlib import Path

import pytest
from conftest import ROOT, banshi, banshi_process

from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files.builtin import BUILTIN
from banshi.files.report import Report

FORM = (ROOT / "validators/change/_example.yaml").read_text(encoding="utf-8")


def bomb() -> str:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "kind: change\n" + "\n".join(rows)


def merge_bomb() -> str:
    rows = ["a0: &a0 {k0: 1}"] + [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}" for n in range(1, 30)]
    return "kind: change\n" + "\n".join(rows)


# name, bytes of the file, rule, line, column (None: not fixed)
FILES = {
    "gbk": ("kind: change\nreason: 土质不符\n".encode("gbk"), "input/not-utf8", 2, 9),
    "gb18030": ("kind: change\n# 变更㐀\n".encode("gb18030"), "input/not-utf8", 2, 3),
    "utf16": ("kind: change\n".encode("utf-16"), "input/not-utf8", 1, 1),
    "bom": (b"\xef\xbb\xbfkind: ledger\n", "input/byte-order-mark", 1, 1),
    "tab": (b"kind: ledger\nproject:\n\tid: x\n", "input/tab", 3, 1),
    "duplicate": (b"kind: ledger\nkind: change\n", "input/duplicate-key", 2, 1),
    "several": (b"kind: ledger\n---\nkind: ledger\n", "input/several-documents", 2, 1),
    "alias-bomb": (bomb().encode(), "input/alias-expansion", None, None),
    "merge-bomb": (merge_bomb().encode(), "input/merge-key", 3, None),
    "nested": (b"kind: " + b"[" * 100_000, "input/too-deep", 1, None),
    "nested-maps": (b"{a: " * 100_000, "input/too-deep", 1, None),
    "self": (b"kind: ledger\nproject: &p\n  id: *p\n", "input/self-reference", 3, 7),
    "unclosed": (b'kind: "ledger\n', "input/syntax", 1, 14),
    "tag": (b"kind: !!python/name:os.system x\n", "input/tag", 1, 7),
    "empty": (b"", "input/empty", 1, 1),
    "comment": (b"# nothing\n", "input/empty", 1, 1),
    "control": (b"kind: led\x00ger\n", "input/syntax", 1, 10),
    "bell": (b"kind: ledger\nreason: \x07\n", "input/syntax", 2, 9),
    "no-kind": (b"id: x\n", "shape/missing-kind", 1, 1),
    "unknown-kind": (b"kind: chnage\n", "shape/unknown-kind", 1, 7),
    "list": (b"- kind: change\n", "shape/wrong-type", 1, 1),
    "scalar": (b"change\n", "shape/wrong-type", 1, 1),
    "alone": (b"kind: change\n", "shape/missing-key", None, None),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_located_and_the_others_are_checked(name: str, tmp_path: Path) -> None:
    raw, rule, line, column = FILES[name]
    (tmp_path / "坏 文件.yaml").write_bytes(raw)
    (tmp_path / "好.yaml").write_text(FORM.replace("tier: finance", "tier: consultation"), encoding="utf-8")
    report = Checker(ROOT).check([tmp_path])
    found = next(f for f in report.findings if f.rule == rule)
    assert found.path.endswith("坏 文件.yaml")
    assert line is None or found.line == line
    assert column is None or found.column == column
    assert any("\u4e00" <= c <= "\u9fff" for c in found.message.zh)
    assert rule in BUILTIN
    assert [f.rule for f in report.findings if f.path.endswith("好.yaml")] == ["change/tier-matches-amount"]


def test_the_encoding_is_named_with_the_way_to_save_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("kind: change\nreason: 土质不符\n".encode("gbk"))
    done = banshi("check", str(tmp_path))
    assert done.returncode == 1
    assert "GBK/GB18030" in done.stdout
    assert "另存为" in done.stdout
    assert done.stderr == ""


def test_fifty_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with open(path, "wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    report = Checker(ROOT).check([path])
    assert [f.rule for f in report.findings] == ["input/too-large"]


# What stands in the form, the value put in its place, the rule, and words that the message must hold.
VALUES = [
    ("bid_price: 5000000.00", "bid_price: 12:30", "shape/wrong-value", "时刻"),
    ("bid_price: 5000000.00", "bid_price: no", "shape/wrong-value", "不是数"),
    ("bid_price: 5000000.00", "bid_price: 0123", "shape/wrong-value", "开头多了零"),
    ("bid_price: 5000000.00", "bid_price: 1e3", "shape/wrong-value", "科学计数法"),
    ("bid_price: 5000000.00", "bid_price: .nan", "shape/wrong-value", "不是一个数"),
    ("bid_price: 5000000.00", "bid_price: -.inf", "shape/wrong-value", "不是一个数"),
    ("bid_price: 5000000.00", "bid_price: -5", "shape/wrong-value", "负数"),
    ("bid_price: 5000000.00", "bid_price: '-5.10'", "shape/wrong-value", "负数"),
    ("bid_price: 5000000.00", "bid_price: 5.001", "shape/wrong-value", "两位"),
    ("bid_price: 5000000.00", "bid_price: 99999999999999", "shape/wrong-value", "过大"),
    ("bid_price: 5000000.00", "bid_price: true", "shape/wrong-type", "true"),
    ("bid_price: 5000000.00", "bid_price: [1]", "shape/wrong-type", "一个值"),
    ("filed_on: 2012-03-05", "filed_on: 2012-02-30", "shape/wrong-value", "没有这一天"),
    ("bid_price: 5000000.00", "bid_price: ５０，０", "shape/wrong-value", "全角"),
    ("bid_price: 5000000.00", "bid_price: 1万5千元", "shape/wrong-value", "单位"),
    ("filed_on: 2012-03-05", "filed_on: 2012.3", "shape/wrong-value", "日期"),
    ("is_major: false", "is_major: 大概", "shape/wrong-type", "true"),
    ("sequence: 1", "sequence: 甲", "shape/wrong-type", "整数"),
    ("level: city", "level: 省级", "shape/not-listed", "省级"),
    ("sources: [fiscal]", "sources: 省级", "shape/wrong-type", "列表"),
    ("sequence: 1", "sequence: 0", "shape/wrong-value", "小于"),
    ("reason: 地下水位高于勘察结果，增加土方开挖。", "reason:", "shape/missing-key", "没有填写"),
    ("reason: 地下水位高于勘察结果，增加土方开挖。", "raeson: x", "shape/unknown-key", "raeson"),
    ("cause: objective", "cause: objectiv", "change/words-are-declared", "objectiv"),
]


@pytest.mark.parametrize(("stands", "written", "rule", "words"), VALUES, ids=[v[1] for v in VALUES])
def test_a_bad_value_is_pointed_at_and_explained(
    stands: str, written: str, rule: str, words: str, tmp_path: Path
) -> None:
    assert stands in FORM
    path = tmp_path / "a.yaml"
    path.write_text(FORM.replace(stands, written, 1), encoding="utf-8")
    report = Checker(ROOT).check([path])
    key = written.split(":", maxsplit=1)[0]
    line = next(n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if f"{key}:" in text)
    found = next(f for f in report.findings if f.rule == rule)
    assert words in found.message.zh
    assert found.line == line
    assert key in found.source_line
    assert found.fix.zh
    assert found.fix.en


@pytest.mark.parametrize(
    "name",
    [
        "change/binhe-road/project.yaml",
        "linjiang/change/riverside.yaml",
        "attendance/2009-10/register.yaml",
        "assessment/2012-Q1.yaml",
        "cases/city/办件登记.yaml",
        "parallel/registration/catalogue.yaml",
        "linjiang/forms/调班.yaml",
        "linjiang/tests/case-targets.yaml",
    ],
)
def test_a_kind_that_is_written_twice_is_no_failure_of_the_tool(name: str, tmp_path: Path) -> None:
    text = (ROOT / "examples" / name).read_text(encoding="utf-8")
    kind = next(line for line in text.splitlines() if line.startswith("kind:"))
    for other in (kind, "kind: guide"):
        path = tmp_path / Path(name).name
        path.write_text(f"{text}\n{other}\n", encoding="utf-8")
        report = Checker(ROOT).check([path])
        assert not report.failed
        rules = {finding.rule for finding in report.findings}
        assert {"input/duplicate-key", "input/not-judged"} <= rules, rules


def test_an_unknown_key_comes_with_a_suggestion(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(FORM.replace("supervisor:", "superviser:", 1), encoding="utf-8")
    found = {f.rule: f for f in Checker(ROOT).check([path]).findings}
    assert "supervisor" in found["shape/unknown-key"].fix.zh
    assert "shape/missing-key" not in found, "one fault is one finding"


def test_what_looks_like_something_else_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        FORM.replace("reason: 地下水位高于勘察结果，增加土方开挖。", "reason: no").replace(
            "number: 变-2012-样例-001", "number: 0123"
        ),
        encoding="utf-8",
    )
    assert Checker(ROOT).check([path]).findings == []


def check_folder(folder: Path) -> Report:
    return Checker(ROOT).check([folder])


def test_a_folder_without_a_project(sound_project: Path) -> None:
    (sound_project / "project.yaml").unlink()
    assert [f.rule for f in check_folder(sound_project).findings] == ["input/no-project"]


def test_a_form_outside_any_project(tmp_path: Path, sound_project: Path) -> None:
    lonely = tmp_path / "001.yaml"
    lonely.write_bytes((sound_project / "changes/001.yaml").read_bytes())
    assert [f.rule for f in Checker(ROOT).check([lonely]).findings] == ["input/no-project"]


def test_a_wrong_kind_in_its_place(sound_project: Path) -> None:
    (sound_project / "changes/001.yaml").write_bytes((sound_project / "project.yaml").read_bytes())
    assert {f.rule for f in check_folder(sound_project).findings} == {"shape/wrong-kind", "input/incomplete-project"}


def test_an_empty_folder(tmp_path: Path) -> None:
    assert [f.rule for f in check_folder(tmp_path).findings] == ["input/nothing-to-check"]


def test_links_in_circles(sound_project: Path) -> None:
    (sound_project / "again").symlink_to(sound_project, target_is_directory=True)
    (sound_project / "loop.yaml").symlink_to(sound_project / "loop.yaml")
    rules = sorted(f.rule for f in check_folder(sound_project.parent).findings)
    assert rules == ["input/unreadable", "input/unreadable"]


def test_a_broken_link_and_a_pipe(sound_project: Path) -> None:
    (sound_project / "changes/002.yaml").symlink_to(sound_project / "nowhere.yaml")
    os.mkfifo(sound_project / "changes/003.yaml")
    found = check_folder(sound_project).findings
    assert sorted(f.rule for f in found) == ["input/incomplete-project", "input/unreadable", "input/unreadable"]


def test_a_missing_path_is_exit_2_and_the_others_are_checked(sound_project: Path) -> None:
    done = banshi("check", str(sound_project / "nothing"), str(sound_project), "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert [f["rule"] for f in report["findings"]] == ["input/unreadable"]
    assert report["summary"]["files"] == 2


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["check", "--nonsense"],
        ["check", "--as-of", "2012-13-01"],
        ["check", "--format", "xml"],
        ["explain", "change/nonsense"],
        ["tier"],
        ["tier", "--bid-price", "1,000", "--net", "1"],
        ["tier", "--bid-price", "NaN", "--net", "1"],
        ["tier", "--bid-price", "0", "--net", "1"],
        ["tier", "--bid-price", "-5", "--net", "1"],
        ["tier", "--bid-price", "500", "--net", "5", "--provisional-sum", "-1"],
        ["tier", "--bid-price", "500", "--net", "5", "--increase", "4"],
        ["tier", "--bid-price", "500", "--net", "5", "--increase", "9", "--decrease", "5"],
        ["tier", "--bid-price", "500", "--net", "5", "--decrease", "-1"],
        ["tier", "--bid-price", "500", "--net", "5", "--cumulative", "9", "--cumulative-increase", "8"],
        ["tier", "--bid-price", "500", "--net", "5", "--cumulative", "9", "--cumulative-decrease", "-1"],
        ["tier", "examples", "--net", "5"],
        ["tier", "examples", "--provisional-sum", "0"],
        ["tier", "examples", "--jurisdiction", "luzhou"],
        ["due", "--step", "nonsense", "--complete", "2012-01-04"],
        ["due", "examples", "--step", "finance_approval"],
        ["due", "examples", "--major"],
        ["due", "--publicity", "2012-03-05", "--step", "finance_approval"],
        [],
    ],
    ids=" ".join,
)
def test_a_bad_option_is_one_plain_line_and_exit_2(words: list[str]) -> None:
    done = banshi(*words)
    assert done.returncode == 2
    assert done.stderr.startswith("banshi: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "figures",
    [["--net", "80000"], ["--net", "5", "--cumulative", "80000"], ["--net", "5", "--provisional-sum", "80000"]],
)
def test_no_tier_from_a_figure_larger_than_the_bid_price(figures: list[str]) -> None:
    done = banshi("tier", "--bid-price", "500", *figures)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "80,000.00" in done.stderr


def test_no_tier_from_a_form_whose_unit_is_doubtful() -> None:
    done = banshi("tier", str(ROOT / "tests/cases/change/bid-price-in-ten-thousands.yaml"))
    assert done.returncode == 1
    assert "金额单位存疑" in done.stdout


@pytest.mark.parametrize(("written", "wrong"), [("bid_price: 5000000.00", "bid_price: 0"), ("sum: 0", "sum: 6000000")])
def test_no_tier_from_prices_that_cannot_be(written: str, wrong: str) -> None:
    ledger = FORM.replace(written, wrong, 1).replace("tier: finance", "tier: full_procedure").encode()
    assert "不能判定" in banshi("tier", "-", stdin=ledger).stdout
    found = {
        each["rule"] for each in json.loads(banshi("check", "-", "--format", "json", stdin=ledger).stdout)["findings"]
    }
    assert "change/bid-price-basis" in found and not [rule for rule in found if rule.startswith("change/tier")]


def test_standard_input(tmp_path: Path) -> None:
    done = banshi("check", "-", stdin=FORM.replace("tier: finance", "tier: consultation").encode())
    assert done.returncode == 1
    assert "-:60:11" in done.stdout


def test_json_lines_are_located_by_line(sound_ledger: dict[str, object], tmp_path: Path) -> None:
    good = json.dumps(sound_ledger, ensure_ascii=False)
    path = tmp_path / "台账.jsonl"
    bad = good.replace('"tier": "finance"', '"tier": "consultation"').replace("样例道路", "另一条路")
    twice = '{"kind": "ledger", "kind": "ledger"}'
    path.write_text(
        "\n".join(
            [good, bad, "{", "", good.replace('"city"', "1e3").replace("样例道路", "第三条路"), twice, "[" * 5000]
        ),
        encoding="utf-8",
    )
    found = check_folder(path).findings
    assert [(f.line, f.rule) for f in found][:3] == [
        (2, "change/tier-matches-amount"),
        (3, "input/syntax"),
        (5, "input/not-stated"),
    ]
    assert (5, "shape/not-listed") in [(f.line, f.rule) for f in found]
    assert (6, "input/duplicate-key") in [(f.line, f.rule) for f in found]
    assert (7, "input/too-deep") in [(f.line, f.rule) for f in found]
    assert found[0].column == bad.index('"consultation"') + 1


def test_a_bad_change_in_a_ledger_leaves_the_others_checked(sound_ledger: dict[str, object], tmp_path: Path) -> None:
    data = json.loads(json.dumps(sound_ledger))
    second = json.loads(json.dumps(data["changes"][0])) | {"sequence": 2, "number": "第二份", "project": "other"}
    data["changes"] = [data["changes"][0] | {"status": "appr"}, second]
    path = tmp_path / "a.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    rules = {f.rule for f in check_folder(path).findings}
    assert {"shape/not-listed", "input/incomplete-project", "change/project-id-matches"} <= rules


def test_forms_in_subfolders_and_with_odd_endings_are_read(sound_project: Path) -> None:
    (sound_project / "changes/2012").mkdir()
    (sound_project / "changes/001.yaml").rename(sound_project / "changes/2012/001.YAML")
    report = check_folder(sound_project)
    assert (report.files, report.findings) == (2, [])


def test_json_with_surrogate_pairs_is_located(sound_ledger: dict[str, object], tmp_path: Path) -> None:
    text = json.dumps(sound_ledger).replace('"reason": "', '"reason": "\\ud83d\\ude00')
    text = text.replace('"tier": "finance"', '"tier": "consultation"')
    for name in ("a.json", "a.jsonl"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        found = Checker(ROOT).check([tmp_path / name]).findings
        assert [(f.rule, f.column) for f in found] == [("change/tier-matches-amount", text.index('"consultation"') + 1)]


def test_a_full_width_colon_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(FORM.replace("status: implemented", "status：implemented"), encoding="utf-8")
    found = check_folder(path).findings[0]
    assert "全角冒号" in found.message.zh
    assert "status：" in found.source_line


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(FORM.replace("tier: finance", 'tier: "\\e[31mx"'), encoding="utf-8")
    for form in ("text", "github"):
        said = banshi("check", str(path), "--format", form).stdout
        assert "\x1b" not in said
        assert "U+001B" in said


def test_a_terminal_without_the_characters_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    path = tmp_path / "a.yaml"
    path.write_text(FORM.replace("tier: finance", "tier: consultation"), encoding="utf-8")
    assert json.loads(banshi_process("check", str(path), "--format", "json").stdout)["summary"]["errors"] == 1
    said = banshi_process("check", str(path))
    assert said.returncode == 1 and "错误" in said.stdout


def test_json_lines_on_standard_input(sound_ledger: dict[str, object]) -> None:
    line = json.dumps(sound_ledger, ensure_ascii=False)
    other = line.replace("city", "town").replace("样例道路", "另一条路")
    done = banshi("check", "-", "--format", "json", stdin=f"{line}\n{other}\n".encode())
    found = [(f["line"], f["rule"]) for f in json.loads(done.stdout)["findings"]]
    assert found == [(2, "input/not-stated"), (2, "shape/not-listed")]


@pytest.mark.parametrize("day", ["0000-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_out_of_all_bounds_is_refused_where_it_stands(day: str, sound_project: Path) -> None:
    form = sound_project / "changes/001.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("2012-03-05", day), encoding="utf-8")
    assert {f.rule for f in check_folder(sound_project).findings} == {"shape/wrong-value", "input/incomplete-project"}


def test_the_law_is_that_of_the_project_one_stands_in_or_names(sound_ledger: dict[str, object], tmp_path: Path) -> None:
    own = tmp_path / "centre"
    place = own / "policies/luzhou/change-management"
    place.mkdir(parents=True)
    text = (ROOT / "policies/luzhou/change-management/2011-11-04.yaml").read_text(encoding="utf-8")
    (place / "2011-11-04.yaml").write_text(text.replace("value: 100000", "value: 70000"), encoding="utf-8")
    (own / "a.yaml").write_text(json.dumps(sound_ledger, ensure_ascii=False), encoding="utf-8")
    form = str(own / "a.yaml")
    for words, cwd in ((), own), ((), own / "policies"), (("--project", str(own)), Path("/")):
        assert "change/tier-matches-amount" in banshi("check", form, *words, cwd=cwd).stdout
    elsewhere = banshi("check", form, cwd=Path("/"))
    assert "change/tier-matches-amount" not in elsewhere.stdout and "input/not-applied" in elsewhere.stdout


def test_a_folder_that_may_not_be_read_is_told(sound_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = sound_project.parent / "closed"
    closed.mkdir()
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "closed", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = check_folder(sound_project.parent)
    assert [(f.rule, f.path.rsplit("/", 1)[-1]) for f in report.findings] == [("input/unreadable", "closed")]
    assert report.failed


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("check", ""), "有一个值"),
        (("check", "--project", "", "x"), "--project"),
        (("check", "--since="), "--since"),
        (("attendance", "x", "--staff", " "), "--staff"),
        (("tier", "x", "--jurisdiction="), "--jurisdiction"),
        (("check", "-"), None),
    ],
)
def test_an_empty_value_is_no_value(
    words: tuple[str, ...], named: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a variable that a script never set gives; it would count as not given."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"kind: ledger"), "utf-8"))
    status, said = main(list(words)), capsys.readouterr().err
    assert said == f"banshi: {named} 是空的\n" if named else status == 1
    assert status == 2 or not named
