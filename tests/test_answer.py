"""What a guide says first: sums of limits, papers of a tier, one next step; the same for every centre, from its data alone."""

from itertools import pairwise

import pytest
from conftest import ROOT, Pages
from hypothesis import given
from hypothesis import strategies as st

from banshi.centre.centre import Centre
from banshi.law.norms import Length
from banshi.site.answer import ASKED, StepTaken, chart_steps, total
from banshi.site.content import Content
from banshi.site.guide import GuideView
from banshi.site.next_step import next_step
from banshi.site.pages import GUIDES, pages

UNITS = ("工作日", "天")
LENGTHS = st.builds(Length, value=st.integers(1, 60), unit=st.sampled_from(UNITS))
STEPS = st.builds(StepTaken, name=st.sampled_from("甲乙丙丁"), length=st.none() | LENGTHS)
STAGES = st.lists(st.lists(STEPS, min_size=1, max_size=4), max_size=6)
CENTRES = {"luzhou": ROOT, "linjiang": ROOT / "examples/linjiang", "qinghe": ROOT / "examples/qinghe"}


def of(value: int, unit: str = "工作日") -> Length:
    return Length(value=value, unit=unit)


def test_steps_side_by_side_take_as_long_as_the_longest() -> None:
    stages = [[StepTaken("甲", of(3)), StepTaken("乙", of(7))], [StepTaken("丙", of(5))]]
    assert total(stages).said == "合计12个工作日"


def test_units_are_not_mixed_and_what_has_no_limit_is_named() -> None:
    stages = [[StepTaken("甲", of(3))], [StepTaken("批准", None)], [StepTaken("公示", of(5, "天"))]]
    assert total(stages).said == "有时限的环节合计3个工作日加5天，批准的时限原文未载明"
    assert total([[StepTaken("批准", None)]]).said == "" and total([]).said == ""


def test_units_side_by_side_are_told_and_not_added() -> None:
    beside = [StepTaken("甲", of(12)), StepTaken("乙", of(5, "天")), StepTaken("丙", of(9))]
    assert total([beside]).said == "同时办理的12个工作日与5天（以迟的为准）"
    assert (
        total([[StepTaken("丁", of(3))], beside]).said == "合计3个工作日，另有同时办理的12个工作日与5天（以迟的为准）"
    )
    twice = total([beside, [StepTaken("批准", None)], beside]).said
    assert twice == ("有时限的环节同时办理的12个工作日与5天、12个工作日与5天（各以迟的为准），批准的时限原文未载明")
    assert total([[StepTaken("甲", of(4, "日")), StepTaken("乙", of(6, "天"))]]).said == "合计6天"


def test_what_is_taken_only_where_it_is_called_for_is_not_counted_and_is_named() -> None:
    extra = StepTaken("复核", of(15), optional=True)
    assert total([[StepTaken("甲", of(5)), extra]]).said == "合计5个工作日，需要时才走的复核没有计入"
    assert total([[extra]]).said == "需要时才走的复核没有计入"
    assert total([[extra], [StepTaken("批准", None)]]).said == ""


@given(STAGES)
def test_a_total_grows_with_each_stage_and_forgets_no_step(stages: list[list[StepTaken]]) -> None:
    found = total(stages)
    assert set(found.open) == {step.name for stage in stages for step in stage if step.length is None}
    for unit in UNITS:
        sums = [next((s.value for s in total(stages[:n]).sums if s.unit == unit), 0) for n in range(len(stages) + 1)]
        assert all(
            after - before in {0, *(s.length.value for s in stage if s.length and s.length.unit == unit)}
            for (before, after), stage in zip(pairwise(sums), stages, strict=True)
        )


@given(STAGES)
def test_a_chart_tells_every_step(stages: list[list[StepTaken]]) -> None:
    for box, stage in zip(chart_steps(stages), stages, strict=True):
        told = "".join((box.title, box.note, *box.beside))
        assert all(step.name in told and (step.length is None or step.length.phrase({}) in told) for step in stage)


def views(name: str) -> list[GuideView]:
    found = (page.context["views"] for page in pages(Content(Centre(CENTRES[name]))) if page.path == GUIDES)
    views: list[GuideView] = next(found)
    return views


@pytest.mark.parametrize("name", CENTRES)
def test_every_guide_of_every_centre_opens_with_an_answer(name: str) -> None:
    made = Pages(CENTRES[name])
    guides = views(name)
    assert len(guides) >= 3
    for view in guides:
        page = made(f"guides/{view.guide.id}.md")
        answer, rest = page.split("</section>", 1)
        assert 'class="answer"' in answer and "<dt>" in answer and "## " not in answer, view.guide.id
        assert answer.count("下一步") == 1 and next_step(view) is not None, view.guide.id
        assert answer.count("原文没有写的") == (0 < len(view.unstated) < len(ASKED))
        for tier in view.tiers:
            assert tier.name in answer and (tier.total.said or "原文未载明") in answer
            if tier.stages and view.shows("procedure"):
                assert "<title id=" in rest and f"{tier.name}：办理流程" in rest
        assert rest.rfind("## 二十项要素") > rest.rfind("## ", 0, rest.rfind("## 二十项要素"))


def test_the_papers_of_a_tier_are_those_of_its_norms() -> None:
    (view,) = [view for view in views("luzhou") if view.guide.id == "change-approval"]
    papers = {tier.id: [paper.name for paper in view.papers_of(tier)] for tier in view.tiers}
    assert papers["consultation"] == ["三方会商记录"]
    assert "增加工程公示表（附件2）" in papers["full_procedure"] and len(papers["full_procedure"]) == 6
    assert all(len(set(names)) == len(names) for names in papers.values())


def test_the_home_page_leads_to_every_guide() -> None:
    home = Pages(CENTRES["linjiang"])("index.md")
    assert all(f'href="guides/{view.guide.id}/"' in home and view.guide.short in home for view in views("linjiang"))


def test_who_comes_with_it_is_whom_the_law_names_or_applies_to() -> None:
    who = {view.guide.id: view.audience for view in views("luzhou")}
    assert who["change-approval"] == ["项目业主", "代建单位"]
    assert who["leave"] == ["政务服务中心工作人员", "窗口工作人员"] and who["window-assessment"] == []
