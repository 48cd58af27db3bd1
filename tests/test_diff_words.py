"""What ``banshi diff`` says of each kind of step, as an official reads it: in every format the same, and of every kind of file."""

import copy
import datetime
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, banshi, write_yaml
from lengths import LONG, few_of, longer

from banshi.base.text import Text
from banshi.files.reading import read
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.revisions.comparing import apply, compare, inverse
from banshi.law.revisions.entries import CHANGED, READING, WORDING, DiffEntry
from banshi.law.revisions.saying import Comparison
from banshi.law.revisions.sides import Side, of_day
from banshi.law.revisions.trees import tree
from banshi.law.revisions.value_changes import ValueWords, changed
from banshi.law.revisions.words import SchemaWords

WORDS = SchemaWords.of(ROOT)
Data = dict[str, Any]
Edit = Callable[[Data], object]


def plain(path: str | Path) -> Data:
    document = read(ROOT / path).document
    assert document is not None and isinstance(document.data, dict)
    return document.data


LINJIANG = "examples/linjiang/policies/linjiang"
CHANGE = plain(f"{LINJIANG}/change-rules/2026-01-01.yaml")
LEAVE = plain(f"{LINJIANG}/leave-and-hours/2026-01-01.yaml")
MARKS = plain(f"{LINJIANG}/window-assessment/2026-01-01.yaml")
HALVES = plain("examples/qinghe/policies/qinghe/appraisal/2026-01-01.yaml")
GUIDE = plain(f"{LINJIANG}/guides/change.yaml")
DAYS = plain("policies/cn/working-days/2026.yaml")
ITEMS = plain("examples/parallel/investment/catalogue.yaml")


def norm(data: Data, name: str) -> Data:
    return next(n for p in data["provisions"] for n in p.get("norms", ()) if n["id"] == name)


def _entries(before: Data, after: Data) -> list[DiffEntry]:
    kind = before["kind"]
    one, other = (
        (Side(n, {"x": d}) if kind == "policy" else Side(n, {}, {kind: d})) for n, d in (("a", before), ("b", after))
    )
    return [entry for document in Comparison(one, other, WORDS).documents for entry in document.entries]


def _edited(data: Data, edit: Edit) -> Data:
    after = copy.deepcopy(data)
    edit(after)
    return after


def _stages(data: Data) -> list[Data]:
    found: list[Data] = norm(data, "major-procedure")["stages"]
    return found


STEPS: list[tuple[Data, Edit, str, list[str]]] = [
    (CHANGE, lambda d: norm(d, "larger-single")["amount"].update(unit="元", lower={"value": 50000, "inclusive": False}, upper={"value": 300000, "inclusive": True}),
     WORDING, ["金额范围的单位由万元改写为元，数额不变"]),
    (CHANGE, lambda d: _stages(d)[0]["steps"][1].update(optional=True),
     CHANGED, ["环节“财政审查”由“财政审查（财政部门）”改为“财政审查（财政部门，需要时才走）”"]),
    (CHANGE, lambda d: _stages(d)[0]["steps"][0].update(office="finance"),
     CHANGED, ["环节“发改审查”由“发改审查（发展改革部门）”改为“发改审查（财政部门）”"]),
    (CHANGE, lambda d: _stages(d).insert(1, {"steps": [_stages(d)[0]["steps"].pop()]}),
     CHANGED, ["环节组由发改审查、财政审查（并行）→分管领导批准改为发改审查→财政审查→分管领导批准"]),
    (CHANGE, lambda d: norm(d, "bases")["bases"].reverse(),
     CHANGED, ["作价依据的次序由合同价、信息价下浮、财政评审核定的协商价改为财政评审核定的协商价、信息价下浮、合同价"]),
    (CHANGE, lambda d: norm(d, "contract-price")["bases"].extend(["discount", "agreed"]), CHANGED, ["作价依据增加“财政评审核定的协商价”、“信息价下浮”"]),
    (CHANGE, lambda d: norm(d, "bases")["bases"][2].pop("papers"),
     CHANGED, ["作价依据里“财政评审核定的协商价（附协商价及财政评审意见，凭附件里的核价资料认）”改为“财政评审核定的协商价（凭附件里的核价资料认）”"]),
    (CHANGE, lambda d: norm(d, "evaluation-limit").pop("moved"), CHANGED, ["末日是休息日的顺延由“是”改为“否”"]),
    (CHANGE, lambda d: norm(d, "evaluation-extension").update(requires=[]), CHANGED, ["须写明不再规定（原为延长理由）"]),
    (CHANGE, lambda d: d["project_fields"]["agent_builder"].update(required=True), CHANGED, ["“代建单位”的必填由“否”改为“是”"]),
    (CHANGE, lambda d: d["readings"][0]["options"].update(cut="截去分以后的"), READING, ["增加一种理解“截去分以后的”"]),
    (CHANGE, lambda d: d["readings"].clear(), READING, ["删去理解口径：扣去下浮率的单价，要不要先四舍五入到分，再乘工程量？（取“先舍入到分，每行金额再取整到元”）"]),
    (LEAVE, lambda d: d["forms"][1]["fields"][3]["columns"][1]["choices"].append("C班"),
     CHANGED, ["栏目“调换的班次”的列“原班次”的可选的值增加“C班”"]),
    (LEAVE, lambda d: d["forms"][1]["fields"][3]["columns"].reverse(), CHANGED, ["栏目“调换的班次”的列的次序改变"]),
    (MARKS, lambda d: norm(d, "groups")["groups"][0].update(name="综合窗口组"), CHANGED, ["分组里“综合组”改为“综合窗口组”"]),
    (MARKS, lambda d: norm(d, "quarter-score")["plus"][0].update(at_most=20),
     CHANGED, ["另加的评分里“大厅评议（0至10分）”改为“大厅评议（0至20分）”"]),
    (HALVES, lambda d: norm(d, "by-band")["bands"][1].update(points=6),
     CHANGED, ["各档里“3次以上（含3次）、不满6次减5分”改为“3次以上（含3次）、不满6次减6分”"]),
    (GUIDE, lambda d: d["sections"].pop(4), CHANGED, ["各节删去“紧急变更”（怎样印 逐条列出，规范点种类 紧急程序、留存）"]),
    (GUIDE, lambda d: d["sections"].reverse(), CHANGED, ["各节的次序改变"]),
    (GUIDE, lambda d: d["sections"][0]["kinds"].remove("class_tier"), CHANGED, ["规范点种类删去“类别档次”"]),
    (GUIDE, lambda d: d["elements"]["code"].update(text="LJ-001"), CHANGED, ["二十项要素的事项编码的文字由“虚构事项，没有编码”改为“LJ-001”"]),
    (DAYS, lambda d: d["notices"][0]["days_off"][4].update(to="2026-06-22"), CHANGED, ["放假“端午节”的止由“2026-06-21”改为“2026-06-22”"]),
    (DAYS, lambda d: d["notices"][0]["days_off"].pop(5), CHANGED, ["放假删去“中秋节”（起 2026-09-25，止 2026-09-27）"]),
    (DAYS, lambda d: d["notices"][0]["working"].pop(2), CHANGED, ["上班删去“2026-02-28”"]),
    (ITEMS, lambda d: d["items"][0]["limits"].update(promised=5), CHANGED, ["办理时限的承诺时限由6改为5"]),
    (ITEMS, lambda d: d["items"][0]["materials"][0].update(copies=3), CHANGED, ["申请材料“申请表”的份数由1改为3"]),
    (ITEMS, lambda d: d["items"][0]["requires"].pop(), CHANGED, ["前置事项删去“投资项目节能审查”"]),
    (ITEMS, lambda d: d["stages"].reverse(), CHANGED, ["阶段的次序改变"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "edit", "sort", "said"), STEPS, ids=lambda each: each[0][:24] if isinstance(each, list) else ""
)
def test_a_step_reads_as_it_was_written_down_first(before: Data, edit: Edit, sort: str, said: list[str]) -> None:
    after = _edited(before, edit)
    [entry] = _entries(before, after)
    assert (entry.sort, [line.zh for line in entry.lines]) == (sort, said)
    assert len(_entries(after, before)) == 1  # the way back is told too
    sides = [tree({"x": d}) if d["kind"] == "policy" else tree({}, {"x": d}) for d in (before, after)]
    found = compare(*sides)
    assert apply(found, sides[0]) == sides[1] and inverse(found) == compare(*reversed(sides))


def test_norms_of_a_provision_are_told_in_the_order_of_the_text() -> None:
    after = copy.deepcopy(MARKS)
    names = [each["id"] for each in next(p for p in after["provisions"] if p["id"] == "14")["norms"]]
    assert names != sorted(names)
    for name in names:
        norm(after, name)["periods"] = ["quarter"]
    assert [entry.key.partition("#")[2] for entry in _entries(MARKS, after)] == names


@pytest.mark.parametrize(
    ("before", "edit"),
    [
        (ITEMS, lambda d: d["items"].reverse()),
        (ITEMS, lambda d: d["departments"].reverse()),
        (DAYS, lambda d: d["notices"][0]["days_off"].reverse()),
        (CHANGE, lambda d: norm(d, "contract-price").update(bases=["same_item"])),
        (CHANGE, lambda d: norm(d, "major-procedure")["stages"][0]["steps"].reverse()),
    ],
)
def test_an_order_that_says_nothing_is_no_change(before: Data, edit: Edit) -> None:
    assert not _entries(before, _edited(before, edit))


LIBRARY = Library([ROOT / "policies", *(ROOT / f"examples/{name}/policies" for name in ("linjiang", "qinghe"))])
TEXTS = [path for name in LIBRARY.instruments() for path in LIBRARY.files(name)]
STROKED = re.compile(r"[a-z]+_[a-z_]+|None")
FREE = re.compile(r"\{[^}]*\}|https?://\S+")


def _fields(schema: Any) -> set[str]:
    """The keys of ours: all that a schema knows."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    own = set(schema.get("properties", ())) if isinstance(schema, dict) else set()
    return own.union(*map(_fields, parts))


FIELDS = {"None", *_fields(json.loads((ROOT / "schemas/policy.schema.json").read_text("utf-8")))}


def _ways(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for step, each in steps for found in ((*way, step), *_ways(each, (*way, step)))]


def _without(data: Data, way: tuple[Any, ...]) -> Data | None:
    """The text without what lies there; None where it is no text then."""
    after = copy.deepcopy(data)
    part: Any = after
    for step in way[:-1]:
        part = part[step]
    del part[way[-1]]
    own = {key: value for key, value in after.items() if key != "$schema"}
    try:
        msgspec.convert(own, PolicyVersion)
    except (msgspec.ValidationError, ValueError):
        return None
    return after


@longer
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_whatever_is_taken_away_is_told_and_no_key_of_ours_is(path: Path) -> None:
    before = plain(path)
    for way in few_of(_ways(before), 40 if LONG else 12):
        if way[-1] in ("name_en", "id") or "/" in before["jurisdiction"] or (after := _without(before, way)) is None:
            continue
        sides = tree({"x": before}), tree({"x": after})
        lines = [entry.where.zh + line.zh for entry in _entries(before, after) for line in entry.lines]
        assert bool(lines) == (sides[0] != sides[1]), way
        for line in lines:
            assert not FIELDS & set(STROKED.findall(FREE.sub("", line))) or "amends" in way, (way, line)


def _bare(text: str) -> str:
    """What is written, without any format's own signs."""
    text = re.sub(r"<style.*?</style>|<[^>]+>", "", text, flags=re.DOTALL)
    return re.sub(r"\s|\*\*|\\(?=[^\w\s])", "", html.unescape(text))


@pytest.mark.parametrize("number", [1, 4, 10, 19, 23, 25])
def test_every_format_says_the_same(number: int, tmp_path: Path) -> None:
    before, change, _, said = STEPS[number]
    write_yaml(tmp_path / "a.yaml", before)
    write_yaml(tmp_path / "b.yaml", _edited(before, change))
    for form in ("text", "markdown", "html", "json"):
        done = banshi("diff", "a.yaml", "b.yaml", "--format", form, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert all(_bare(line) in _bare(done.stdout) for line in said), form
    entry = json.loads(done.stdout)["documents"][0]["entries"][0]
    assert entry["said"] == said


def test_a_file_that_is_only_called_otherwise_is_neither_gone_nor_new(tmp_path: Path) -> None:
    for folder, name in (("a", "days.yaml"), ("b", "arrangement.yaml")):
        (tmp_path / folder / "policies").mkdir(parents=True)
        write_yaml(tmp_path / folder / "policies" / name, DAYS)
    done = banshi("diff", "a", "b", cwd=tmp_path)
    assert "文件由 days.yaml 改名为 arrangement.yaml，内容未变" in done.stdout and "删去" not in done.stdout


def test_impact_is_of_texts_alone(tmp_path: Path) -> None:
    write_yaml(tmp_path / "a.yaml", GUIDE)
    done = banshi(
        "impact",
        "a.yaml",
        "a.yaml",
        "examples/linjiang/change",
        cwd=ROOT,
    )
    assert done.returncode == 2


def test_a_placeholder_of_what_is_not_stated_is_an_error(tmp_path: Path) -> None:
    after = copy.deepcopy(CHANGE)
    for name in ("major-publicity", "special-publicity"):
        norm(after, name)["after"] = norm(after, name).pop("before")
    assert not any("None" in entry.after for entry in _entries(CHANGE, after))
    path = tmp_path / "policies/linjiang/change-rules/2026-01-01.yaml"
    path.parent.mkdir(parents=True)
    write_yaml(path, after)
    done = banshi("check", "--project", str(tmp_path), str(tmp_path / "policies"))
    assert done.returncode == 1 and done.stdout.count("占位符 {before} 没有可填的") == 2


def test_entries_of_one_name_are_told_apart_by_what_else_is_said_of_them() -> None:
    words = ValueWords({}, {}, {"fee": "收费"})
    was, now = ({"name": "甲", "key": "a_key", "fee": fee} for fee in (1, 2))
    assert words.new({"name": "甲", "id": "a_id"}) == "甲"
    [line] = changed(Text("事项", "items"), ({**was, "key": "b"},), None, words)
    assert line.zh == "事项不再规定（原为甲（收费 1））"
    assert words.old(was) != words.new(now)


def test_what_is_put_back_is_called_so_whether_it_was_suspended_or_taken_out(tmp_path: Path) -> None:
    """Never “added”: the amendment says that it holds again."""
    rules = tmp_path / "linjiang/change-rules/2026-01-01.yaml"
    rules.parent.mkdir(parents=True)
    write_yaml(rules, CHANGE)
    head = {key: CHANGE[key] for key in ("kind", "jurisdiction", "jurisdiction_name", "subject", "status", "validity")}
    for n, (day, change) in enumerate(
        [
            ("2026-02-01", {"do": "remove", "norm": "one-matter"}),
            ("2026-03-01", {"do": "revive", "norm": "one-matter"}),
            ("2026-04-01", {"do": "suspend", "provision": "5", "until": "2026-04-30"}),
            ("2026-05-10", {"do": "remove", "provision": "5"}),
            ("2026-06-01", {"do": "revive", "provision": "5"}),
        ]
    ):
        own = head | {"instrument": f"linjiang/n-{n}", "version": day, "title": f"通知{n}", "normative": True}
        own |= {"dates": {"in_force": day, "known": day}, "source": {"note": "虚构"}, "provisions": []}
        path = tmp_path / f"linjiang/n-{n}/{day}.yaml"
        path.parent.mkdir()
        write_yaml(path, own | {"amends": [{"instrument": "linjiang/change-rules", "changes": [change]}]})
    library = Library([tmp_path])
    for day, sorts in (("2026-03-01", {"restored"}), ("2026-05-01", {"restored"}), ("2026-06-01", {"restored"})):
        then = datetime.date.fromisoformat(day)
        before, after = (of_day(library, each, "linjiang") for each in (then - datetime.timedelta(1), then))
        told = [d for d in Comparison(before, after, WORDS).documents if d.key == "linjiang/change-rules"]
        assert {entry.sort for d in told for entry in d.entries} == sorts
        back = [d for d in Comparison(after, before, WORDS).documents if d.key == "linjiang/change-rules"]
        assert {entry.sort for d in back for entry in d.entries} == {"suspended" if "05" in day else "removed"}
