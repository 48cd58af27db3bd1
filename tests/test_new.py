"""``banshi new``: each thing begins from what is there, passes the check, and overwrites nothing."""

import difflib
import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, banshi


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    asked = (
        "--name",
        "城西市政务服务中心",
        "--jurisdiction",
        "chengxi",
        "--with",
        "change,attendance,assessment,cases,parallel",
    )
    assert banshi("init", "x", *asked, cwd=tmp_path, stdin=b"").returncode == 0
    return tmp_path / "x"


BESIDE = ("scenario", "guide", "filing")  # a further one goes beside what is there
NEW = {
    (
        "instrument",
        "fee-rules",
        "--from",
        "2026-05-01",
        "--title",
        "收费规定",
    ): "policies/chengxi/fee-rules/2026-05-01.yaml",
    ("version", "change-management", "--from", "2031-07-01"): "policies/chengxi/change-management/2031-07-01.yaml",
    **{
        ("guide", f"chengxi/{slug}"): f"policies/chengxi/guides/{slug}.yaml"
        for slug in ("attendance", "change-management")
    },
    **{
        ("rule", f"{subject}/reason-given"): f"validators/{subject}/reason_given.py"
        for subject in ("change", "attendance", "assessment", "cases", "catalogue", "policy")
    },
    ("filing", "examples/second"): "examples/second/changes/001.yaml",
    ("filing", "examples/sample-road"): "examples/sample-road/changes/002.yaml",
    **{("scenario", slug): f"tests/{slug}-2.yaml" for slug in ("attendance", "window-assessment", "log-goals")},
}


@pytest.mark.parametrize("words", NEW, ids=lambda words: f"{words[0]} {words[1]}")
def test_what_is_begun_passes_the_check_and_is_not_overwritten(words: tuple[str, ...], centre: Path) -> None:
    path = centre / NEW[words]
    done = banshi("new", *words, cwd=centre)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert path.is_file() and NEW[words] in done.stdout
    checked = banshi("check", *(("tests",) if words[0] == "scenario" else ()), "--trust-project", cwd=centre)
    assert checked.returncode == 0, checked.stdout
    path.write_text("不能丢", encoding="utf-8")
    again = banshi("new", *words, cwd=centre)
    if words[0] in BESIDE:
        assert (again.returncode, path.as_posix() in again.stdout) == (0, False)
    else:
        assert again.returncode == 2 and again.stderr.count("\n") == 1
    assert path.read_text(encoding="utf-8") == "不能丢"


def test_a_second_project_is_not_the_first_one(centre: Path) -> None:
    assert banshi("new", "filing", "examples/second", cwd=centre).returncode == 0
    checked = banshi("check", cwd=centre)
    assert (checked.returncode, "没有问题" in checked.stdout) == (0, True), checked.stdout


@pytest.mark.parametrize("what", ["version", "amendment"])
def test_a_day_behind_the_name_is_the_day_from_which_it_holds(what: str, centre: Path) -> None:
    asked = ("new", what, "change-management")
    assert "--from" in banshi(*asked, cwd=centre).stderr
    assert "2031-07-01" in banshi(*asked, "2031-07-01", "--from", "2031-08-01", cwd=centre).stderr
    done = banshi(*asked, "2031-07-01", cwd=centre)
    assert (done.returncode, "2031-07-01.yaml" in done.stdout) == (0, True), done.stderr
    assert "删去 2031-07-01" in banshi("new", "scenario", "attendance", "2031-07-01", cwd=centre).stderr


def test_an_amendment_is_begun_and_takes_effect_from_its_day(centre: Path) -> None:
    words = ("new", "amendment", "change-management", "--from", "2031-07-01")
    done = banshi(*words, cwd=centre)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    (path,) = (centre / "policies/chengxi").glob("change-management-amended-2031-07-01/2031-07-01.yaml")
    assert banshi("check", "policies", cwd=centre).returncode == 0
    text = banshi("text", "change-management", "--on", "2031-07-01", cwd=centre).stdout
    assert "2031-07-01 的文本：自 2031-07-01 起" in text and "〔2031-07-01" in text
    before = path.read_text(encoding="utf-8")
    assert banshi(*words, cwd=centre).returncode == 2 and path.read_text(encoding="utf-8") == before


def test_a_second_amendment_of_a_day_is_begun_when_the_first_has_a_name_of_its_own(centre: Path) -> None:
    name = next(path for path in sorted((centre / "policies").glob("*/change*")) if path.is_dir())
    instrument = f"{name.parent.name}/{name.name}"
    begin = ("new", instrument, "2027-07-01")
    assert banshi(*begin, cwd=centre).returncode == 0
    again = banshi(*begin, cwd=centre)
    assert again.returncode == 2 and "先给那一份起自己的标识（改文件夹名和 instrument），再运行" in again.stderr
    begun = name.parent / f"{name.name}-amended-2027-07-01"
    text = (begun / "2027-07-01.yaml").read_text(encoding="utf-8")
    (begun / "2027-07-01.yaml").write_text(
        text.replace(f"instrument: {instrument}-amended-2027-07-01", f"instrument: {name.parent.name}/notice-7"),
        encoding="utf-8",
    )
    begun.rename(name.parent / "notice-7")
    assert banshi(*begin, cwd=centre).returncode == 0
    checked = banshi("check", "policies", cwd=centre)
    assert checked.returncode == 0, checked.stdout


def test_a_version_keeps_comments_and_layout(centre: Path) -> None:
    old = next((centre / "policies/chengxi/change-management").glob("*.yaml")).read_text(encoding="utf-8")
    assert banshi("new", "version", "change-management", "--from", "2031-07-01", cwd=centre).returncode == 0
    new = (centre / "policies/chengxi/change-management/2031-07-01.yaml").read_text(encoding="utf-8")
    changed = [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]
    assert len(changed) == 5  # the note, the version, the dates
    assert "in_force: 2031-07-01" in new and "version: 2031-07-01\n" in new
    tier = ("tier", "--bid-price", "100", "--net", "5")
    assert "业主会商" in banshi(*tier, "--on", "2031-07-02", cwd=centre).stdout


def test_examples_of_new_rules_hold(centre: Path) -> None:
    for subject in ("change", "attendance", "assessment", "cases", "catalogue", "policy"):
        assert banshi("new", "rule", f"{subject}/reason-given", "--title", "写明原因", cwd=centre).returncode == 0
    tested = banshi("test", "--trust-project", cwd=centre)
    assert tested.returncode == 0, tested.stdout
    assert "6 条自己的规则" in tested.stdout
    assert "luzhou" not in (centre / "validators/change/_example.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("instrument", "Fee"), "Fee"),
        (("instrument", "fee"), "--from"),
        (("instrument", "../x", "--from", "2026-01-01"), "../x"),
        (("version", "chnage-management", "--from", "2031-01-01"), "change-management"),
        (("version", "change-management"), "--from"),
        (("version", "change-management", "--from", "2001-01-01"), "之后"),
        (("guide", "nothing"), "nothing"),
        (("rule", "guide/x"), "change/"),
        (("rule", "change/x", "--title", 'a"b'), "--title"),
        (("what", "x"), "what"),
    ],
)
def test_what_cannot_be_begun_is_said_in_a_line(words: tuple[str, ...], said: str, centre: Path) -> None:
    before = sorted(centre.rglob("*"))
    done = banshi("new", *words, cwd=centre)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and said in done.stderr
    assert sorted(centre.rglob("*")) == before


CENTRES = {
    "linjiang": "examples/linjiang",
    "qinghe": "examples/qinghe",
    "ningchuan": "tests/data/ningchuan",
    "baiyun": "tests/data/baiyun",
}
# What only the person who files can know: the priced bill of the project.
TO_FILL_IN = ("change/same-item-price", "change/tier-matches-amount")  # prices that are not stated yet


def found_in(folder: Path, *, cwd: Path, but: str = "") -> set[str]:
    """The rules that find something, one file left aside."""
    checked = json.loads(banshi("check", folder.as_posix(), "--format", "json", cwd=cwd).stdout)
    return {each["rule"] for each in checked["findings"] if not but or not each["path"].endswith(but)}


@pytest.mark.parametrize("name", [*CENTRES, "luzhou"])
def test_a_new_filing_is_in_the_words_of_its_own_centre(name: str, tmp_path: Path) -> None:
    """Two forms on end, the second after a first one that is submitted and counts (and is not signed)."""
    project = tmp_path / "centre"
    place: tuple[str, ...] = ("--jurisdiction", name)
    if name in CENTRES:
        shutil.copytree(ROOT / CENTRES[name], project)
        place = ()
    cwd = project if name in CENTRES else ROOT
    folder = (project if name in CENTRES else tmp_path) / "filed"
    for number in (1, 2):
        done = banshi("new", "filing", folder.as_posix(), *place, cwd=cwd)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert found_in(folder, cwd=cwd, but="001.yaml" if number == 2 else "") <= set(TO_FILL_IN)
        first = folder / "changes/001.yaml"
        if number == 1:
            first.write_text(first.read_text("utf-8").replace("status: draft", "status: submitted"), "utf-8")
    second = (folder / "changes/002.yaml").read_text(encoding="utf-8")
    assert "cumulative_before: 40000.00, cumulative: 80000.00" in second and "sequence: 2" in second


def test_words_and_fields_renamed_in_an_instrument_are_those_of_the_next_filing(centre: Path) -> None:
    """Each word that a filing may choose, and each field that a project must state, from the text and nowhere else."""
    (policy,) = (centre / "policies/chengxi/change-management").glob("*.yaml")
    text = policy.read_text(encoding="utf-8")
    renamed = {"consulted": "agreed_among_three", "site": "on_the_spot", "budget": "treasury"}
    for old, new in renamed.items():
        text = re.sub(rf"\b{old}\b", new, text)
    text = text.replace("  owner: {name: 业主要求}", "  weather: {name: 天气}")
    text = text.replace(
        "project_fields:\n", "project_fields:\n  contract.review_price: {name: 评审价, required: true}\n"
    ).replace("  contractor: {name: 施工单位, required: true}\n", "")
    policy.write_text(text, encoding="utf-8")
    shutil.rmtree(centre / "examples")
    assert banshi("new", "filing", "filed", cwd=centre).returncode == 0
    assert not found_in(centre / "filed", cwd=centre)
    form = yaml.safe_load((centre / "filed/changes/001.yaml").read_text(encoding="utf-8"))
    project = yaml.safe_load((centre / "filed/project.yaml").read_text(encoding="utf-8"))
    assert (form["tier"], form["type"], form["cause"]) == ("agreed_among_three", "on_the_spot", "weather")
    assert project["funding"]["sources"] == ["treasury"] and "contractor" not in project
    assert "review_price" in project["contract"]


@pytest.mark.parametrize(
    "name",
    ["lanping/duty-hours", "xiayu/rota", "ningchuan/hours", "zezhou/time", "qinghe/hours", "linjiang/leave-and-hours"],
)
def test_a_new_scenario_of_attendance_has_the_hours_of_its_own_centre(name: str, tmp_path: Path) -> None:
    """Breaks, shifts, flexible and seasonal hours: the day is normal by them."""
    place = name.partition("/")[0]
    own = next(
        folder for parent in ("tests/data", "examples") if (folder := ROOT / parent / place / "policies").is_dir()
    )
    shutil.copytree(own, tmp_path / "x/policies")
    assert banshi("new", "scenario", name, "--project", "x", cwd=tmp_path).returncode == 0
    tested = banshi("test", cwd=tmp_path / "x")
    assert (tested.returncode, "试了 1 个情景" in tested.stdout) == (0, True), tested.stdout


def test_the_tier_of_a_new_filing_is_what_its_amounts_call_for(centre: Path) -> None:
    (policy,) = (centre / "policies/chengxi/change-management").glob("*.yaml")
    text = policy.read_text(encoding="utf-8").replace("value: 10,", "value: 2,").replace("value: 50,", "value: 3,")
    policy.write_text(text, encoding="utf-8")
    assert banshi("new", "filing", "filed", cwd=centre).returncode == 0
    form = yaml.safe_load((centre / "filed/changes/001.yaml").read_text(encoding="utf-8"))
    assert form["tier"] == "government" and not found_in(centre / "filed", cwd=centre)


def test_what_no_instrument_declares_is_left_to_be_filled_in(centre: Path) -> None:
    (policy,) = (centre / "policies/chengxi/change-management").glob("*.yaml")
    text = policy.read_text(encoding="utf-8")
    tables = text.index("change_types:"), text.index("# 项目文件要写")
    policy.write_text(text[: tables[0]] + text[tables[1] :], encoding="utf-8")
    assert banshi("new", "filing", "filed", cwd=centre).returncode == 0
    written = (centre / "filed/changes/001.yaml").read_text(encoding="utf-8")
    assert "type: 待填 #" in written and "cause: 待填 #" in written
    assert "sources: [待填]" in (centre / "filed/project.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CENTRES)
def test_guides_and_examples_of_rules_are_in_the_words_of_their_centre(name: str, tmp_path: Path) -> None:
    project = tmp_path / "centre"
    shutil.copytree(ROOT / CENTRES[name], project)
    shutil.rmtree(project / "tests", ignore_errors=True)  # scenarios have their own tests
    policies = project / "policies"
    before = found_in(policies, cwd=project)
    instruments = sorted({path.parent for path in policies.rglob("[0-9]*.yaml")} - {*policies.rglob("working-days")})
    for instrument in instruments:
        done = banshi("new", "guide", instrument.relative_to(policies).as_posix(), cwd=project)
        assert done.returncode == 0 or "还没有规范点" in done.stderr, done.stderr
    assert found_in(policies, cwd=project) <= before
    for subject in ("change", "attendance", "assessment", "cases", "catalogue", "policy"):
        assert banshi("new", "rule", f"{subject}/reason-given", cwd=project).returncode == 0
    tested = banshi("test", "--trust-project", cwd=project)
    assert (tested.returncode, "6 条自己的规则" in tested.stdout) == (0, True), tested.stdout


@pytest.mark.parametrize("name", [*CENTRES, "zezhou"])
def test_scenarios_are_in_the_words_of_their_instrument(name: str, tmp_path: Path) -> None:
    """What comes of the facts may be another thing than expected; tiers and periods are there."""
    project = tmp_path / "centre"
    shutil.copytree(ROOT / CENTRES.get(name, f"tests/data/{name}"), project)
    shutil.rmtree(project / "tests", ignore_errors=True)
    begun = 0
    for folder in sorted({path.parent for path in (project / "policies").rglob("20*.yaml")}):
        if folder.name != "working-days":
            done = banshi("new", "scenario", folder.relative_to(project / "policies").as_posix(), cwd=project)
            assert done.returncode == 0, done.stderr
            begun += 1
    assert not found_in(project / "tests", cwd=project)
    said = banshi("test", cwd=project).stdout
    assert f"试了 {begun} 个情景" in said
    for unknown in ("没有档次", "没有施行中的考核办法", "没有写明变更类别", "没有写明符合哪些情形"):
        assert unknown not in said, said
