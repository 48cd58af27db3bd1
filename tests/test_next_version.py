"""``banshi new INSTRUMENT DATE [--full]``: what is begun says what was in force the day before, in its file's own layout."""

import datetime
import difflib
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, banshi

from banshi.files.yaml_round_trip import rewritten
from banshi.law.library import Library

DATA = ROOT / "tests/data/through_time"
RULES = "linjiang/change-rules"
POLICIES = [
    path
    for folder in (ROOT / "policies", *(ROOT / f"examples/{name}/policies" for name in ("linjiang", "qinghe")))
    for path in sorted(folder.glob("*/*/*.yaml"))
    if "kind: policy" in path.read_text(encoding="utf-8")
]


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples/linjiang", tmp_path / "centre")
    return tmp_path / "centre"


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_what_says_the_same_stays_byte_for_byte(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert rewritten(text, Library([]).data(path)) == (text, [])


def test_a_full_version_is_the_consolidated_text_and_passes_the_check(centre: Path) -> None:
    folder = centre / "policies" / RULES
    old = (folder / "2026-01-01.yaml").read_text(encoding="utf-8")
    done = banshi("new", RULES, "2027-03-01", "--full", cwd=centre)
    assert (done.returncode, done.stderr) == (0, "")
    new = (folder / "2027-03-01.yaml").read_text(encoding="utf-8")
    changed = [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]
    assert 12 <= len(changed) <= 24 and "upper: {value: 50, inclusive: true}, unit: 万元}" in new
    assert "已合并 临府办〔2026〕30号" in new.splitlines()[1]
    checked = banshi("check", cwd=centre)
    assert checked.returncode == 0, checked.stdout
    before, after = (
        {placed.norm.id: placed.statement for placed in version.placed}
        for version in (
            Library([centre / "policies"]).version_at(RULES, datetime.date(2027, month, 28)) for month in (2, 3)
        )
        if version is not None
    )
    assert before == after and before


@pytest.mark.parametrize("on", ["2020-08-01", "2021-06-15", "2022-03-01", "2023-01-01", "2023-08-01", "2026-01-01"])
def test_whatever_amended_it_the_new_version_says_it(on: str, tmp_path: Path) -> None:
    shutil.copytree(DATA / "policies", tmp_path / "policies")
    (tmp_path / "banshi.toml").write_text('jurisdiction = "yangcheng"\n', encoding="utf-8")
    day = datetime.date.fromisoformat(on)
    library = Library([tmp_path / "policies"])
    was = library.version_at("yangcheng/change-rules", day - datetime.timedelta(1))
    done = banshi("new", "change-rules", on, "--full", cwd=tmp_path)
    gap = was is None
    if was is None:  # in a gap it goes on from the last text that was in force
        was = [each.text for each in library.versions("yangcheng/change-rules") if each.since < day][-1]
    assert (done.returncode, done.stderr) == (0, "")
    path = tmp_path / f"policies/yangcheng/change-rules/{on}.yaml"
    library = Library([tmp_path / "policies"])
    now = library.load(path)
    assert ("没有施行的文本" in path.read_text(encoding="utf-8")) == gap
    assert [(p.provision.id, p.norm.id, p.statement) for p in now.placed] == [
        (p.provision.id, p.norm.id, p.statement) for p in was.placed
    ]
    assert now.offices == was.offices and not now.corrections
    for dropped in was.amended.dropped:
        assert dropped.said in path.read_text(encoding="utf-8")


def test_comments_stay_and_those_that_lose_their_place_are_told() -> None:
    text = "a: 1 # 一\nlist:\n  # 二\n  - {id: x, v: 1} # 三\n  - id: y # 四\n    v: 2\n# 五\nb: [{k: 1}]\n"
    told = {"a": 2, "list": [{"id": "y", "v": 2}, {"id": "z", "v": "2.50"}], "b": [{"k": 1}]}
    new, left = rewritten(text, told)
    assert "a: 2 # 一" in new and "- id: y # 四" in new and "b: [{k: 1}]" in new and "v: 2.50" in new
    assert all(mark in new or any(mark in each for each in left) for mark in "一二三四五")


def test_without_full_an_amendment_is_begun(centre: Path) -> None:
    done = banshi("new", RULES, "2027-03-01", "--title", "关于修改的通知", cwd=centre)
    assert done.returncode == 0 and "change-rules-amended-2027-03-01/2027-03-01.yaml" in done.stdout
    assert banshi("check", cwd=centre).returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((RULES, "2027-3-1"), "年-月-日"),
        ((RULES, "2026-01-01", "--full"), "前一天没有施行"),
        ((RULES, "2027-03-01", "--from", "2027-03-01"), "--from"),
        (("linjiang/chnage-rules", "2027-03-01", "--full"), "change-rules"),
        (("instrument", "x", "--from", "2027-03-01", "--full"), "--full"),
    ],
)
def test_what_cannot_be_begun_is_said_in_a_line(words: tuple[str, ...], said: str, centre: Path) -> None:
    done = banshi("new", *words, cwd=centre)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


def test_comments_and_layout_go_with_a_provision_that_has_another_number(tmp_path: Path) -> None:
    shutil.copytree(DATA / "policies", tmp_path / "policies")
    (tmp_path / "banshi.toml").write_text('jurisdiction = "yangcheng"\n', encoding="utf-8")
    path = tmp_path / "policies/yangcheng/change-rules/2020-01-01.yaml"
    ids = [placed.provision.id for placed in Library([tmp_path / "policies"]).load(path).placed]
    text = path.read_text(encoding="utf-8")
    for own in dict.fromkeys(ids):
        text = text.replace(f'  - id: "{own}"\n', f'  - id: "{own}"  # 原来的第 {own} 条\n')
    path.write_text(text, encoding="utf-8")
    before = Library([tmp_path / "policies"])
    now = before.version_at("yangcheng/change-rules", datetime.date(2021, 1, 31))
    assert now is not None
    numbers = {placed.norm.id: placed.provision.id for placed in now.placed}
    assert banshi("new", "change-rules", "2021-02-01", "--full", cwd=tmp_path).returncode == 0
    written = (path.parent / "2021-02-01.yaml").read_text(encoding="utf-8")
    moved = 0
    for placed in before.load(path).placed:
        if (place := numbers.get(placed.norm.id)) and place != placed.provision.id:
            moved += 1
            assert f'  - id: "{place}" # 原来的第 {placed.provision.id} 条' in written.replace("  #", " #")
    assert moved
