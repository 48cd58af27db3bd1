"""Guides of any centre tell in words what its newer kinds of norm say: vetoes, combined scores, ranking, grades, hours."""

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
from conftest import ROOT, Pages

from banshi.centre.centre import Centre
from banshi.law.guides import law_of, load_guides
from banshi.site import worked
from banshi.site.content import Content
from banshi.site.scoring import _STATED, ScoringView
from banshi.subjects.assessment.book import Sort

SAID = {
    "linjiang": {
        "window-assessment": ("veto", "score_combination", "ranking", "grade"),
        "leave-and-hours": ("conversion",),
    },
    "qinghe": {"appraisal": ("veto", "ranking", "grade"), "hours": ("working_time", "punch_window", "conversion")},
}


@pytest.mark.parametrize("centre", SAID)
def test_every_norm_of_these_kinds_is_on_the_guide(centre: str, tmp_path: Path) -> None:
    folder = tmp_path / centre
    shutil.copytree(ROOT / "examples" / centre, folder)
    content = Content(Centre(folder))
    made = Pages(folder)
    for guide in load_guides([folder / "policies"]):
        law = law_of(guide, content.library)
        page = made(f"guides/{guide.id}.md")
        text = re.sub(r"<[^>]+>|&#\d+;|[^\w]", "", page)
        for kind in SAID[centre].get(guide.id, ()):
            placed = [each for each in law.placed.values() if each.norm.kind == kind] if law else []
            assert placed, kind
            assert [p.norm.id for p in placed if re.sub(r"[^\w]", "", p.statement) not in text] == []
    page = made(f"guides/{next(iter(SAID[centre]))}.md")
    assert "不评" in page and "每" in page


def test_every_way_of_stating_a_fact_is_told() -> None:
    assert set(_STATED) == set(get_args(Sort))


def test_facts_of_vetoes_and_of_marks_by_people_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / "linjiang"
    shutil.copytree(ROOT / "examples/linjiang", folder)
    content = Content(Centre(folder))
    guide = next(each for each in load_guides([folder / "policies"]) if each.id == "window-assessment")
    law = law_of(guide, content.library)
    assert law is not None
    assert {"extortion", "hall_assessment"} <= {each.fact for each in ScoringView(law).facts}


def test_a_half_year_is_not_called_a_year(tmp_path: Path) -> None:
    folder = tmp_path / "qinghe"
    shutil.copytree(ROOT / "examples/qinghe", folder)
    page = Pages(folder)("guides/appraisal.md")
    assert "每半年（一年2次，这里是第一次）" in page and "考核年度" not in page


def test_a_page_tries_the_scenarios_of_its_own_instrument_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, plainly = list[str](), worked.tried
    monkeypatch.setattr(
        worked, "tried", lambda document, found, law: (tried.append(found.of), plainly(document, found, law))[1]
    )
    made = Pages(ROOT / "examples/qinghe")
    assert "## 举例" in made("guides/hours.md") and len({*tried}) == 1
    once = [*tried]
    made("guides/appraisal.md")
    assert {*tried} > {*once} and len(tried) == len({*tried}), "each file once"
