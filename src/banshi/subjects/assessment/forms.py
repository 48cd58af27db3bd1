"""An assessment of one period as typed values; field by field what ``assessment.schema.json`` describes.

A file holds facts, never results: what a fact costs or brings is computed from the norms in force.
"""

import datetime
from collections.abc import Iterator
from typing import Annotated

import msgspec

from banshi.files.described import UNWRITTEN, Clock, FreeText, Place, Quantity, Slug, holding, meta

COMBINED = "combined_window"


class AssessmentPart(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of an assessment."""


class Exempt(AssessmentPart, frozen=True):
    """How many of a fact do not count, on which ground; ``stage`` where only some stages may be exempt."""

    count: Annotated[int, meta("数量", "不计几件（个、次）。", minimum=1, maximum=999999999)]
    ground: Annotated[FreeText, meta("事由", "为什么不计：规定里的哪一种情形。")]
    evidence: Annotated[FreeText, meta("凭据", "凭什么认定，例如批复文号。")]
    stage: Annotated[FreeText | None, meta("环节", "只有某些环节可以除外的，写明是哪个环节，例如审批。")] = None


class MatterLimits(AssessmentPart, frozen=True, kw_only=True):
    """A matter's statutory and promised time limits in working days; ``statutory`` None: there is none."""

    matter: Annotated[FreeText, meta("事项", "事项名称。")]
    statutory: Annotated[Quantity | None, meta("法定时限", "法定办结时限（工作日）；没有法定时限的不写，不计入。")] = (
        None
    )
    promised: Annotated[Quantity, meta("承诺时限", "承诺办结时限（工作日）；即办的写 0。")]


class Fact(AssessmentPart, frozen=True):
    """What was found: a count, a rate (``count`` of ``of``), an amount with decimals, whether it is so, counts by day, or matters with limits."""

    holds = holding(
        type=["integer", "string", "boolean", "object"],
        format="fact",
        minimum=0,
        maximum=999999999,
        pattern="^(0|[1-9][0-9]{0,11})\\.[0-9]{1,6}$",
    )

    count: Annotated[int | None, meta("数量", "件数、次数；比率的分子。", minimum=0, maximum=999999999)] = None
    of: Annotated[int | None, meta("总数", "比率的分母。", minimum=0, maximum=999999999)] = None
    amount: Annotated[Quantity | None, meta("带小数的数量", "可以不是整数的数量，例如折算的次数、评议的分。")] = None
    found: Annotated[bool | None, meta("有没有", "有这种情形写 true，查明没有写 false。")] = None
    days: Annotated[
        dict[datetime.date, Annotated[int, meta("数量", "当天的数量。", minimum=0, maximum=999999999)]] | None,
        meta("逐日", "按工作日计的：日期对应当天的数量；一天也没有的写 {}。"),
    ] = None
    items: Annotated[
        tuple[Annotated[MatterLimits, meta(description="一个事项的两个时限，都用工作日。")], ...] | None,
        meta("事项时限", "各事项的法定时限和承诺时限。"),
    ] = None
    exempt: Annotated[
        tuple[Annotated[Exempt, meta(description="规定不计的部分；写明凭据。")], ...], meta("除外", "其中规定不计的。")
    ] = ()
    evidence: Annotated[FreeText | None, meta("凭据", "凭什么认定，例如抽查记录编号。")] = None
    source: Annotated[
        str | None,
        meta(
            "来源",
            "怎样知道的。",
            labels={
                "inspection": "抽查",
                "complaint": "投诉",
                "system": "系统数据",
                "report": "窗口自报",
                "other": "其他",
            },
        ),
    ] = None
    found_on: Annotated[datetime.date | None, meta("发现日", "查明的日期。")] = None
    approved_on: Annotated[datetime.date | None, meta("审定日", "加分以审定为准的，这一项满意率加分何时审定。")] = None


class Mark(AssessmentPart, frozen=True):
    """A mark that a person gives to a sub-item."""

    mark: Annotated[Quantity, meta("得分", "零分到该小项满分之间。")]
    by: Annotated[FreeText, meta("评分人", "谁评的：科室或职务。")]
    reason: Annotated[FreeText, meta("理由", "评分的依据。")]
    on: Annotated[datetime.date | None, meta("评分日", "哪一天评的。")] = None


class Extra(AssessmentPart, frozen=True):
    """A bonus or a deduction as entered; ``like``: the fact that it is treated like where no norm names its own.

    ``place``: of no file, but where it stands in its list, where others of that list could not be read.
    """

    fact: Annotated[Slug, meta("情形", "规定里这种情形的标识，例如 banners；比照的写自拟标识。")]
    on: Annotated[datetime.date, meta("日期", "文件的日期；没有文件的，事情发生或时限届满的日期。决定归入哪个季度。")]
    evidence: Annotated[FreeText, meta("凭据", "凭什么认定，例如文号、照片编号。")]
    count: Annotated[int, meta("数量", "几次、几件、几人；不写的是一。", minimum=1, maximum=999999999)] = 1
    text: Annotated[FreeText | None, meta("说明", "详细情况。")] = None
    document: Annotated[FreeText | None, meta("文件", "文件的标题或文号。")] = None
    by: Annotated[FreeText | None, meta("由谁作出", "作出表扬、批评等的机关或人；写规定里的名称。")] = None
    level: Annotated[
        str | None,
        meta(
            "级别",
            "作出的机关、媒体是哪一级。",
            labels={"county": "县级", "city": "市级", "province": "省级", "nation": "国家级"},
        ),
    ] = None
    at: Annotated[Clock | None, meta("时刻", "办件的时刻，写作 HH:MM。")] = None
    times: Annotated[
        int | None, meta("同一件的次数", "在这一件里反复了几次，例如更正材料的次数。", minimum=1, maximum=999999999)
    ] = None
    verified_by: Annotated[FreeText | None, meta("核实者", "谁核实的；写规定里的名称。")] = None
    verified_on: Annotated[datetime.date | None, meta("核实日", "哪一天核实的。")] = None
    approved_on: Annotated[datetime.date | None, meta("审定日", "加分何时审定；没有审定的不计。")] = None
    previously: Annotated[Quantity | None, meta("以前已计", "同一事项在以前季度已经计过的分，只补差额。")] = None
    parallel: Annotated[bool, meta("并联审批件", "超期的是不是并联审批件。")] = False
    online: Annotated[bool, meta("网上件", "超期的是不是网上预审、网上审批件。")] = False
    promised_only: Annotated[
        bool,
        meta(
            "只超承诺时限", "超期的是不是只超过承诺时限、没有超过法定时限；按口径照样算超期，另注明按法定时限会怎样。"
        ),
    ] = False
    analogy: Annotated[bool, meta("比照", "规定没有写到、比照类似情形的，写 true。")] = False
    like: Annotated[Slug | None, meta("比照哪一项", "比照的情形的标识。")] = None
    points: Annotated[Quantity | None, meta("记录的分", "规定按记录计分的，这一笔记录几分；其余的不写。")] = None
    place: Annotated[int | None, UNWRITTEN] = None


class Bonus(Extra, frozen=True, kw_only=True):
    """A bonus; of several for one ``matter`` only the highest counts."""

    leads = ("fact", "on", "matter", "count")

    matter: Annotated[FreeText, meta("事项", "同一事项用同一个名称；同一事项只按最高的加分。")]

    @property
    def group(self) -> str:
        """The matter."""
        return self.matter


class Deduction(Extra, frozen=True, kw_only=True):
    """A deduction; of several for one ``event`` only the highest counts."""

    leads = ("fact", "on", "event", "count")

    event: Annotated[FreeText, meta("事件", "同一事件用同一个名称；同一事件只按最高的减分。")]

    @property
    def group(self) -> str:
        """The event."""
        return self.event


class Window(AssessmentPart, frozen=True):
    """A window's period: facts and marks by slug, bonuses and deductions."""

    id: Annotated[FreeText, meta("窗口编号", "在本文件中不重复；与考勤登记的窗口编号一致。")]
    name: Annotated[FreeText, meta("窗口名称", "窗口的名称。")]
    kind: Annotated[
        str,
        meta(
            "窗口种类",
            "不写的是部门窗口；综合窗口不考核。",
            labels={"department_window": "部门窗口", "combined_window": "综合窗口"},
        ),
    ] = "department_window"
    group: Annotated[FreeText | None, meta("组", "分组排名的，窗口在哪一组：写组的标识或名称。")] = None
    facts: Annotated[
        dict[
            str,
            Annotated[
                Fact,
                meta(
                    "事实",
                    "件数写一个数；带小数的数量也写一个数；有没有写 true 或 false；比率写 count 和 of；按工作日的写 days；要附凭据的写成一组。",
                ),
            ],
        ],
        meta("事实", "事实的标识对应查明的数；没有的写 0 或 false，没有写的当作不知道。"),
    ] = {}
    marks: Annotated[
        dict[str, Annotated[Mark, meta("评分", "由人评的分。")]], meta("评分", "由人评分的小项：小项的标识对应得分。")
    ] = {}
    bonus: Annotated[tuple[Annotated[Bonus, meta(description="一项加分。")], ...], meta("加分", "加分的情形。")] = ()
    deductions: Annotated[
        tuple[Annotated[Deduction, meta(description="一项减分。")], ...], meta("减分", "减分的情形。")
    ] = ()

    @property
    def combined(self) -> bool:
        """Whether it is a combined window, which is not scored."""
        return self.kind == COMBINED

    def entries(self, part: str) -> Iterator[tuple[int, Bonus | Deduction]]:
        """What ``bonus`` or ``deductions`` lists, each with its place in the file."""
        for n, entry in enumerate(getattr(self, part)):
            yield n if entry.place is None else entry.place, entry

    @property
    def called(self) -> str:
        """The id with the name."""
        return f"{self.id} {self.name}"


class Assessment(AssessmentPart, frozen=True, kw_only=True):
    """A centre's windows in one period: a ``quarter`` of an assessment year (``2012-Q1``), or any ``period``."""

    about = meta(
        "窗口考核",
        "一个政务服务中心一个考核期的窗口考核：各窗口的事实、由人评的分、加分和减分的情形。只写事实，不写算出来的分。",
    )

    fictional: Annotated[bool, meta("是否虚构", "样例写 true。")] = False
    jurisdiction: Annotated[Place, meta("辖区", "政务服务中心所在辖区，决定依据哪些规定。")]
    centre: Annotated[FreeText, meta("政务服务中心", "政务服务中心名称。")]
    quarter: Annotated[
        str | None,
        meta(
            "季度",
            "考核年度和季度，写作 2012-Q1；起止按考核办法，不是公历季度。",
            pattern="^(19|20|21)[0-9]{2}-Q[1-4]$",
            format="quarter",
        ),
    ] = None
    period: Annotated[
        str | None,
        meta(
            "考核期",
            "月写作 2026-03，季度写作 2026-Q1，半年写作 2026-H1，年写作 2026；季度也可以写在 quarter 里，两处只写一处。",
            pattern="^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$",
            format="assessment-period",
        ),
    ] = None
    attendance: Annotated[
        FreeText | None,
        meta("考勤登记", "考勤登记的文件或文件夹，相对本文件所在的文件夹；没有填写考勤人次的窗口由它补上。"),
    ] = None
    windows: Annotated[
        tuple[Annotated[Window, meta(description="一个窗口一个季度的事实。")], ...],
        meta("窗口", "各个窗口。", min_items=1),
    ]

    @property
    def asked(self) -> str:
        """The period as it is written."""
        return self.period or self.quarter or ""

    @property
    def asked_key(self) -> str:
        """The key that it stands under."""
        return "period" if self.period else "quarter"
