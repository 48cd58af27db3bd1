"""The second centre's amendments: texts of each day worked out by hand; what pages, explain and decisions say on a day is one."""

import csv
import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Pages, banshi

from banshi.law.library import Library

CENTRE = ROOT / "examples/linjiang"
LIBRARY = Library([CENTRE / "policies", ROOT / "policies"])
with open(ROOT / "tests/data/linjiang/texts_by_day.csv", encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
day = datetime.date.fromisoformat


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['day']} {row['norm']}")
def test_a_text_of_a_day_is_what_was_worked_out_by_hand(row: dict[str, str]) -> None:
    version = LIBRARY.version_at(f"linjiang/{row['instrument']}", day(row["day"]))
    assert version is not None
    assert next((p.statement for p in version.placed if p.norm.id == row["norm"]), "-") == row["statement"]


def pages_on(tmp_path: Path, on: str, source: Path = CENTRE) -> Callable[[str], str]:
    folder = tmp_path / on
    shutil.copytree(source, folder)
    made = Pages(folder, day(on))
    return lambda path: made(path).replace("&#42;", "*")


def test_a_guide_shows_the_law_of_the_day_and_what_is_coming(tmp_path: Path) -> None:
    before, after = (pages_on(tmp_path, on)("guides/change.md") for on in ("2026-06-30", "2026-07-01"))
    table = "单项增减之和超过5万元、{}万元以内（含{}万元）<a"
    assert table.format(30, 30) in before and table.format(50, 50) not in before
    assert "将于2026年7月1日变为：单项增减之和超过5万元、50万元以内" in before
    assert table.format(50, 50) in after and table.format(30, 30) not in after
    assert "自2026年7月1日起施行；原为：单项增减之和超过5万元、30万元以内" in after
    assert "将于" not in after
    assert "instruments/linjiang/change-rules-amended/2026-07-01/#p-1" in after


def test_every_text_has_a_page_with_its_span_and_a_banner_when_it_is_not_in_force(tmp_path: Path) -> None:
    read = pages_on(tmp_path, "2026-11-27")
    old, new = (read(f"instruments/linjiang/change-rules/{each}.md") for each in ("2026-01-01", "2026-07-01"))
    assert "已不施行：施行至2026年6月30日。" in old and "banner" not in new
    assert "已于2026年7月1日变为：单项增减之和" in old and "将于" not in old  # what came is not still to come
    assert "施行至2026年6月30日" in new and "<b>现行</b>" in new
    coming = read("instruments/linjiang/window-assessment/2027-01-01.md")
    assert "还没有施行：自2027年1月1日起施行。" in coming
    assert "第八条 环境：自2027年1月1日起，<a" in coming
    notice = read("instruments/linjiang/change-rules-amended/2026-07-01.md")
    assert (
        "单项增减之和超过5万元、50万元以内（含50万元）的，为较大变更。原为：单项增减之和超过5万元、30万元以内" in notice
    )
    assert ">2027年1月1日</a>：《" in read("index.md").partition("将要变的")[2]


def with_a_future_version(tmp_path: Path) -> Path:
    """Luzhou's change rules with a full version of 2099 that says 15万 where it says 10万."""
    folder = tmp_path / "centre"
    shutil.copytree(ROOT / "policies/luzhou", folder / "policies/luzhou")
    place = folder / "policies/luzhou/change-management"
    text = (place / "2011-11-04.yaml").read_text(encoding="utf-8").replace("2011-11-04", "2099-01-01")
    assert "value: 100000," in text
    (place / "2099-01-01.yaml").write_text(text.replace("value: 100000,", "value: 150000,"), encoding="utf-8")
    return folder


def test_with_a_future_version_guide_explain_and_tier_say_the_same(tmp_path: Path) -> None:
    folder = with_a_future_version(tmp_path)
    for on, said in (("2026-11-27", "10万元"), ("2099-01-01", "15万元")):
        guide = pages_on(tmp_path, on, folder)("guides/change-approval.md")
        assert f"{said}以内（含{said}）<a" in guide
        explained = banshi("explain", "change/tier-matches-amount", "--on", on, cwd=folder)
        assert f"{said}以内" in explained.stdout
        decided = banshi(
            *("tier", "--jurisdiction", "luzhou", "--bid-price", "10000000", "--net", "120000", "--on", on),
            *("--format", "json"),
            cwd=folder,
        )
        tier = json.loads(decided.stdout)
        assert ("government" in decided.stdout) == (on == "2026-11-27"), tier
    today = pages_on(tmp_path, "2098-12-31", folder)("guides/change-approval.md")
    assert "将于2099年1月1日变为" in today
