"""A fourth city's rulebook, as unlike the others as can be: its filings judged as worked out by hand, its guide says it all.

Shares of the contract price and amounts at once, three classes and criteria, hours, a month that is not moved, steps side by
side, publicity before the last step, notices after the fact, words and a form of its own, a county that is stricter.
"""

import csv
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Pages, banshi

from banshi.checking.checker import Checker

CENTRE = ROOT / "tests/data/baiyun"
with open(CENTRE / "expected.csv", encoding="utf-8", newline="") as stream:
    EXPECTED = list(csv.DictReader(stream))


def test_its_policies_are_sound() -> None:
    assert Checker(CENTRE).check([CENTRE / "policies"]).findings == []


def test_its_filings_are_judged_as_worked_out_by_hand() -> None:
    findings = [f for f in Checker(CENTRE).check([CENTRE / "road"]).findings if f.rule != "input/understood"]
    found = [(Path(f.path).name, str(f.line), f.rule) for f in findings]
    assert found == [(row["file"], row["line"], row["rule"]) for row in EXPECTED]
    for row, finding in zip(EXPECTED, findings, strict=True):
        assert row["says"] in finding.message.zh
        assert finding.basis and {each.number for each in finding.basis} == {"白交规〔2025〕3号"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        # 25万元：市里不满50万元，一般；青石县20万元以上，较大。比例都是 0.25%。
        (("tier", "--jurisdiction", "baiyun", "--net", "250000"), "应走档次：一般设计变更"),
        (("tier", "--jurisdiction", "baiyun/qingshi", "--net", "250000"), "应走档次：较大设计变更"),
        (("due", "--jurisdiction", "baiyun", "--step", "造价核定"), "造价核定：2026-04-07"),  # 4月1日当日起7天
        (("due", "--jurisdiction", "baiyun/qingshi", "--step", "造价核定"), "造价核定：2026-04-05"),  # 5天，不顺延
        (("due", "--step", "指挥部决定"), "指挥部决定：2026-05-01"),  # 次日起1个月
    ],
)
def test_the_county_is_stricter_and_the_rest_is_the_city_s(words: tuple[str, ...], says: str) -> None:
    figures = (
        "--contract-price",
        "110000000",
        "--provisional-sum",
        "10000000",
        "--criteria",
        "none",
        "--class",
        "一般类",
    )
    more = (*figures, "--on", "2026-04-01") if words[0] == "tier" else ("--complete", "2026-04-01")
    assert banshi(*words, *more, cwd=CENTRE).stdout.startswith(says)


def test_no_price_is_asked_for_where_none_decides() -> None:
    words = ("tier", "--class", "一般类", "--criteria", "none", "--on", "2026-04-01")
    above = banshi(*words, "--net", "3000000.01", cwd=CENTRE)
    assert above.returncode == 0 and above.stdout.startswith("应走档次：重大设计变更")  # whatever the share is
    below = banshi(*words, "--net", "100", cwd=CENTRE)
    assert below.stdout.startswith("应走档次：不能判定") and "没有写明合同价（不含暂列金）" in below.stdout


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("baiyun")
    shutil.copytree(CENTRE, folder, dirs_exist_ok=True)
    return Pages(folder)("guides/change-approval.md")


def test_its_guide_opens_with_every_measure_and_says_which_one_counts(guide: str) -> None:
    answer = guide.partition("</section>")[0]
    for amount in ("1%以内（含1%）", "不满50万元", "超过1%、不满5%", "5%以上（含5%）", "超过300万元"):
        assert amount in answer
    assert "几种算法不同的，从严" in answer and "几种算法不同的，从严" in guide.partition("</section>")[2]


def test_what_is_published_before_a_step_stands_before_that_step(guide: str) -> None:
    steps = guide.partition("{ #tier-headquarters }")[2].partition('<ol class="steps">')[2].partition("</ol>")[0]
    order = ("总监审查", "造价核定", "交通局批复", "<b>公示</b>", "<b>指挥部决定</b>")
    places = [steps.index(each) for each in order]
    assert places == sorted(places)


def test_what_its_guide_does_not_show_is_named(guide: str) -> None:
    said = guide.partition('<p class="untold">')[2].partition("</p>")[0]
    for kind in ("适用范围", "列举", "拆分合并", "紧急程序", "留存", "作价", "清单单价", "合同备案", "下级额度"):
        assert kind in said
    assert "审批档次" not in said and "取哪一档" not in said
