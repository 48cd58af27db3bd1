"""What is suspended, deleted or still to come on a day: a guide that draws on it says so, and so does a decision that lacks it."""

import copy
import datetime
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import Pages, banshi, write_yaml

from banshi.files.findings import Citation
from banshi.law.amending import Amended, Renumbered, Renumbering
from banshi.law.amendments import Consolidation
from banshi.law.library import Library

RULES = "chengxi/change-management"
day = datetime.date.fromisoformat


def amendment(folder: Path, name: str, on: str, changes: list[dict[str, Any]], of: str = RULES) -> None:
    """An amending instrument of the centre, in force from a day."""
    place = folder / "policies/chengxi" / name
    place.mkdir()
    write_yaml(
        place / f"{on}.yaml",
        {
            "kind": "policy",
            "instrument": f"chengxi/{name}",
            "version": on,
            "title": f"关于修改办法的通知（{name}）",
            "number": f"城府〔{on[:4]}〕{name[1:]}号",
            "jurisdiction": "chengxi",
            "jurisdiction_name": "城西市",
            "subject": "工程变更的审批",
            "issuers": ["城西市人民政府（虚构）"],
            "dates": {"issued": on, "in_force": on, "known": on},
            "status": "in_force",
            "validity": "unverified",
            "normative": True,
            "source": {"note": "虚构"},
            "relations": [{"kind": "amends", "instrument": of, "at": ["1"], "since": on}],
            "provisions": [{"id": "1", "label": "第一条", "heading": "修改", "source": {"note": "虚构"}}],
            "amends": [{"instrument": of, "pending": "new_text", "changes": [{"at": "1", **each} for each in changes]}],
        },
    )


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publicity suspended for November and December 2026, deleted from February to March 2027; a new duty from June 2027."""
    folder = tmp_path_factory.mktemp("away") / "centre"
    assert banshi("init", str(folder), "--name", "城西市政务服务中心", "--jurisdiction", "chengxi").returncode == 0
    limit = {"id": "limit-change", "do": "set", "norm": "limit", "values": {"length.value": 4}}
    amendment(folder, "a1", "2026-07-01", [limit, {"do": "rename", "words": {"主管部门": "行业主管部门"}}])
    shorter = {"do": "set", "change": "limit-change", "values": {"values": {"length.value": 3}}}
    amendment(folder, "a2", "2026-10-01", [shorter], of="chengxi/a1")
    amendment(folder, "a3", "2026-11-01", [{"do": "suspend", "provision": "4", "until": "2026-12-31"}])
    amendment(folder, "a4", "2027-02-01", [{"do": "remove", "provision": "4"}])
    amendment(folder, "a5", "2027-04-01", [{"do": "revive", "provision": "4"}])
    duty = {"id": "shown-too", "kind": "period", "statement": "归档{length}。", "of": "publicity", "tier": "government"}
    duty |= {"length": {"value": 3, "unit": "天"}, "inclusive": True}
    amendment(folder, "a6", "2027-06-01", [{"do": "add", "into": "4", "new": duty}])
    guide = folder / "policies/chengxi/guides/change-approval.yaml"
    text = guide.read_text(encoding="utf-8")
    guide.write_text(
        text.replace("kinds: [publicity, period]}", "norms: [shown, shown-for, shown-too]}"), encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-10-31", ["shown-too 现在没有：2027-06-01 起才有"]),
        (
            "2026-11-01",
            ["publicity 现在没有：2026-11-01 起没有，2027-01-01 起再有", "shown 现在没有：2026-11-01 起没有"],
        ),
        ("2026-12-31", ["publicity 现在没有：2026-11-01 起没有，2027-01-01 起再有"]),
        ("2027-01-01", ["shown-too 现在没有：2027-06-01 起才有"]),
        ("2027-03-31", ["publicity 现在没有：2027-02-01 起没有，2027-04-01 起再有"]),
        ("2027-06-01", []),
    ],
)
def test_what_stands_at_another_time_does_not_stop_the_site_and_is_told(on: str, said: list[str], centre: Path) -> None:
    """The law of that day, not of the day on which the test runs, says what is there."""
    checked = banshi("check", "policies", "--as-of", on, cwd=centre)
    assert checked.returncode == 0, checked.stdout
    assert all(each in checked.stdout for each in said)
    assert ("[guide/references]" in checked.stdout) == bool(said)


def test_what_stands_at_no_time_is_an_error_all_the_same(centre: Path) -> None:
    guide = centre / "policies/chengxi/guides/change-approval.yaml"
    kept = guide.read_text(encoding="utf-8")
    guide.write_text(kept.replace("shown-too]", "shown-to]"), encoding="utf-8")
    try:
        checked = banshi("check", "policies", "--as-of", "2026-12-01", cwd=centre)
        assert checked.returncode == 1 and "没有规范点 shown-to\n" in checked.stdout
        built = banshi("build", "--on", "2026-12-01", "--site-dir", str(centre.parent / "site"), cwd=centre)
        assert built.returncode == 1 and "没有生成网站" in built.stderr
    finally:
        guide.write_text(kept, encoding="utf-8")


def test_a_guide_says_what_is_put_off_deleted_and_still_to_come(centre: Path) -> None:
    def shown(on: str) -> str:
        return Pages(centre, day(on))("guides/change-approval.md")

    before, during, gone, after = (shown(on) for on in ("2026-10-31", "2026-12-01", "2027-03-01", "2027-04-01"))
    assert "现在没有" not in before and "还没有施行。" in before
    assert "将于2027年6月1日施行：归档3天。" in before
    assert "第四条公示：现在没有。" in during and "现在的文本施行至2026年12月31日" in during
    assert "暂停，到2026年12月31日为止。原为：政府批准后，由项目业主在市政府网站公示。" in during
    assert "将于2027年1月1日恢复。" in during
    assert "自2027年2月1日起，<a" in gone and "删去。原为：" in gone and "将于2027年4月1日恢复。" in gone
    assert "现在没有" not in after and "原为：政府批准后" not in after


def test_the_head_of_a_guide_names_all_that_has_amended_its_text(centre: Path) -> None:
    during = Pages(centre, day("2026-12-01"))("guides/change-approval.md")
    head = during[during.index('aria-label="效力提示"') :]
    head = head[: head.index("</aside>")]
    assert [f"〔2026〕{n}号" in head for n in range(1, 5)] == [True, True, True, False]
    assert "2026-11-01</a>：2026年11月1日起施行，施行至2026年12月31日" in during


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-10-20", "公示截止：2026-10-27"),
        ("2026-11-16", "第四条 公示 自 2026-11-01 起暂停，到 2026-12-31 为止（城府〔2026〕3号 第一条）"),
        ("2027-01-05", "公示截止：2027-01-12"),
        ("2027-02-15", "第四条 公示 自 2027-02-01 起删去（城府〔2027〕4号 第一条）"),
        ("2027-04-02", "公示截止：2027-04-09"),
    ],
)
def test_a_decision_that_lacks_a_norm_says_what_has_taken_it_out(on: str, said: str, centre: Path) -> None:
    told = banshi("due", "--publicity", on, "--tier", "government", cwd=centre)
    assert said in told.stdout, told.stdout


def test_a_change_is_cited_with_what_amended_it_and_no_other_change_is(centre: Path) -> None:
    library = Library([centre / "policies"])
    for on, length, by in (("2026-09-30", "4", ["a1"]), ("2026-10-01", "3", ["a1", "a2"])):
        version = library.version_at(RULES, day(on))
        assert version is not None
        placed = {each.norm.id: each for each in version.placed}
        assert f"{length}个工作日" in placed["limit"].statement
        assert [each.instrument.rpartition("/")[2] for each in placed["limit"].cite.amended_by] == by
        assert [each.instrument.rpartition("/")[2] for each in placed["middle"].cite.amended_by] == ["a1"]
    text = banshi("text", RULES, "--on", "2026-10-15", cwd=centre).stdout
    assert "〔2026-07-01 城府〔2026〕1号第一条（经城府〔2026〕2号第一条修改）改〕" in text
    assert "〔2026-07-01 城府〔2026〕1号第一条改称〕" in text


def test_the_history_of_a_norm_says_by_what_it_went_and_came_back(centre: Path) -> None:
    def told(norm: str) -> list[tuple[str, str | None, str]]:
        found = json.loads(banshi("history", RULES, "--blame", norm, "--format", "json", cwd=centre).stdout)
        return [(row["since"], row["says"], "".join(row["by"])) for row in found["readings_of_norm"]]

    shown = "公示7天。"
    assert [row[:2] for row in told("shown-for")] == [
        ("2026-01-01", shown),
        ("2026-11-01", None),
        ("2027-01-01", shown),
        ("2027-02-01", None),
        ("2027-04-01", shown),
    ]
    assert [row[2] for row in told("shown-for")][1:] == [
        "城府〔2026〕3号 第一条（暂停，到 2026-12-31 为止）",
        "城府〔2026〕3号 第一条 的暂停期满",
        "城府〔2027〕4号 第一条（删去）",
        "城府〔2027〕5号 第一条（恢复）",
    ]
    assert [row[2] for row in told("limit")][1:] == [
        "城府〔2026〕1号 第一条",
        "城府〔2026〕2号 第一条（修改 城府〔2026〕1号 第一条）",
    ]


@pytest.mark.parametrize(
    ("names", "order"),
    [
        ({"3": "4", "4": "3"}, ["1", "2", "3", "4"]),
        ({"1": "10"}, ["2", "3", "4", "10"]),
        ({"2": "2.2", "3": "2.1"}, ["1", "2.1", "2.2", "4"]),
    ],
)
def test_provisions_follow_their_numbers_when_these_change(
    names: dict[str, str], order: list[str], centre: Path
) -> None:
    consolidation = Consolidation(Library([]).data(centre / "policies" / RULES / "2026-01-01.yaml"))
    before = {provision["id"]: provision["heading"] for provision in consolidation.text["provisions"]}
    change = Renumbering(provisions={old: Renumbered(id=new, label=f"第{new}条") for old, new in names.items()})
    consolidation.apply(
        change, Amended("renumber", Citation("a/b", "2026-01-01", "1", "", "", "", ""), day("2026-07-01"))
    )
    after = {provision["id"]: provision["heading"] for provision in consolidation.text["provisions"]}
    assert list(after) == order
    assert after == {names.get(each, each): heading for each, heading in before.items()}


def test_a_renamed_term_is_said_once_though_the_old_name_stays_known(centre: Path) -> None:
    told = banshi("diff", "@2026-06-30", "@2026-07-01", cwd=centre).stdout
    back = banshi("diff", "@2026-07-01", "@2026-06-30", cwd=centre).stdout
    assert "改称 1 处，修改 1 处" in told and "改称 1 处，修改 1 处" in back
    assert "“主管部门”全文改称“行业主管部门”" in told and "“行业主管部门”全文改称“主管部门”" in back
    assert "又称" not in told + back and "其他写法" not in told + back


@pytest.mark.parametrize(("length", "first", "later"), [(9, "错误", 0), (4, "", 1), (3, "", 0), (2, "", 0)])
def test_a_county_hears_when_its_city_becomes_stricter(
    length: int, first: str, later: int, centre: Path, tmp_path: Path
) -> None:
    """The city says 5 working days, 4 from July, 3 from October; a county may only be shorter."""
    folder = tmp_path / "centre"
    shutil.copytree(centre, folder)
    rules = folder / "policies" / RULES / "2026-01-01.yaml"
    data = copy.deepcopy(Library([]).data(rules))  # what was read once is shared by all
    only = {
        "id": "only",
        "kind": "local_limit",
        "statement": "区只能更短。",
        "overlays": ["limit"],
        "may_be": "stricter",
    }
    data["provisions"][0]["norms"].append(only)
    write_yaml(rules, data)
    limit = next(norm for norm in data["provisions"][2]["norms"] if norm["id"] == "limit")
    county = "chengxi/dong"
    head = {key: data[key] for key in ("kind", "subject", "governs", "status", "validity", "normative", "source")}
    own = {
        "instrument": f"{county}/change-management",
        "version": "2026-05-01",
        "title": "东区办法",
        "number": "东府〔2026〕1号",
    }
    own |= {"jurisdiction": county, "jurisdiction_name": "东区", "issuers": ["东区人民政府（虚构）"]}
    own |= {"dates": dict.fromkeys(("issued", "in_force", "known"), "2026-05-01")}
    own["provisions"] = [{**data["provisions"][2], "norms": [{**limit, "length": {"value": length, "unit": "工作日"}}]}]
    place = folder / "policies" / county / "change-management"
    place.mkdir(parents=True)
    write_yaml(place / "2026-05-01.yaml", head | own)
    told = banshi("check", str(place), cwd=folder).stdout
    assert ("错误 [policy/county-limits]" in told) == bool(first)
    assert told.count("自 2026-10-01 起（上级的规定改了）：limit 是") == (later or length == 9)
    assert "自 2026-07-01 起" not in told or length == 9
    due = {
        on: banshi("due", "--step", "grant", "--complete", on, "--jurisdiction", county, cwd=folder).stdout.split("\n")[
            0
        ]
        for on in ("2026-06-08", "2026-10-12")
    }
    shorter = {9: ("06-15", "10-15"), 4: ("06-12", "10-15"), 3: ("06-11", "10-15"), 2: ("06-10", "10-14")}[length]
    assert [line.rpartition("：")[2] for line in due.values()] == [f"2026-{day}" for day in shorter]


def test_a_page_of_another_day_does_not_say_that_its_text_is_in_force(centre: Path) -> None:
    pages = Pages(centre, day("2026-12-01"))
    said = {
        version: pages(f"instruments/{RULES}/{version}.md").partition("怎样读这一页</b></p>")[2].partition("，效力")[0]
        for version in ("2026-10-01", "2026-11-01", "2027-02-01")
    }
    assert [text.rpartition("<li>")[2] for text in said.values()] == ["已不施行", "施行中", "还没有施行"]
