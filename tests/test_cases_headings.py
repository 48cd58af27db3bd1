"""What real exports put under the headings of a case log: read as what it says, or refused with the reason."""

import datetime
from pathlib import Path

import pytest
from test_cases_unread import loaded

from banshi.subjects.cases.measures import MEASURES, share

DAY = datetime.date


def log_of(folder: Path, headings: str, *rows: str) -> Path:
    path = folder / "办件.csv"
    path.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    return path


def overdue(path: Path) -> tuple[int, int, int]:
    """Cases, overdue ones, and rows that could not be read."""
    log, _ = loaded(path)
    return log.tally.cases, share(log.whole, MEASURES["overdue_cases"]).hits if log.tally.cases else 0, log.left.unread


@pytest.mark.parametrize("clock", ["09:12:33", "9:12", "09:12:33.123", "下午3:05", "0:00:00"])
def test_a_moment_says_the_day(clock: str, tmp_path: Path) -> None:
    head = "办件编号,类别,部门,窗口,受理时间,承诺办结日,办结时间"
    path = log_of(tmp_path, head, f"1,其他,公安,W01,2011-12-05 {clock},2011-12-09,2011/12/9 16:40:00")
    log, report = loaded(path)
    assert [f for f in report.findings if f.severity == "error"] == []
    assert (log.tally.last, overdue(path)) == (DAY(2011, 12, 9), (1, 0, 0))


@pytest.mark.parametrize("written", ["2011-12-05 25:00", "2011-12-05 开门时", "09:12"])
def test_what_is_no_moment_is_refused(written: str, tmp_path: Path) -> None:
    path = log_of(tmp_path, "办件编号,类别,部门,窗口,受理时间", f"1,其他,公安,W01,{written}")
    assert overdue(path) == (0, 0, 1)


@pytest.mark.parametrize(("promised", "legal"), [("5", "20"), ("5个工作日", "20个工作日"), ("5天", "20日"), ("", "")])
def test_a_column_of_days_never_hides_that_of_the_date(promised: str, legal: str, tmp_path: Path) -> None:
    head = "办件编号,类别,部门,窗口,受理日期,法定期限,承诺期限,承诺办结日期,法定办结日期,办结日期"
    rows = [
        f"{n},其他,公安,W01,2011-12-05,{legal},{promised},2011-12-12,2011-12-30,2011-12-{d}"
        for n, d in ((1, 20), (2, 9))
    ]
    assert overdue(log_of(tmp_path, head, *rows)) == (2, 1, 0)


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ("5个工作日", DAY(2011, 12, 12)),
        ("5 工作日", DAY(2011, 12, 12)),
        ("7个日历日", DAY(2011, 12, 12)),
        ("7自然日", DAY(2011, 12, 12)),
        ("当场办结", DAY(2011, 12, 5)),
        ("2011-12-12", DAY(2011, 12, 12)),
        ("2011年12月12日 17:00", DAY(2011, 12, 12)),
    ],
)
@pytest.mark.parametrize("heading", ["承诺期限", "承诺时限", "法定期限", "法定时限"])
def test_a_limit_alone_gives_the_day_where_it_says_which_days(
    heading: str, limit: str, due: DAY, tmp_path: Path
) -> None:
    head = f"办件编号,类别,部门,窗口,受理日期,{heading},办结日期"
    late = due + datetime.timedelta(1)
    rows = [f"{n},其他,公安,W01,2011-12-05,{limit},{day}" for n, day in enumerate((due, late))]
    assert overdue(log_of(tmp_path, head, *rows)) == (2, 1, 0)


@pytest.mark.parametrize("limit", ["5", "5天", "5日", "五日内", "-5", "2199个工作日"])
def test_a_limit_that_leaves_the_day_open_is_refused(limit: str, tmp_path: Path) -> None:
    path = log_of(tmp_path, "办件编号,类别,部门,窗口,受理日期,承诺期限", f"1,其他,公安,W01,2026-12-05,{limit}")
    assert overdue(path) == (0, 0, 1)
    assert any("承诺期限" in f.message.zh for f in loaded(path)[1].findings)


def test_two_days_for_one_limit_are_refused(tmp_path: Path) -> None:
    head = "办件编号,类别,部门,窗口,受理日期,承诺期限,承诺办结日"
    path = log_of(
        tmp_path,
        head,
        "1,其他,公安,W01,2011-12-05,2011-12-12,2011-12-13",
        "2,其他,公安,W01,2011-12-05,2011-12-12,2011-12-12",
    )
    assert overdue(path) == (1, 1, 1)


@pytest.mark.parametrize(("cell", "read"), [("XBH-01", (1, 0)), ("无", (0, 0)), ("否", (0, 0)), ("是", (0, 1))])
def test_a_signed_project_is_named(cell: str, read: tuple[int, int], tmp_path: Path) -> None:
    log, _ = loaded(log_of(tmp_path, "办件编号,类别,部门,窗口,受理日期,签约项目", f"1,其他,公安,W01,2011-12-05,{cell}"))
    assert (len(log.tally.projects), log.left.unread) == read


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("群众评议", "基本满意"),
        ("是否并联", "部分"),
        ("所用系统", "自建系统"),
        ("类别", "即办件"),
        ("办结日期", "快了"),
    ],
)
def test_contents_without_a_meaning_of_ours_are_refused(heading: str, cell: str, tmp_path: Path) -> None:
    row = {"办件编号": "1", "类别": "其他", "部门": "公安", "窗口": "W01", "受理日期": "2011-12-05", heading: cell}
    assert overdue(log_of(tmp_path, ",".join(row), ",".join(row.values()))) == (0, 0, 1)


@pytest.mark.parametrize("heading", ["办理状态", "完成情况日", ""])
def test_without_the_days_of_finishing_nobody_is_late(heading: str, tmp_path: Path) -> None:
    """A log that does not say what is finished: the cases are counted, and none is overdue, in time or open as a fact."""
    finished = {"办理状态": "已办结", "完成情况日": "2011-12-09", "": ""}[heading]
    head = f"办件编号,类别,部门,窗口,受理时间,承诺办结日,{heading}"
    rows = [f"{n},其他,公安,W01,2011-12-01,2011-12-12,{finished}" for n in (1, 2)]
    log, report = loaded(log_of(tmp_path, head, *rows))
    late = share(log.whole, MEASURES["overdue_cases"], left=log.left)
    assert (late.ends, log.tally.cases) == ((0, 2), 2)
    assert share(log.whole, MEASURES["on_time_rate"], left=log.left).bounds in ((0, 1), None)
    assert [f.rule for f in report.findings if f.severity == "error"] == ["input/left-aside"]
