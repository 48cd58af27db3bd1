"""Of a text that was amended again and again each page shows what is near it, and each citation says how often."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.files.findings import Citation, few_of
from banshi.law.library import Library
from banshi.site.through_time import ThroughTime

AMENDED = 30
NAME = "yangcheng/text"


@pytest.fixture(scope="module")
def time(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThroughTime]:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import law_speed

    centre: Path = law_speed.made(tmp_path_factory.mktemp("law"), law_speed.amendments(AMENDED))
    library = Library([centre / "policies"])
    names = [NAME, *(f"yangcheng/n-{n:05}" for n in range(1, AMENDED + 1))]
    yield ThroughTime(library, names)
    sys.path.remove(str(ROOT / "benchmarks"))
    sys.modules.pop("law_speed")


@pytest.mark.parametrize("here", [0, 1, 7, 15, AMENDED])
def test_the_texts_near_one_are_shown_and_the_others_counted(here: int, time: ThroughTime) -> None:
    line = time.line(NAME)
    shown = time.around(line[here].text)
    assert sum(each if isinstance(each, int) else 1 for each in shown) == len(line) == AMENDED + 1
    there = [each for each in shown if not isinstance(each, int)]
    assert len(there) <= 13 and there[0] is line[0] and there[-1] is line[-1]
    assert all(near in there for near in line[max(here - 1, 0) : here + 2])


def test_each_amendment_shows_the_text_that_it_made(time: ThroughTime) -> None:
    for edition in time.line(NAME)[1:]:
        last = edition.text.amended.by[-1].by.instrument
        amending = time.library.versions(last)[0].text
        assert [made.text for made in time.made_by(amending)] == [edition.text]


def test_a_citation_of_many_amendments_names_the_first_and_the_last() -> None:
    def cited(n: int) -> Citation:
        by = tuple(Citation("x", "1", "1", "第一条", "", f"{k}号", "") for k in range(1, n + 1))
        return Citation("y", "1", "2", "第二条", "", "甲号", "", by)

    assert cited(0).place == "第二条" and cited(2).place == "第二条（经1号第一条、2号第一条修改）"
    assert cited(40).place == "第二条（经1号第一条等40处修改，最近是40号第一条）"
    assert few_of(tuple("abcdef"))[1] is None
