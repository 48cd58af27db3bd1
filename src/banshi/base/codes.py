"""Codes that carry their own rule: unified social credit codes (GB 32100) and codes of investment projects."""

from banshi.base.patterns import late
from banshi.base.text import Text

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of GB 32100: without I, O, S, V, Z
_WEIGHTS = tuple(pow(3, n, 31) for n in range(17))
_CREDIT = late(rf"[{_SIGNS}]{{18}}")
_PROJECT = late(r"(\d{4})-(\d{2})\d{4}-\d{2}-\d{2}-\d{6}")
# The provinces of GB/T 2260, by the first two digits of a division's code.
_PROVINCES = frozenset(
    map(
        int,
        [
            "11",
            "12",
            "13",
            "14",
            "15",
            "21",
            "22",
            "23",
            "31",
            "32",
            "33",
            "34",
            "35",
            "36",
            "37",
            "41",
            "42",
            "43",
            "44",
            "45",
            "46",
            "50",
            "51",
            "52",
            "53",
            "54",
            "61",
            "62",
            "63",
            "64",
            "65",
            "71",
            "81",
            "82",
        ],
    )
)
_FIRST_YEAR = 2013


def credit_code_fault(code: str) -> Text | None:
    """What is wrong with a unified social credit code; None: its last sign is the right one."""
    if not _CREDIT.fullmatch(code):
        return Text(
            "不是 18 位数字和大写字母（不用 I、O、S、V、Z）", "not 18 digits and capitals without I, O, S, V and Z"
        )
    total = sum(weight * _SIGNS.index(sign) for weight, sign in zip(_WEIGHTS, code, strict=False))
    right = _SIGNS[-total % 31]
    if code[-1] == right:
        return None
    return Text(
        f"校验码（最后一位）按前 17 位应是 {right}，写的是 {code[-1]}：有一位抄错了",
        f"its last sign should be {right} by the others: one of them is wrong",
    )


def project_code_fault(code: str) -> Text | None:
    """What is wrong with the code of an investment project: its year (or year and month), or the province of its division."""
    found = _PROJECT.fullmatch(code)
    if found is None:
        return Text("不是 2412-510502-04-01-123456 这样的 24 位", "not of the form 2412-510502-04-01-123456")
    year, month = int(found[1][:2]), int(found[1][2:])
    if not (1 <= month <= 12 and year >= _FIRST_YEAR - 2000) and int(found[1]) not in range(_FIRST_YEAR, 2020):
        return Text(
            f"前四位 {found[1]} 既不是年份，也不是年月（YYMM）", f"{found[1]} is neither a year nor a year and month"
        )
    if int(found[2]) not in _PROVINCES:
        return Text(f"行政区划 {found[2]} 没有这个省", f"no province has the code {found[2]}")
    return None
