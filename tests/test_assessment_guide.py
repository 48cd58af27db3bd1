"""The guide “How a window is scored”: every item, bonus and deduction with its figure, from the policy alone."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Pages
from ruamel.yaml import YAML

GUIDE = "guides/window-assessment.md"
POLICY = "policies/luzhou/window-assessment/2011-04-01.yaml"

# Marks of the sub-items in the order of the text, by hand (lines 94-150 of the source).
MARKS = "6 3 3 8 5 5 2 3 4 1 3 2 1 1 1 1 2 2 12 9 6 6 3 1 2 2 2 2 2"
# Points of the bonuses (lines 135, 154-171) and of the deductions (172-183).
BONUS = "0.1 2 1 0.5 2 2 0.1 0.1 1 1 0.1 0.1 0.5 1 0.5 0.5 1 0.1 0.2 1 0.5"
DEDUCTIONS = "2 0.5 2 1 0.1 0.1 2 0.1 0.1 0.1 0.5 0.5 0.5 1 2 2"
BY_PEOPLE = 12


@pytest.fixture(scope="module")
def guide() -> str:
    return Pages(ROOT)(GUIDE)


def section(guide: str, name: str) -> str:
    """What stands below a heading of the second level."""
    return re.split(r"^## ", guide.split(f"{{ #{name} }}", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str, prefix: str = "") -> list[str]:
    return re.findall(rf'<tr id="{prefix}[^"]*">.*?</tr>', text, re.DOTALL)


def test_every_sub_item_with_its_marks(guide: str) -> None:
    found = rows(section(guide, "base"), "sub-")
    assert " ".join(re.findall(r'"满分">([\d.]+)分', row)[0] for row in found) == MARKS
    assert sum(map(int, MARKS.split())) == 100


def test_every_sub_item_says_how_it_is_lost_or_that_a_person_marks_it(guide: str) -> None:
    for row in rows(section(guide, "base"), "sub-"):
        lost = row.split('data-label="怎样失分">', 1)[1]
        assert 'class="cite"' in lost or "由人评分" in lost, row
    people = section(guide, "by-people")
    assert people.count('<tr><th scope="row">') == BY_PEOPLE
    assert "承诺时限精简比例70%以上（含70%）" in people


@pytest.mark.parametrize(("name", "points"), [("bonus", BONUS), ("deductions", DEDUCTIONS)])
def test_every_bonus_and_deduction_with_its_points(guide: str, name: str, points: str) -> None:
    found = rows(section(guide, name), "adj-")
    said = (re.findall(r'class="points"[^>]*>[^<]*?([\d.]+)分<', row)[0] for row in found)
    assert " ".join(said) == points
    assert all('class="cite"' in row for row in found)


def test_a_bonus_names_its_cap_and_who_verifies_it(guide: str) -> None:
    by_id = {re.findall(r'id="adj-([^"]+)"', row)[0]: row for row in rows(section(guide, "bonus"), "adj-")}
    assert '"封顶">3分' in by_id["online-review-passed"]
    assert "督察科" in by_id["evening-case"] and "17:30" in by_id["evening-case"]
    assert '"谁核实">考核领导小组' in by_id["emergency-contribution"]
    assert "原文未载明" in by_id["banner"]
    assert "加分合计最高20分" in section(guide, "bonus")
    assert "减分没有低限" in section(guide, "deductions")


def test_quarters_and_the_year(guide: str) -> None:
    text = re.sub(r"<[^>]+>", " ", section(guide, "quarters"))
    assert "上年12月1日" in text and "本年2月末" in text and "本年11月末" in text
    assert [f"第{n}季度" in text for n in (1, 2, 3, 4)] == [True] * 4


def test_marks_of_sub_items_make_those_of_their_item(guide: str) -> None:
    parts = re.findall(r'data-label="满分">([\d.]+)分.*?</tr>', section(guide, "parts"), re.DOTALL)
    assert " ".join(parts) == "6 6 8 10 10 7 6 33 4 10"


def test_lists_every_fact_in_chinese(guide: str) -> None:
    text = section(guide, "records")
    names = re.findall(r'<th scope="row">(.*?)</th>', text)
    assert len(names) > 50
    assert [name for name in names if not re.search(r"[\u4e00-\u9fff]", name)] == []
    for stated in ("数目（件）", "分子和分母", "有或没有", "逐个工作日的数目", "逐个事项的时限", "逐笔列出"):
        assert f'"怎样填">{stated}' in text, stated


def test_readings_and_what_the_source_does_not_state(guide: str) -> None:
    for said in ("口径：本节有", "不能判定", "原文未载明"):
        assert said in guide
    table = section(guide, "elements")
    titles = dict(re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>', table, re.DOTALL))
    assert len(titles) == 20
    unknown = {title for title, text in titles.items() if "原文未载明" in text and "unknown" in text}
    assert {"承诺时限", "收费", "到现场次数", "办理地点", "办理时间", "咨询方式", "监督投诉方式"} == unknown


def test_every_figure_leads_to_its_provision(guide: str) -> None:
    """A cell or line with a figure of the rule holds a link to a provision, in itself or in its row."""
    figure = re.compile(r"[\d.]+(?:%|分|个工作日|件)")
    body = guide.split("## 二十项要素", 1)[0]
    for block in re.findall(r"<tr.*?</tr>|^- .*?$", body, re.DOTALL | re.MULTILINE):
        if figure.search(re.sub(r"<[^>]+>", "", block)):
            assert 'class="cite"' in block, block


def test_templates_of_the_guide_state_no_figure() -> None:
    names = (
        *("quarters", "score_parts", "score_sub_items", "manual_marks"),
        *("adjustments", "bonus", "deductions", "score_facts"),
    )
    for name in names:
        text = (
            (ROOT / f"site_templates/parts/guide_{name}.md.j2")
            .read_text(encoding="utf-8")
            .replace('markdown="0"', "")
            .replace(".j2", "")
        )
        assert re.findall(r"[0-9]+|[一二三四五六七八九十]+(?:分|项|个|件|条)", text) == [], name


def edited(tmp_path: Path, change: Callable[[dict], None]) -> Path:
    shutil.copytree(ROOT / "policies/luzhou", tmp_path / "policies/luzhou")
    yaml, path = YAML(), tmp_path / POLICY
    yaml.preserve_quotes = True
    data = yaml.load(path.read_text(encoding="utf-8"))
    change(data)
    with open(path, "w", encoding="utf-8") as stream:
        yaml.dump(data, stream)
    return tmp_path


def test_a_changed_figure_changes_the_guide(tmp_path: Path) -> None:
    def change(data: dict) -> None:
        norms = {n["id"]: n for p in data["provisions"] for n in p["norms"]}
        norms["complaints"]["marks"] = 7
        norms["banner"]["points"] = 0.3
        norms["bonus-cap"]["at_most"] = 25

    guide = Pages(edited(tmp_path, change))(GUIDE)
    assert '"满分">7分' in rows(section(guide, "base"), "sub-complaints")[0]
    assert "0.3分" in rows(section(guide, "bonus"), "adj-banner")[0]
    assert "加分合计最高25分" in guide and "加分合计最高20分" not in guide


def test_a_new_bonus_appears_by_itself(tmp_path: Path) -> None:
    def change(data: dict) -> None:
        provision = next(p for p in data["provisions"] if p["id"] == "19.4")
        added = {"id": "thanks", "kind": "adjustment", "statement": "被群众来电表扬的，每{per}加{points}分。"}
        provision["norms"].append(added | {"scale": "bonus", "fact": "calls_of_praise", "points": 0.1, "per": "次"})

    guide = Pages(edited(tmp_path, change))(GUIDE)
    assert "被群众来电表扬的，每次加0.1分。" in section(guide, "bonus")
