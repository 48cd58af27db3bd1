"""Differences: what is said of them, and that they can be applied and turned round."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from banshi.files.reading import read
from banshi.files.shape import Shapes
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.revisions.comparing import apply, compare, inverse
from banshi.law.revisions.entries import CHANGED, CORRECTION, MOVED, READING, REMOVED, TERM, WORDING, DiffEntry
from banshi.law.revisions.saying import Comparison
from banshi.law.revisions.sides import Side, of_folder
from banshi.law.revisions.trees import tree
from banshi.law.revisions.words import SchemaWords

WORDS = SchemaWords(Shapes([ROOT / "schemas"]))
FOLDERS = [
    ROOT / "policies",
    *(path / "policies" for path in (ROOT / "examples").iterdir() if (path / "policies").is_dir()),
]
LIBRARY = Library(FOLDERS)
FILES = [path for name in LIBRARY.instruments() for path in LIBRARY.files(name)]


def plain(path: Path) -> dict[str, Any]:
    document = read(path).document
    assert document is not None
    data: dict[str, Any] = document.data
    return data


CHANGE = plain(ROOT / "policies/luzhou/change-management/2011-11-04.yaml")
LINJIANG = plain(ROOT / "examples/linjiang/policies/linjiang/change-rules/2026-01-01.yaml")


def entries(before: dict[str, Any], after: dict[str, Any]) -> list[DiffEntry]:
    sides = (Side("a", {"x": before}), Side("b", {"x": after}))
    return [entry for document in Comparison(*sides, WORDS).documents for entry in document.entries]


def norm(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(n for p in data["provisions"] for n in p.get("norms", ()) if n["id"] == name)


def holds(before: dict[str, Any], after: dict[str, Any]) -> None:
    a, b = tree(before), tree(after)
    found = compare(a, b)
    assert apply(found, a) == b
    assert inverse(found) == compare(b, a)
    assert apply(inverse(found), b) == a


# properties


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_thing_differs_from_itself_in_nothing(path: Path) -> None:
    own = tree({"x": plain(path)})
    assert not compare(own, own)
    assert not entries(plain(path), _shuffled(plain(path), random.Random(7)))


@pytest.mark.parametrize("one", FILES[::3], ids=lambda path: f"{path.parent.name}-{path.stem}")
@pytest.mark.parametrize("other", FILES[1::4], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_difference_leads_there_and_back(one: Path, other: Path) -> None:
    holds({"x": plain(one)}, {"x": plain(other)})


def test_two_centres_lead_there_and_back() -> None:
    one, other = of_folder(ROOT / "examples/linjiang"), of_folder(ROOT / "examples/qinghe")
    a, b = one.tree, other.tree
    assert apply(compare(a, b), a) == b and inverse(compare(a, b)) == compare(b, a)


PLAIN = [plain(path) for path in FILES]


@given(st.integers(min_value=0, max_value=10**9))
def test_any_edits_lead_there_and_back(seed: int) -> None:
    chance = random.Random(seed)
    before = _edited(copy.deepcopy(chance.choice(PLAIN)), chance)
    after = _edited(copy.deepcopy(before), chance)
    holds({"x": before}, {"x": after})
    Comparison(Side("a", {"x": before}), Side("b", {"x": after}), WORDS).documents  # noqa: B018 - every difference can be said


def _shuffled(data: Any, chance: random.Random) -> Any:
    """The same with the keys of every mapping, the norms and the provisions in another order."""
    if isinstance(data, dict):
        names = list(data)
        chance.shuffle(names)
        return {name: data[name] if name == "tiers" else _shuffled(data[name], chance) for name in names}
    if isinstance(data, list) and data and isinstance(data[0], dict) and "id" in data[0]:
        return chance.sample([_shuffled(each, chance) for each in data], len(data))
    return data


def _edited(data: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A few edits: norms taken away, renamed, moved; provisions renumbered; figures, words and readings changed."""
    for _ in range(chance.randint(1, 6)):
        full = [p for p in data["provisions"] if p.get("norms")]
        if not full:
            break
        provision = chance.choice(full)
        chosen = chance.choice(provision["norms"])
        act = chance.randrange(8)
        if act == 0:
            provision["norms"].remove(chosen)
        elif act == 1:
            chosen["id"] += f"-{chance.randrange(5)}"
        elif act == 2:
            provision["norms"].remove(chosen)
            chance.choice(data["provisions"]).setdefault("norms", []).append(chosen)
        elif act == 3:
            ids = [p["id"] for p in data["provisions"]]
            chance.shuffle(ids)
            for each, own in zip(data["provisions"], ids, strict=True):
                each["id"] = own
        elif act == 4:
            _change_a_figure(chosen, chance)
        elif act == 5:
            chosen["statement"] = chosen["statement"].replace("的", "之") + "。"
        elif act == 6 and data.get("offices"):
            office = chance.choice(sorted(data["offices"]))
            data["offices"][office]["name"] += "局"
        elif len(data["provisions"]) > 1:
            data["provisions"].remove(provision)
    return data


def _change_a_figure(value: Any, chance: random.Random) -> None:
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(each, bool):
            value[key] = not each
        elif isinstance(each, int):
            value[key] = each + chance.randint(1, 3)
        elif isinstance(each, (dict, list)):
            _change_a_figure(each, chance)


# words


def zh(entry: DiffEntry) -> tuple[str, ...]:
    return tuple(line.zh for line in entry.lines)


def test_a_threshold_and_whether_it_is_included() -> None:
    after = copy.deepcopy(LINJIANG)
    norm(after, "larger-single")["amount"]["upper"]["value"] = 50
    norm(after, "major-single")["amount"]["lower"] = {"value": 30, "inclusive": True}
    raised, included = entries(LINJIANG, after)
    assert (raised.sort, raised.where.zh) == (CHANGED, "第四条 审批档次")
    assert zh(raised) == ("金额范围的上限由30万元改为50万元（含本数）",)
    assert zh(included) == ("金额范围的下限30万元由不含本数改为含本数",)
    assert "30万元" in raised.before and "50万元" in raised.after


def test_a_limit_a_step_and_an_office() -> None:
    after = copy.deepcopy(LINJIANG)
    norm(after, "publicity-period")["length"]["value"] = 5
    stages = norm(after, "major-procedure")["stages"]
    stages.append({"steps": [{"step": "meeting_approval", "office": "standing_meeting"}]})
    after["offices"]["designer"]["name"] = "设计人"
    said = {line for entry in entries(LINJIANG, after) for line in zh(entry)}
    assert "长度由7个工作日缩短为5个工作日" in said
    assert "增加环节“常务会议批准”" in said
    assert "“设计单位”改称“设计人”" in said


def with_correction(data: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    correction = {"id": "c", "since": "2026-01-01", "told_until": "2026-02-10", "norm": "larger-single", "said": said}
    return {**copy.deepcopy(data), "corrections": [correction]}


@pytest.mark.parametrize(
    ("said", "lower", "sort"),
    [
        ({"amount.upper.value": 30}, None, CORRECTION),  # the figure that stood there is the one that is mended
        ({"amount.upper.value": 8}, None, CHANGED),  # what stood there is changed, not mended
        ({"amount.upper.value": 30}, 6, CHANGED),  # more is changed than is mended
    ],
)
def test_a_change_is_a_correction_where_one_says_so_of_it(said: dict[str, Any], lower: int | None, sort: str) -> None:
    after = with_correction(LINJIANG, said)
    norm(after, "larger-single")["amount"]["upper"]["value"] = 50
    if lower:
        norm(after, "larger-single")["amount"]["lower"]["value"] = lower
    [entry] = [each for each in entries(LINJIANG, after) if each.key.endswith("#larger-single")]
    assert entry.sort == sort


def test_a_correction_is_one_in_both_directions() -> None:
    wrong, corrected = copy.deepcopy(LINJIANG), with_correction(LINJIANG, {"amount.upper.value": 25})
    norm(wrong, "larger-single")["amount"]["upper"]["value"] = 25
    for found in (entries(wrong, corrected), entries(corrected, wrong)):
        assert [entry.sort for entry in found] == [CORRECTION, CORRECTION]


def test_another_version_does_not_take_back_the_corrections_of_the_one_before() -> None:
    before = with_correction(LINJIANG, {"amount.upper.value": 8})
    assert [entry.sort for entry in entries(before, LINJIANG)] == [CORRECTION]
    later = {**LINJIANG, "version": "2028-01-01"}
    assert not [entry for entry in entries(before, later) if entry.sort == CORRECTION]


def test_a_term_renamed_everywhere_is_said_once() -> None:
    text = json.dumps(LINJIANG, ensure_ascii=False, default=str)
    after = json.loads(text.replace("主管部门", "行业主管部门"))
    found = entries(LINJIANG, after)
    [term] = found
    assert term.sort == TERM and zh(term)[0] == "“主管部门”全文改称“行业主管部门”"
    norm(after, "larger-single")["amount"]["upper"]["value"] = 50
    assert [entry.sort for entry in entries(LINJIANG, after)] == [TERM, CHANGED]


def test_a_provision_renumbered_is_neither_deletion_nor_addition() -> None:
    after = copy.deepcopy(LINJIANG)
    last = max(int(p["id"]) for p in after["provisions"])
    numerals = "零一二三四五六七八九十"
    for provision in after["provisions"]:
        number = int(provision["id"])
        if number >= 5:
            provision["id"], provision["label"] = (
                str(number + 1),
                f"第{'十一' if number == 10 else numerals[number + 1]}条",
            )
    assert last == 10
    found = entries(LINJIANG, after)
    assert {entry.sort for entry in found} == {MOVED}
    assert ("第五条改为第六条，内容未变",) in [zh(entry) for entry in found]


def test_a_norm_renamed_is_the_same_norm() -> None:
    after = copy.deepcopy(LINJIANG)
    norm(after, "larger-single")["id"] = "larger-once"
    assert entries(LINJIANG, after) == []
    found = compare(tree({"x": LINJIANG}), tree({"x": after}))
    assert found["norms"].renamed == {"x#larger-single": "x#larger-once"} and not found["norms"].added


def test_readings_wordings_and_what_is_gone() -> None:
    after = copy.deepcopy(CHANGE)
    reading = next(r for r in after["readings"] if len(r["options"]) > 1)
    old = reading["default"]
    reading["default"] = next(option for option in reading["options"] if option != old)
    gone = after["provisions"][-1]["norms"].pop()
    norm(after, "change-types")["statement"] = "工程变更有{values}。"
    found = {entry.sort: entry for entry in entries(CHANGE, after)}
    assert set(found) == {READING, WORDING, REMOVED}
    assert zh(found[READING])[0].startswith("所取口径由“") and gone["id"] in found[REMOVED].key


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_kind_is_spoken_of_by_its_titles(path: Path) -> None:
    """Whatever differs in any instrument, no key of ours turns up in the words."""
    before = plain(path)
    after = copy.deepcopy(before)
    for provision in after["provisions"]:
        for each in provision.get("norms", ()):
            _change_a_figure({key: value for key, value in each.items() if key not in ("id", "kind")}, random.Random(1))
    keys = {field for struct in _kinds() for field in struct.__struct_fields__}
    for entry in entries(before, after):
        for line in zh(entry):
            title = line.partition("由")[0]
            assert title not in keys, line


def _kinds() -> list[Any]:
    from typing import get_args

    from banshi.law.norms import AnyNorm

    return list(get_args(AnyNorm))


# the command


def test_typed_versions_compare_like_plain_ones() -> None:
    library = Library(FOLDERS)
    for path in FILES:
        version = library.load(path)
        assert isinstance(version, PolicyVersion)
        found = compare(tree({"x": plain(path)}), tree({"x": version}))
        assert set(found) <= {"readings"}  # whose figures are filled in


@pytest.mark.parametrize("key", ["issued", "in_force", "known", "ended", "precision", "note"])
def test_days_of_an_instrument_are_called_as_officials_call_them(key: str) -> None:
    """施行日, 可知日; never 日期的可知, which is no word."""
    title, _ = WORDS.of_version(("dates", key))
    assert "的" not in title.zh and title.zh in ("成文日", "施行日", "可知日", "失效前最后一天", "日期精度", "日期说明")
    assert WORDS.of_version(("source", "lines"))[0].zh == "来源行"


def form(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in data["forms"] if each["id"] == name)


def test_a_form_is_told_by_its_fields() -> None:
    after = copy.deepcopy(LINJIANG)
    fields = form(after, "change-application")["fields"]
    fields[0]["label"] = "变更号"
    fields[1]["filled_by"] = "designer"
    gone = fields.pop(2)
    fields.append({"label": "备注", "key": "change.note"})
    [entry] = entries(LINJIANG, after)
    assert entry.where.zh == "表格“工程变更申请表”"
    assert zh(entry) == (
        f"栏目删去“{gone['label']}”",
        "栏目增加“备注”",
        "栏目“变更编号”改称“变更号”",
        "栏目“项目名称”的由谁填由“项目业主”改为“设计单位”",
    )
    [back] = entries(after, LINJIANG)
    assert zh(back)[:2] == ("栏目删去“备注”", f"栏目增加“{gone['label']}”")
    moved = copy.deepcopy(LINJIANG)
    form(moved, "change-application")["fields"].reverse()
    assert zh(entries(LINJIANG, moved)[0]) == ("栏目的次序改变",)


def test_a_form_of_rows_is_told_by_its_columns_and_its_sample_once() -> None:
    leave = plain(ROOT / "examples/linjiang/policies/linjiang/leave-and-hours/2026-01-01.yaml")
    after = copy.deepcopy(leave)
    swap = form(after, "shift-swap")
    swap["fields"][3]["columns"][1]["label"] = "原来的班次"
    swap["sample"]["reason"] = "另有安排（虚构）"
    swap["sample"]["swaps"].pop()
    [entry] = entries(leave, after)
    assert zh(entry) == ("栏目“调换的班次”的列“原班次”改称“原来的班次”", "填写样例有改动")


def test_a_name_in_several_tables_is_a_term() -> None:
    """Though no sentence holds it: 业主 in the sentences, 项目业主 in the tables and on the form."""
    after = json.loads(json.dumps(LINJIANG, ensure_ascii=False, default=str).replace("设计单位", "勘察设计单位"))
    for part in after["provisions"]:
        for each in part.get("norms", ()):
            each["statement"] = each["statement"].replace("勘察设计单位", "设计单位")
    found = entries(LINJIANG, after)
    assert found[0].sort == TERM and "全文改称" in zh(found[0])[0]
    assert not [entry for entry in found if entry.sort == CHANGED]


def test_a_reading_whose_provision_is_renumbered_is_unchanged() -> None:
    after = copy.deepcopy(LINJIANG)
    provision = next(p for p in after["provisions"] if p["id"] == "10")
    priced = next(p for p in after["provisions"] if p["id"] == "8")
    provision["id"], provision["label"], priced["id"], priced["label"] = "8", "第八条", "10", "第十条"
    after["readings"][0]["at"] = ["10"]
    assert {entry.sort for entry in entries(LINJIANG, after)} == {MOVED}
    after["readings"][0]["at"] = ["9"]
    assert READING in {entry.sort for entry in entries(LINJIANG, after)}


def test_a_mark_that_moves_is_told_by_the_names_of_the_items() -> None:
    marks = plain(ROOT / "examples/linjiang/policies/linjiang/window-assessment/2026-01-01.yaml")
    after = copy.deepcopy(marks)
    away = norm(after, "away")
    for provision in after["provisions"]:
        if away in provision.get("norms", ()):
            provision["norms"].remove(away)
    away["sub_item"] = "service"
    next(p for p in after["provisions"] if p["id"] == "4")["norms"].append(away)
    norm(after, "item-marks")["marks"]["4"] = 15
    said = {entry.key: zh(entry) for entry in entries(marks, after)}
    assert said["x#away"] == (
        "由第三条移到第四条",
        "小项由“第三条 纪律满分15分，最低0分”改为“第四条 服务满分20分，最低0分”",
    )
    assert said["x#item-marks"] == ("分值“第四条”由20改为15",)
