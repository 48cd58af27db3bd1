"""A late case counts in one quarter, that in which its limit ran out (AMB-83), and is overdue nowhere else."""

import datetime
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.files.reading import read
from banshi.law.assessment_periods import asked
from banshi.law.library import Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.cases.forms import Case, Log
from banshi.subjects.cases.quarter import QuarterTally, quarter_tally
from banshi.subjects.cases.vocabulary import Vocabulary

SHIPPED = Library([ROOT / "policies"])
OTHER = {"kind": "other", "department": "公安", "window": "W01", "accepted_on": "2012-01-04"}


def made(folder: Path, cases: list[dict[str, Any]], **head: Any) -> Path:
    """A log of these cases as a file."""
    write_yaml(folder / "log.yaml", {"kind": "cases", "centre": "样例（虚构）", **head, "cases": cases})
    return folder / "log.yaml"


LONG = datetime.date(2013, 3, 31)  # a day after all of them
QUARTERS = [f"{year}-Q{number}" for year in (2011, 2012) for number in (1, 2, 3, 4)]
ONE_CASE = st.tuples(
    st.dates(datetime.date(2011, 3, 1), datetime.date(2012, 8, 20)),
    st.integers(0, 40),
    st.none() | st.integers(0, 200),
    st.sampled_from(["W01", "W02"]),
)


def quarter_of_log(cases: list[Case], quarter: str, library: Library, as_of: datetime.date) -> QuarterTally | None:
    wanted = asked(quarter)
    assert wanted is not None
    log = Log(jurisdiction="luzhou", level="city")
    found = quarter_tally(log, library, WorkingDays(library.folders), wanted, as_of, Vocabulary())
    for n, case in enumerate(cases if found else ()):
        assert found is not None
        found.add(case, n, None)
    return found


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The law with the other reading of a case that touches several quarters."""
    folder = tmp_path_factory.mktemp("anew") / "policies"
    shutil.copytree(ROOT / "policies", folder)
    path = folder / "luzhou/window-assessment/2011-04-01.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("default: document_quarter", "default: anew"), encoding="utf-8")
    return Library([folder])


@pytest.mark.parametrize("reading", ["document_quarter", "anew"])
@examples(25)
@given(rows=st.lists(ONE_CASE, max_size=8))
def test_a_late_case_counts_in_the_quarter_in_which_its_limit_ran_out(
    anew: Library, reading: str, rows: list[Any]
) -> None:
    """And in no other (AMB-83); an oracle of its own says in which. Read otherwise, it counts where it is finished too."""
    library = anew if reading == "anew" else SHIPPED
    cases, wanted = [], Counter[str]()
    for n, (accepted, limit, taken, window) in enumerate(rows):
        due = accepted + datetime.timedelta(days=limit)
        finished = None if taken is None else accepted + datetime.timedelta(days=taken)
        given = {"kind": "other", "department": "公安", "window": window, "online": False, "parallel": False}
        cases.append(Case(id=f"C-{n}", accepted_on=accepted, due_on=due, finished_on=finished, **given))
        if finished is None or finished > due:
            here = {assessed(due)} | ({assessed(finished)} if reading == "anew" and finished else set())
            wanted.update({quarter for quarter in here if quarter in QUARTERS})
    counted: Counter[str] = Counter()
    for quarter in QUARTERS:
        tally = quarter_of_log(cases, quarter, library, LONG)
        for _, facts in tally.windows(LONG) if tally else ():
            counted[quarter] += facts["overdue_cases"].hits
            timely, on_site = facts["on_time_rate"], facts["on_site_rate"]
            assert timely.of - timely.hits <= facts["overdue_cases"].hits  # the file never contradicts itself
            assert timely.of <= on_site.of
        assert len(tally.overdue(LONG) if tally else ()) == counted[quarter]
    assert +counted == wanted


def assessed(day: datetime.date) -> str:
    """The assessment quarter of a day (lines 90 and 91 of the source); "" before the measures were in force."""
    year, month = (day.year + 1, 0) if day.month == 12 else (day.year, day.month)
    return f"{year}-Q{month // 3 + 1}" if day >= datetime.date(2011, 4, 1) else ""


def test_what_is_open_on_the_last_day_of_its_limit_and_of_the_quarter_is_overdue(tmp_path: Path) -> None:
    """Else it would count in no quarter: the next one leaves it to the quarter of its limit."""
    case = {**OTHER, "id": "B-1", "due_on": "2012-02-29", "online": False, "parallel": False}
    path = made(tmp_path, [case], jurisdiction="luzhou", level="city", as_of="2012-02-29")
    out = tmp_path / "facts.yaml"
    banshi("cases", str(path), "--assessment", str(out), "--quarter", "2012-Q1")
    document = read(out).document
    assert document is not None
    assert document.data["windows"][0]["facts"]["overdue_cases"] == 1
    assert [d["on"] for d in document.data["windows"][0]["deductions"]] == ["2012-02-29"]
