"""What the values of a register are called: the instrument's own words, and the few that the engine itself uses."""

from decimal import Decimal

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.library import Law
from banshi.subjects.attendance.forms import Leave
from banshi.subjects.attendance.vocabulary import FORMS, RegisterWords

# What a day's attendance may be found to be.
TYPES = {
    "normal": Text("正常", "normal"),
    "late": Text("晚于上班时段", "late"),
    "early_leaving": Text("早于下班时段", "early"),
    "out_of_window": Text("时段外登录", "out of window"),
    "missing": Text("缺打卡", "missing"),
    "unclear": Text("打卡不能判定", "punch not determined"),
    "short_hours": Text("工时不足", "short hours"),
    "absent": Text("全天无打卡", "no punch all day"),
    "absent_from_post": Text("缺岗", "absent from post"),
    "log_late": Text("迟到（值班日志）", "late (duty log)"),
    "log_early_leaving": Text("早退（值班日志）", "left early (duty log)"),
    "password": Text("密码打卡未经批准", "password without approval"),
}
HALVES = {"am": Text("上午", "morning"), "pm": Text("下午", "afternoon")}
__all__ = ["FORMS", "HALVES", "TYPES", "days_zh", "leave_said", "role_name"]


def role_name(rules: Law, role: str) -> str:
    """What a role is called in the instruments in force, or else in any of the jurisdiction."""
    name = rules.role(role)
    words: RegisterWords | None = getattr(rules, "words", None)
    return words.role(role) if name == role and words else name


def days_zh(days: Decimal) -> str:
    """``0.5`` gives 0.5天."""
    return f"{plain(days)}天"


def leave_said(leave: Leave, words: RegisterWords) -> Text:
    """A leave in a few words: 病假 2010-03-01 至 2010-03-02, 事假 2010-03-04 下午."""
    kind, one_day = words.kind(leave.kind), leave.last == leave.start
    first = _half(leave.from_half if leave.from_half == "pm" or (one_day and leave.to_half == "am") else "")
    zh, en = f"{kind.zh} {leave.start}{first.zh}", f"{kind.en} {leave.start}{first.en}"
    if one_day:
        return Text(zh, en)
    last = _half("am" if leave.to_half == "am" else "")
    return Text(f"{zh} 至 {leave.last}{last.zh}", f"{en} to {leave.last}{last.en}")


def _half(half: str) -> Text:
    return Text(f" {HALVES[half].zh}", f" {HALVES[half].en}") if half else Text("", "")
