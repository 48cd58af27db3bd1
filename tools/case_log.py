"""The shipped example of a large case log: 5,000 fictional cases, counted by construction and never drawn by chance.

Each block says how many of its cases are finished, late, evaluated … so every figure of the log is known beforehand
(``tests/test_cases.py`` states them). Usage: ``python tools/case_log.py > examples/cases/yangliqu/办件.csv``.
"""

import csv
import datetime
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from banshi.law.working_days import WorkingDays

ROOT = Path(__file__).resolve().parent.parent
HEADINGS = [
    "办件编号",
    "类别",
    "事项",
    "部门",
    "协同部门",
    "窗口",
    "是否并联",
    "受理日期",
    "承诺办结日",
    "法定办结日",
    "办结日期",
    "是否现场办结",
    "所用系统",
    "群众评议",
    "是否网上办件",
    "是否新设立内资企业",
    "签约项目",
]
SYSTEMS = {
    "invest": "投资建设项目并联审批及电子监察系统",
    "register": "企业设立登记并联审批软件",
    "general": "行政审批通用软件",
}


@dataclass(frozen=True)
class Block:
    """Cases of one sort: how many there are, and of how many of them something holds (of the finished ones)."""

    prefix: str
    kind: str
    item: str
    windows: tuple[tuple[str, str], ...]
    system: str
    first: datetime.date
    cases: int
    finished: int
    late: int
    evaluated: int
    satisfied: int
    on_site: int
    parallel: bool = True
    domestic: bool | None = None
    others: str = ""
    limits: tuple[int, int] = (6, 20)
    projects: tuple[str, ...] = ()
    open_late: int = 0
    last: datetime.date = datetime.date(2012, 2, 29)


INVEST = (("发展改革", "W01"), ("住房和城乡建设", "W02"), ("交通运输", "W03"), ("环境保护", "W04"))
REGISTER = (("工商", "W05"), ("质监", "W06"), ("税务", "W07"), ("公安", "W08"))
AUTUMN, WINTER = datetime.date(2011, 9, 1), datetime.date(2012, 1, 4)
BLOCKS = (
    Block("TZ", "投资建设项目", "项目核准", INVEST, SYSTEMS["invest"], AUTUMN, 1000, 960, 2, 912, 894, 950,
          projects=("XBH-01", "XBH-02", "XBH-03"), open_late=1),
    Block("TY", "投资建设项目", "项目备案", INVEST, SYSTEMS["general"], AUTUMN, 200, 200, 0, 150, 150, 200,
          parallel=False, limits=(12, 20)),
    Block("QS", "企业设立登记", "公司设立", REGISTER, SYSTEMS["register"], AUTUMN, 200, 200, 0, 200, 200, 200,
          domestic=True, limits=(4, 15), last=datetime.date(2011, 12, 31)),
    Block("QD", "企业设立登记", "公司设立", REGISTER, SYSTEMS["register"], WINTER, 1799, 1790, 0, 1750, 1731, 1790,
          domestic=True, limits=(4, 15)),
    Block("QN", "企业设立登记", "公司设立", REGISTER[:1], SYSTEMS["general"], WINTER, 1, 1, 0, 1, 1, 1,
          parallel=False, domestic=True, limits=(4, 15)),
    Block("LB", "涉及两个以上部门", "户外广告设置", INVEST[1:2], SYSTEMS["general"], AUTUMN, 300, 300, 0, 290, 289, 300,
          others="公安、工商"),
    Block("QT", "其他", "一般事项", REGISTER[2:], SYSTEMS["general"], AUTUMN, 1500, 1500, 3, 1200, 1190, 1500,
          parallel=False),
)  # fmt: skip


def main() -> None:
    """Write the table to standard output."""
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(HEADINGS)
    days = WorkingDays([ROOT / "policies"])
    for block in BLOCKS:
        writer.writerows(rows(block, days))


def rows(block: Block, days: WorkingDays) -> Iterator[list[str]]:
    """The rows of a block, spread evenly over its working days; the last ones are those still open."""
    span = [block.first + datetime.timedelta(n) for n in range((block.last - block.first).days)]
    working = [day for day in span if days.is_working(day)]
    closing = [day for day in working if days.add(day, block.limits[0] + 2) <= block.last]  # finished by the last day
    for n in range(block.cases):
        done = n < block.finished
        overdue = n - block.finished < block.open_late
        pool = closing if done or overdue else working[-block.limits[0] + 1 :]  # not due before the last day
        yield row(block, n, pool[n * 7 % len(pool)], days)


def row(block: Block, n: int, accepted: datetime.date, days: WorkingDays) -> list[str]:
    """One case."""
    due, statutory = (days.add(accepted, limit) for limit in block.limits)
    department, window = block.windows[n % len(block.windows)]
    done = n < block.finished
    finished = days.add(due, 1) if n < block.late else days.add(accepted, 1 + n % block.limits[0])
    evaluation = "满意" if n < block.satisfied else "不满意" if n < block.evaluated else "未评议"
    return [
        f"{block.prefix}-{n + 1:04}", block.kind, block.item, department, block.others, window,
        yes(block.parallel), str(accepted), str(due), str(statutory), str(finished) if done else "",
        yes(n < block.on_site) if done else "", block.system, evaluation if done else "未评议", yes(n % 5 == 0),
        "" if block.domestic is None else yes(block.domestic), block.projects[n] if n < len(block.projects) else "",
    ]  # fmt: skip


def yes(value: bool) -> str:
    """是 or 否."""
    return "是" if value else "否"


if __name__ == "__main__":
    main()
