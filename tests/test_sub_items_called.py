"""Sub-items are told apart by name wherever they are named: several under one article are not all called by its heading."""

from collections import Counter
from typing import Any

import pytest
from conftest import ROOT, Pages
from hypothesis import given
from hypothesis import strategies as st
from test_random_score_trees import law

from banshi.law.library import Library
from banshi.law.norms import ScoreSubItem
from banshi.site.scoring import ScoringView
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.names import headings
from banshi.subjects.assessment.sub_items import called, with_marks
from banshi.subjects.assessment.table_columns import AssessmentColumns


def sub_item(own: str, statement: str, marks: int, item: str = "1") -> dict[str, Any]:
    return {"id": own, "kind": "score_sub_item", "statement": statement, "item": item, "marks": marks, "manual": True}


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("按时办结，满分{marks}分。", "按时办结"),
        ("材料一次告知满分{marks}分。", "材料一次告知"),
        ("着装的分值为{marks}分。", "着装"),
        ("在岗守时（{marks}分）：不迟到。", "在岗守时"),
    ],
)
def test_of_several_each_is_called_by_what_its_sentence_begins_with(statement: str, name: str) -> None:
    rules = law([sub_item("one", statement, 15), sub_item("two", "录入系统，满分{marks}分。", 15)])
    assert [called(each) for each in rules.all(ScoreSubItem)] == [name, "录入系统"]


def test_one_alone_is_called_by_its_heading() -> None:
    (only,) = law([sub_item("one", "按时办结，满分{marks}分。", 15)]).all(ScoreSubItem)
    assert called(only) == only.provision.heading


BEGUN = st.sampled_from(("按时办结，满分{marks}分。", "录入，满分{marks}分。", "{marks}分。", "录入满分{marks}分。"))


@given(st.lists(st.tuples(BEGUN, st.sampled_from((5, 10))), min_size=2, max_size=6))
def test_no_two_are_named_alike(drawn: list[tuple[str, int]]) -> None:
    """However their sentences begin: a table has a name for each of them, and a file may write it."""
    rules = law([sub_item(f"s{n}", said, marks) for n, (said, marks) in enumerate(drawn)])
    every = rules.all(ScoreSubItem)
    names = Counter(map(called, every))
    assert max(names.values()) == 1
    columns = AssessmentColumns(AssessmentBook(rules)).sub_items
    assert list(columns.values()) == [each.norm.id for each in every]
    assert with_marks(every) == {own: name for name, own in columns.items()}
    assert {called(each): each.norm.id for each in every}.items() <= headings(every).items()  # type: ignore[arg-type]


def test_a_guide_names_them() -> None:
    library = Library([ROOT / "tests/data/lanping/policies", ROOT / "policies"])
    rules = library.at(library.on, "lanping").law("assessment")
    assert rules is not None
    named = [[each.name for each in item.sub_items] for item in ScoringView(rules).items]
    assert named == [["按时办结", "材料一次告知", "录入系统"], ["评价"], ["在岗守时", "着装"]]
    page = Pages(ROOT / "tests/data/lanping")("guides/marks.md")
    assert "按时办结 25分、材料一次告知 15分、录入系统 20分" in page and "办理 25分" not in page
