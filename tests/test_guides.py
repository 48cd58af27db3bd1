"""The guides: every standard element, tables that agree with the norms, and pages that follow a changed YAML."""

import datetime
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from conftest import ROOT, Pages
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from banshi.centre.centre import Centre
from banshi.law.guides import load_guides
from banshi.law.library import Library
from banshi.law.norms import Enumeration
from banshi.output.flowchart import FlowStep, flow
from banshi.site.content import Content
from banshi.subjects.attendance.forms import Certificate, Leave, Person, Substitute
from banshi.subjects.attendance.leave import accepted, decide
from banshi.subjects.attendance.leave_question import LeaveQuestion
from banshi.subjects.attendance.needs import ask, needs
from banshi.subjects.attendance.needs_tables import NeedsRow, NeedsTable, tables
from banshi.subjects.attendance.rulebook import Rulebook
from banshi.subjects.attendance.spans import Spell

LEAVE = ("luzhou/attendance", "luzhou/leave-and-attendance", "luzhou/window-assessment")
GUIDES = [guide.id for guide in load_guides([ROOT / "policies"])]
D1 = "policies/luzhou/parallel-approval/2011.yaml"
D3 = "policies/luzhou/attendance/2009-12-01.yaml"
PARALLEL = {
    "parallel-investment": "investment_project",
    "parallel-registration": "enterprise_registration",
    "parallel-multi-department": "multi_department",
}


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A folder that holds only Luzhou's policies."""
    shutil.copytree(ROOT / "policies/luzhou", tmp_path / "policies/luzhou")
    return tmp_path


def rendered(folder: Path) -> Callable[[str], str]:
    """A folder's guides as text without markup."""
    made = Pages(folder)
    return lambda guide: plain(made(f"guides/{guide}.md"))


def plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def edit(path: Path, norm_id: str, change: Callable[[dict], None]) -> None:
    yaml = YAML()
    yaml.preserve_quotes = True
    data = yaml.load(path.read_text(encoding="utf-8"))
    change(next(n for p in data["provisions"] for n in p.get("norms", ()) if n["id"] == norm_id))
    with open(path, "w", encoding="utf-8") as stream:
        yaml.dump(data, stream)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return Pages(tmp_path_factory.mktemp("guides"))


@pytest.fixture(scope="module")
def shipped(made: Pages) -> Callable[[str], str]:
    return lambda guide: plain(made(f"guides/{guide}.md"))


# Every guide --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("guide", GUIDES)
def test_lists_twenty_elements_and_says_what_is_not_stated(guide: str, made: Pages) -> None:
    page = made(f"guides/{guide}.md")
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>', page.split("{ #elements }")[1], re.DOTALL)
    assert len(rows) == 20
    said = {title: plain(text).strip() for title, text in rows}
    assert all(said.values())
    assert said["事项名称"] and said["设定依据"].startswith(("泸州市", "关于"))
    assert {"原文未载明"} == {said["收费"], said["办理地点"], said["办理时间"], said["咨询方式"]}


@pytest.mark.parametrize("guide", GUIDES)
def test_prints_no_identifier_and_no_none(guide: str, shipped: Callable[[str], str]) -> None:
    text = shipped(guide)
    assert "None" not in text
    words = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", re.sub(r"\{ #.*? \}", "", text)))
    assert words == set()


def test_what_an_office_states_itself_stands_in_the_table(centre: Path) -> None:
    path = centre / "policies/luzhou/guides/change-approval.yaml"
    service = {"fee": {"charged": False}, "visits": 0, "entirely_online": True, "phone": "0830-1000001"}
    yaml = YAML()
    data = yaml.load(path.read_text(encoding="utf-8"))
    data["service"] = service
    with open(path, "w", encoding="utf-8") as stream:
        yaml.dump(data, stream)
    text = rendered(centre)("change-approval").split("{ #elements }")[1]
    assert "收费不收费" in text and "到现场次数0次全程网办" in text and "咨询方式0830-1000001" in text
    assert re.search(r"办理地点\s*原文未载明", text)


# Parallel approval: what the notice says, by hand from its lines ----------------------------------------------------


def test_each_kind_of_parallel_approval_has_its_guide() -> None:
    law = Library([ROOT / "policies"]).at(datetime.date(2011, 6, 1), "luzhou").law("parallel")
    assert law is not None
    kinds = {
        value.value for placed in law.all(Enumeration) if placed.norm.of == "case_kind" for value in placed.norm.values
    }
    guides = {guide.id: guide for guide in load_guides([ROOT / "policies"])}
    shown = {name: {case for s in guides[name].sections if s.show == "items" for case in s.cases} for name in PARALLEL}
    assert shown == {name: {kind} for name, kind in PARALLEL.items()}
    assert set(PARALLEL.values()) == kinds


@pytest.mark.parametrize(
    ("guide", "wanted"),
    [
        ("parallel-investment", ("18个部门", "85个审批事项", "投资建设项目并联审批及电子监察系统", "100%")),
        ("parallel-investment", ("95%以上（含95%）", "98%以上（含98%）", "0件", "2011年12月31日以前（含当日）")),
        ("parallel-registration", ("工商、质监、税务、公安", "企业设立登记并联审批申请表", "一表制", "2012年1月1日")),
        ("parallel-registration", ("98%以上（含98%）", "99%以上（含99%）", "0件", "争取，做不到只作提示")),
        ("parallel-multi-department", ("2个部门以上（含2个部门）", "固化流程，形成制度")),
    ],
)
def test_parallel_guide_says(guide: str, wanted: tuple[str, ...], shipped: Callable[[str], str]) -> None:
    text = shipped(guide)
    assert [said for said in wanted if said not in text] == []


def test_targets_of_one_kind_are_not_told_of_the_other(shipped: Callable[[str], str]) -> None:
    targets = {name: shipped(name).split("{ #targets }")[1].split("##")[0] for name in list(PARALLEL)[:2]}
    assert "99%" not in targets["parallel-investment"]
    assert "95%" not in targets["parallel-registration"]


def test_a_changed_target_and_a_new_department_change_the_guide(centre: Path) -> None:
    edit(centre / D1, "registration-satisfaction-rate", lambda n: n["bound"]["lower"].update(value=0.97))
    edit(centre / D1, "registration-departments", lambda n: n["values"].append({"value": "customs", "name": "海关"}))
    text = rendered(centre)("parallel-registration")
    assert "97%以上（含97%）" in text and "99%" not in text
    assert "各部门同步审查，并列：工商、质监、税务、公安、海关" in text
    assert "各部门同步审查：工商、质监、税务、公安、海关" in text


def test_stages_of_a_project_come_one_after_the_other(shipped: Callable[[str], str]) -> None:
    text = shipped("parallel-investment").split("{ #flow }")[1]
    steps = ["事项向后续阶段延伸：初设", "事项向后续阶段延伸：开工准备", "事项向后续阶段延伸：建设实施"]
    assert sorted(steps, key=text.index) == steps
    assert "并列：初设" not in text


# Leave: who, how, when, where, by the lines of the two instruments --------------------------------------------------


@pytest.fixture(scope="module")
def leave_tables() -> list[NeedsTable]:
    return tables(Library([ROOT / "policies"]), LEAVE, "luzhou")


def said(row: NeedsRow, part: str) -> str:
    return "；".join(each.text for each in getattr(row.needs, part))


def row(table: NeedsTable, kind: str, length: str, *, sudden: bool = False) -> NeedsRow:
    return next(r for r in table.rows if kind in r.kinds and r.long == length and r.sudden == sudden)


def test_a_table_for_each_stretch_of_days(leave_tables: list[NeedsTable]) -> None:
    spans = [(table.start, table.end) for table in leave_tables]
    assert spans == [
        (datetime.date(2007, 7, 1), datetime.date(2009, 11, 30)),
        (datetime.date(2009, 12, 1), datetime.date(2011, 3, 31)),
        (datetime.date(2011, 4, 1), None),
    ]


def test_from_april_2011_only_official_duty_changes(leave_tables: list[NeedsTable]) -> None:
    latest = leave_tables[2]
    assert [called for called, _ in latest.changed] == ["公假"]
    assert {"病假", "病假（突发疾病）", "事假", "因公请假", "年休假"} < set(latest.unchanged)
    assert said(row(leave_tables[1], "official_duty", "1天以上（含1天）"), "papers") == ""
    assert said(row(latest, "official_duty", "1天以上（含1天）"), "papers") == "会议通知等相关文件"


@pytest.mark.parametrize(
    ("kind", "approver", "form", "filed", "papers"),
    [
        ("sick", "政务服务中心领导", "书面", "", "事后交医院诊治病历单（复印件）给政务服务中心督察科"),
        ("personal", "政务服务中心领导", "书面", "", ""),
        ("official", "值班人员", "书面；向值班人员报告", "", ""),
        ("annual", "政务服务中心督察科", "", "政务服务中心督察科", "单位出具的年休假天数证明"),
    ],
)
def test_before_2009_the_kind_decides(
    leave_tables: list[NeedsTable], kind: str, approver: str, form: str, filed: str, papers: str
) -> None:
    found = row(leave_tables[0], kind, "不论长短")
    parts = [said(found, part) for part in ("approver", "form", "filed", "papers")]
    assert parts == [approver, form, filed, papers]
    assert said(found, "when") == "事前，同意后方可离岗"
    assert said(found, "consent") == ""
    assert said(found, "substitute") == "要"


@pytest.mark.parametrize(
    ("length", "approver", "form", "consent", "filed", "substitute"),
    [
        ("不满半天", "小组组长；不在时副组长；中心工作人员由综合科长批准", "当面或电话", "", "", ""),
        (
            *("半天以上（含半天）、不满1天", "小组组长；不在时副组长；中心工作人员由综合科长批准", "书面", ""),
            *("政务服务中心督察科", "窗口只有1人值班的，要，先派人再离岗"),
        ),
        ("1天以上（含1天）", "政务服务中心督察科", "书面", "要", "所在小组", "窗口只有1人值班的，要，先派人再离岗"),
    ],
)
def test_from_december_2009_the_length_decides(
    leave_tables: list[NeedsTable], length: str, approver: str, form: str, consent: str, filed: str, substitute: str
) -> None:
    for kind in ("sick", "personal", "official", "official_duty"):
        found = row(leave_tables[1], kind, length)
        parts = [said(found, part) for part in ("approver", "form", "consent", "filed", "substitute")]
        assert parts == [approver, form, consent, filed, substitute], kind


def test_what_each_kind_adds_from_december_2009(leave_tables: list[NeedsTable]) -> None:
    later = leave_tables[1]
    assert said(row(later, "sick", "1天以上（含1天）"), "papers").startswith("医院证明（医院须符合医保规定）；")
    assert said(row(later, "annual", "1天以上（含1天）"), "papers") == "单位出具的年休假天数证明"
    assert said(row(later, "annual", "1天以上（含1天）"), "filed") == "所在小组；政务服务中心督察科"
    assert "每人每月安排1天" in said(row(later, "official", "不满半天"), "limits")
    assert "特别重要" in said(row(later, "personal", "不满半天"), "limits")
    sudden = row(later, "sick", "1天以上（含1天）", sudden=True)
    assert said(sudden, "form").startswith("向值班人员报告；或电话告知小组组长")
    assert said(sudden, "when") == "先报告，离岗后补手续"


def test_each_group_of_staff_finds_in_the_table_what_is_asked_of_it(leave_tables: list[NeedsTable]) -> None:
    """Who approves is told with the others; of the rest, what is said of a group, or of everybody, is what it needs."""
    split = 0
    for each in (row for table in leave_tables for row in table.rows):
        assert each.groups == ("", "窗口工作人员", "中心工作人员")
        for name, own in zip(each.groups[1:], each.of_groups[1:], strict=True):
            told = {cell.label: [of for of in cell.of if name in of.whom or not of.whom] for cell in each.cells}
            if not own.ruled:
                assert each.unruled in [of.nothing for of in told["谁批准"]]
                continue
            for label, said_of_it, _ in own.answers[1:]:
                assert [of.said for of in told[label]] == [said_of_it], (each.called, each.long, name, label)
            limits = tuple(said for of in each.limits if name in of.whom or not of.whom for said in of.said)
            assert set(map(str, limits)) == set(map(str, own.limits))
        split += any(of.whom for cell in each.cells for of in cell.of)
    assert split > 10


def test_late_early_and_going_out_have_a_row_of_their_own_only_later(leave_tables: list[NeedsTable]) -> None:
    before, after = (next(r for r in table.rows if r.short) for table in leave_tables[:2])
    assert not before.needs.ruled
    assert (after.called, after.long) == ("迟到假、早退假、中途离开", "不满半天")
    assert said(after, "when") == "事前；来不及的，用电话说明"


def test_every_answer_rests_on_a_provision_or_a_reading(leave_tables: list[NeedsTable]) -> None:
    parts = ("approver", "form", "when", "consent", "filed", "papers", "substitute", "limits")
    for table in leave_tables:
        for found in table.rows:
            for part in parts:
                answers = getattr(found.needs, part)
                assert not answers or answers[0].norms or answers[0].reading, (found.called, part)


BOOK = Rulebook(Library([ROOT / "policies"]), "luzhou")
DAYS = st.sampled_from([datetime.date(2008, 3, 3), datetime.date(2010, 3, 1), datetime.date(2011, 6, 1)])


def as_the_table_says(day: datetime.date, kind: str, length: Decimal) -> tuple[LeaveQuestion, Leave]:
    """A leave for which everything is done that the table asks for, no more."""
    question = ask(BOOK.at(day), day, kind, length)
    approval = question.approval
    assert approval is not None
    found = needs(BOOK.at(day), day, kind, length)
    roles = accepted(question, approval)
    before = f"{day - datetime.timedelta(days=1)} 10:00"
    certificate = Certificate("样例医院", True) if any("医院证明" in s.text for s in found.papers) else None
    leave = Leave(
        staff="",
        kind=kind,
        start=day,
        days=length,
        requested_at=before,
        approved_at=before,
        form={"oral_or_phone": "oral", "written": "written"}.get(approval.norm.form or ""),
        approver=roles[0] if roles else "other",
        unit_consent=bool(found.consent),
        filed_with=tuple(p.norm.filed_with for p in question.approvals if p.norm.filed_with),
        papers=tuple(paper for p in question.approvals for paper in p.norm.proofs),
        certificate=certificate,
        substitute=Substitute("样例", before) if found.substitute else None,
    )
    return question, leave


def decided(question: LeaveQuestion, leave: Leave) -> bool | None:
    spell = Spell(((leave.start, "am"),), question.spell.length)
    person = Person(id="", group="window_staff", window="window")
    return decide(LeaveQuestion(leave, person, spell, question.rules, (leave.start, "am"), 1)).value


@given(
    day=DAYS,
    kind=st.sampled_from(["sick", "personal", "official", "annual"]),
    length=st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal(5)]),
)
def test_a_leave_made_as_the_table_says_is_in_order(day: datetime.date, kind: str, length: Decimal) -> None:
    question, leave = as_the_table_says(day, kind, length)
    assert decided(question, leave) is True


@given(
    day=DAYS,
    kind=st.sampled_from(["sick", "personal", "official", "annual"]),
    length=st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal(5)]),
    without=st.sampled_from(["consent", "filed", "substitute", "form"]),
)
def test_a_leave_without_one_thing_of_the_table_is_not(
    day: datetime.date, kind: str, length: Decimal, without: str
) -> None:
    question, leave = as_the_table_says(day, kind, length)
    found = needs(BOOK.at(day), day, kind, length)
    lacking = {"consent": "unit_consent", "filed": "filed_with", "substitute": "substitute", "form": "form"}[without]
    values = {f: getattr(leave, f) for f in leave.__struct_fields__}
    empty = {"unit_consent": False, "filed_with": (), "substitute": None, "form": None}[lacking]
    assert decided(question, Leave(**{**values, lacking: empty})) is (not getattr(found, without))


def test_centre_staff_ask_the_general_section_chief() -> None:
    question = ask(
        BOOK.at(datetime.date(2010, 3, 1)), datetime.date(2010, 3, 1), "sick", Decimal(1) / 2, group="centre_staff"
    )
    assert question.approval is not None
    assert accepted(question, question.approval) == ("general_section_chief",)


def test_a_changed_length_and_approver_change_the_leave_guide(centre: Path) -> None:
    edit(centre / D3, "day-leave", lambda n: n["length"]["lower"].update(value=3))
    edit(centre / D3, "half-day-leave", lambda n: n["length"]["upper"].update(value=3))
    edit(centre / D3, "half-day-leave", lambda n: n.update(approver="general_section_chief"))
    text = rendered(centre)("leave")
    assert "3天以上（含3天）" in text and "半天以上（含半天）、不满3天" in text
    assert "1天以上（含1天）" not in text.split("{ #what-to-do }")[1].split("{ #kinds }")[0]
    assert "综合科长第十一条" in text


def test_a_leave_that_only_another_group_may_ask_for_is_told(centre: Path) -> None:
    for norm in ("half-day-leave", "day-leave"):
        edit(centre / D3, norm, lambda n: n.update(groups=["centre_staff"]))
    text = rendered(centre)("leave")
    rows = [row for row in text.split("<tr>") if "半天以上" in row or "1天以上" in row]
    assert any("中心工作人员由综合科长批准，书面" in row for row in rows)
    assert any("中心工作人员由政务服务中心督察科批准" in row for row in rows)


def test_a_changed_day_of_force_moves_the_tables(centre: Path) -> None:
    for name in ("attendance/2009-12-01.yaml", "leave-and-attendance/2007-07-01.yaml"):
        path = centre / "policies/luzhou" / name
        moved = re.sub(r"(in_force|since): 2009-12-01", r"\1: 2010-02-01", path.read_text(encoding="utf-8"))
        path.write_text(moved, encoding="utf-8")
    assert "2007年7月1日至2010年1月31日" in rendered(centre)("leave")


# Flow charts --------------------------------------------------------------------------------------------------------


def test_a_flow_chart_tells_itself_in_words_and_stays_within_a_phone() -> None:
    names = tuple(f"样例行政主管部门第{n}窗口" for n in range(18))
    chart = str(
        flow("样例 <b>", [FlowStep("受理"), FlowStep("审查", names, "同时"), FlowStep("办结", note="很长" * 40)])
    )
    assert "第2步 审查（同时），并列：样例行政主管部门第0窗口、" in chart
    assert "样例 &lt;b&gt;" in chart and "<b>" not in chart
    boxes = [(int(x), int(w)) for x, w in re.findall(r'<rect x="(\d+)" y="\d+" width="(\d+)"', chart)]
    assert len(boxes) == 1 + 1 + 18 + 1
    assert all(x >= 0 and x + w <= 360 for x, w in boxes)
    tall = [(int(y), int(h)) for y, h in re.findall(r'<rect x="\d+" y="(\d+)" width="\d+" height="(\d+)"', chart)]
    height = int(re.search(r'height="(\d+)" role', chart)[1])  # type: ignore[index]
    assert all(y + h <= height for y, h in tall)


# A centre's catalogue -----------------------------------------------------------------------------------------------

SAMPLE = ROOT / "examples/parallel/registration/catalogue.yaml"


@pytest.fixture
def own_catalogue(centre: Path) -> Path:
    """A centre that keeps a catalogue among its policies: no sample, so every item has its page."""
    place = centre / "policies/luzhou/catalogues/registration.yaml"
    place.parent.mkdir()
    text = SAMPLE.read_text(encoding="utf-8").replace("fictional: true", "fictional: false").replace("（虚构）", "")
    place.write_text(text, encoding="utf-8")
    return centre


def test_every_item_of_a_centre_s_catalogue_has_its_guide(own_catalogue: Path) -> None:
    made, folder = Pages(own_catalogue), "guides/items/luzhou/registration"
    catalogue = YAML(typ="safe", pure=True).load(SAMPLE.read_text(encoding="utf-8"))
    names = {Path(path).stem for path in made.paths if path.startswith(f"{folder}/")}
    assert names == {"index", *(item["id"] for item in catalogue["items"])}
    for item in catalogue["items"]:
        page = made(f"{folder}/{item['id']}.md")
        rows = re.findall(
            r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>', page.split("{ #elements }")[1], re.DOTALL
        )
        said = {title: plain(text) for title, text in rows}
        assert len(said) == 20 and all(said.values())
        assert said["事项名称"] == item["name"]
        assert said["收费"] == "原文未载明" if "fee" not in item else said["收费"]
        assert all(material["name"] in page for material in item.get("materials", ()))
        assert f"--item {item['id']} --from" in page
        assert "虚构样例" not in page and "None" not in page


def test_an_item_links_to_what_comes_before_and_after(own_catalogue: Path) -> None:
    made, folder = Pages(own_catalogue), "guides/items/luzhou/registration"
    catalogue = YAML(typ="safe", pure=True).load(SAMPLE.read_text(encoding="utf-8"))
    later = next(item for item in catalogue["items"] if item.get("requires"))
    earlier = later["requires"][0]
    assert f"/{earlier}/" in made(f"{folder}/{later['id']}.md").split("{ #related }")[1]
    assert f"/{later['id']}/" in made(f"{folder}/{earlier}.md").split("{ #related }")[1]


def test_a_changed_limit_changes_the_item_s_page_and_guides_list_the_catalogue(own_catalogue: Path) -> None:
    place = own_catalogue / "policies/luzhou/catalogues/registration.yaml"
    yaml = YAML()
    data = yaml.load(place.read_text(encoding="utf-8"))
    item = next(item for item in data["items"] if item.get("limits", {}).get("promised"))
    item["limits"].update(promised=77, statutory=177)
    with open(place, "w", encoding="utf-8") as stream:
        yaml.dump(data, stream)
    read = rendered(own_catalogue)
    page = read(f"items/luzhou/registration/{item['id']}")
    assert "承诺时限77个工作日" in page and "规定时限177个工作日" in page
    assert data["title"] in read("parallel-registration").split("{ #items }")[1].split("##")[0]
    assert data["title"] not in read("parallel-investment")


def test_fictional_catalogues_show_a_sample_of_each_stage_and_say_what_they_are(
    made: Pages,
) -> None:
    folder = "guides/items/examples/parallel/investment/"
    catalogue = YAML(typ="safe", pure=True).load(
        (ROOT / "examples/parallel/investment/catalogue.yaml").read_text(encoding="utf-8")
    )
    stages = {item.get("stage") for item in catalogue["items"]}
    paths = [path for path in made.paths if path.startswith(folder)]
    assert len(paths) == len(stages) + 1
    assert all("虚构样例" in made(path) for path in paths)
    listed = plain(made(f"{folder}index.md"))
    first = next(item for item in catalogue["items"] if item["stage"] == catalogue["stages"][0]["id"])
    rest = [item["name"] for item in catalogue["items"] if item["stage"] == first["stage"]][1:]
    assert all(item["name"] in listed for item in catalogue["items"])
    assert all(listed.index(first["name"]) < listed.index(name) for name in rest)


def test_a_centre_s_site_does_not_show_our_samples(centre: Path) -> None:
    assert Content(Centre(centre)).catalogues == []


def test_names_of_a_catalogue_are_text_and_never_markup(centre: Path) -> None:
    text = (ROOT / "examples/parallel/template/catalogue.yaml").read_text(encoding="utf-8")
    evil = "</title><script>alert(1)</script>"
    path = centre / "policies/luzhou/yangliqu/catalogues/road.yaml"
    path.parent.mkdir(parents=True)
    # Of a fictional catalogue not every item has a page.
    text = text.replace("fictional: true\n", "").replace("name: 占道施工交通意见", f'name: "{evil}"')
    path.write_text(text, encoding="utf-8")
    made = Pages(centre)
    pages = [path for path in made.paths if path.startswith("guides/items/luzhou/yangliqu/")]
    assert len(pages) == 3
    for page in pages:
        printed = made(page)
        assert "<script>" not in printed and "alert(1)" in printed
