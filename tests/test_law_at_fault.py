"""A decision says what ``check`` finds wrong in the law that it applied, where it bears on what was computed."""

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, banshi

DUE = ("due", "--step", "state_approval", "--complete", "2026-03-02")
TIER = (
    "tier",
    "--bid-price",
    "1000000",
    "--net",
    "20000",
    "--increase",
    "20000",
    "--decrease",
    "0",
    "--on",
    "2026-03-02",
)
WRONG = "这次的结果不可靠"


def wrong(centre: Path, change: dict[str, str]) -> Path:
    """The third centre with its district's text (or another) written otherwise."""
    shutil.copytree(ROOT / "examples/qinghe", centre, dirs_exist_ok=True)
    for name, old_and_new in change.items():
        path = centre / f"policies/qinghe/{name}.yaml"
        old, new = old_and_new.split(" → ")
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return centre


DISTRICT = "shuiwan/variations/2026-01-01"
HOURS, APPRAISAL, GOALS = "hours/2026-01-01", "appraisal/2026-01-01", "case-goals/2026-01-01"


@pytest.mark.parametrize(
    ("change", "asked", "rule"),
    [
        ({DISTRICT: "id: state-limit → id: own-limit"}, (*DUE, "--jurisdiction", "qinghe/shuiwan"), "policy/decided-once"),
        ({DISTRICT: "id: site-increase → id: own-site"}, (*TIER, "--jurisdiction", "qinghe/shuiwan"), "policy/tiers-tile"),
        ({DISTRICT: "{value: 5, unit: 天} → {value: 50, unit: 天}"}, (*DUE, "--jurisdiction", "qinghe/shuiwan"), "policy/county-limits"),
    ],
)  # fmt: skip
def test_what_bears_on_the_answer_is_said_with_it(
    tmp_path: Path, change: dict[str, str], asked: tuple[str, ...], rule: str
) -> None:
    centre = wrong(tmp_path, change)
    for form in ("text", "json"):
        done = banshi(*asked, "--format", form, cwd=centre)
        assert (done.returncode, rule in done.stderr, WRONG in done.stderr) == (1, True, True)
    assert done.stdout  # what the texts give as they stand, for whoever mends them


def test_so_does_every_command_that_decides(tmp_path: Path) -> None:
    """A county's texts that lay down again, under ids of their own, what its city has laid down."""
    centre, head = wrong(tmp_path, {}), (ROOT / f"examples/qinghe/policies/qinghe/{DISTRICT}.yaml").read_text("utf-8")
    for slug, subject, norm in (
        (
            "hours",
            "attendance",
            '{id: own, kind: working_time, statement: "{at_least}", at_least: {value: 9, unit: 小时}}',
        ),
        ("appraisal", "assessment", '{id: own, kind: score_total, statement: "{base_marks}", base_marks: 50}'),
    ):
        text = head[: head.index("relations:")].replace("variations", slug).replace("[change]", f"[{subject}]")
        part = '{id: "1", label: 一, heading: 一, source: {note: 虚构}, norms: [NORM]}'.replace("NORM", norm)
        (centre / f"policies/qinghe/shuiwan/{slug}").mkdir()
        path = centre / f"policies/qinghe/shuiwan/{slug}/2026-01-01.yaml"
        path.write_text(f"{text}provisions:\n  - {part}\n", encoding="utf-8")
    facts = (centre / "assessment/2026-H1.yaml").read_text("utf-8")
    facts = facts.replace("jurisdiction: qinghe", "jurisdiction: qinghe/shuiwan")
    (centre / "facts.yaml").write_text(facts, encoding="utf-8")
    (centre / "register.yaml").write_text(REGISTER, encoding="utf-8")
    for asked in (("assess", "facts.yaml"), ("attendance", "register.yaml")):
        done = banshi(*asked, cwd=centre)
        assert (done.returncode, "policy/decided-once" in done.stderr, WRONG in done.stderr) == (1, True, True), asked


REGISTER = """kind: attendance
jurisdiction: qinghe/shuiwan
centre: 某中心
from: 2026-03-02
to: 2026-03-02
windows: []
staff: [{id: A, group: office_staff}]
punches: [{staff: A, day: 2026-03-02, time: "08:00"}]
"""


def test_what_does_not_bear_on_it_is_not_said(tmp_path: Path) -> None:
    centre = wrong(tmp_path, {DISTRICT: "id: state-limit → id: own-limit"})
    for asked in ((*DUE, "--jurisdiction", "qinghe"), (*TIER, "--jurisdiction", "qinghe/shuiwan")):
        done = banshi(*asked, cwd=centre)
        assert (done.returncode, done.stderr) == (0, "")


def test_scenarios_that_hold_under_a_faulty_law_prove_nothing(tmp_path: Path) -> None:
    centre = wrong(tmp_path, {DISTRICT: "{value: 5, unit: 天} → {value: 50, unit: 天}"})
    (tmp_path / "own.yaml").write_text(SCENARIO, encoding="utf-8")
    done = banshi("test", "own.yaml", cwd=centre)
    assert "都相符" in done.stdout
    assert (done.returncode, "policy/county-limits" in done.stderr, WRONG in done.stderr) == (1, True, True)


def test_a_tier_is_called_by_its_name_where_another_text_gives_it(tmp_path: Path) -> None:
    said = banshi(*TIER, "--jurisdiction", "qinghe/shuiwan", cwd=wrong(tmp_path, {})).stdout
    assert "水湾区" in said and "company”" not in said


SCENARIO = """kind: scenario
fictional: true
jurisdiction: qinghe/shuiwan
about: qinghe/variations
scenarios:
  - name: 增加二万元，另无减少
    on: 2026-03-02
    tier: {bid_price: 1000000, net: 20000, increase: 20000, decrease: 0}
    expect: {tier: 企业审批}
"""


def test_a_version_whose_file_is_named_after_another_day_is_asked_all_the_same(tmp_path: Path) -> None:
    assert (
        banshi("init", str(tmp_path / "own"), "--name", "甲", "--jurisdiction", "jia", "--with", "change").returncode
        == 0
    )
    (path,) = (tmp_path / "own/policies/jia/change-management").glob("*.yaml")
    asked = ("tier", "--bid-price", "5000000", "--provisional-sum", "0", "--net", "300000", "--on", "2026-03-01")
    assert banshi(*asked, "--project", str(tmp_path / "own")).returncode == 0
    path.rename(path.with_name("2025-12-31.yaml"))
    done = banshi(*asked, "--project", str(tmp_path / "own"))
    assert done.returncode == 1 and "policy/place-matches" in done.stderr


def test_a_calendar_that_was_asked_is_law_too(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    asked = ("due", "--publicity", "2013-09-27", "--jurisdiction", "luzhou", "--project", str(tmp_path))
    assert banshi(*asked).returncode == 0
    path = tmp_path / "policies/cn/working-days/2013.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("year: 2013", "year: 2012", 1), encoding="utf-8")
    done = banshi(*asked)
    assert done.returncode == 1 and "policy/working-days-sound" in done.stderr
    other = banshi("due", "--publicity", "2011-09-27", "--jurisdiction", "luzhou", "--project", str(tmp_path))
    assert "working-days-sound" not in other.stderr, "of another year nothing was asked"
