"""A project and its change forms as typed values; field by field what the schemas describe. Amounts are yuan."""

import datetime
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from banshi.base.money import ZERO
from banshi.files.described import Amount, FreeText, Key, Quantity, SignedAmount, meta
from banshi.files.findings import Route
from banshi.files.not_stated import NotStated
from banshi.subjects.change.project_forms import Form, Project, Quota
from banshi.subjects.change.step_forms import (
    Attachment,
    Opinion,
    PublicityRecord,
    Reply,
    Report,
    Review,
    Signature,
    SupplementaryContract,
)


class Major(Form, frozen=True):
    """Whether this is a major design change: stated by the applicant, never inferred."""

    is_major: Annotated[
        bool,
        meta(
            "是否重大设计变更",
            "属于重大设计变更的写 true；由申报单位认定，程序不代为判断。",
            x_headings=["重大设计变更"],
        ),
    ]
    reason: Annotated[FreeText | None, meta("理由", "填“是”时写明理由。")] = None


class EmergencyPapers(Form, frozen=True, kw_only=True):
    """The dated acts and the records of an emergency."""

    joint_meeting_on: Annotated[datetime.date | None, meta("联席会议日期", "有关各方开联席会议、现场会的那一天。")] = (
        None
    )
    opinion_on: Annotated[datetime.date | None, meta("书面意见日期", "形成书面意见的那一天。")] = None
    government_consent_on: Annotated[datetime.date | None, meta("政府同意日期", "政府同意先行实施的那一天。")] = None
    oral_consent_on: Annotated[datetime.date | None, meta("口头同意日期", "主管机关口头同意的那一天。")] = None
    started_on: Annotated[datetime.date | None, meta("开工日期", "紧急变更动工的那一天。")] = None
    papers_on: Annotated[datetime.date | None, meta("补报手续日期", "补报书面手续的那一天。")] = None
    records: Annotated[
        tuple[Annotated[FreeText, meta("记录")], ...], meta("留存记录", "留存的材料，写名称，例如 影像资料、会议记录。")
    ]


class Row(Form, frozen=True, kw_only=True):
    """One line of what changes."""

    item: Annotated[FreeText, meta("细目号", "变更的是清单哪一项，写它的项目编码；清单以外的自编。")]
    name: Annotated[FreeText, meta("名称", "这一行变更的是什么。")]
    unit: Annotated[FreeText, meta("单位", "计量单位，与清单一致。")]
    quantity_before: Annotated[Quantity, meta("原数量", "变更以前的工程量；新增的写 0。")]
    quantity_after: Annotated[Quantity, meta("变更后数量", "变更以后的工程量；取消的写 0。")]
    unit_price: Annotated[Amount, meta("单价（元）", "这一行用的单价，每计量单位。")]
    pricing_basis: Annotated[
        Key,
        meta(
            "作价依据",
            "标识见适用文件列出的作价依据。",
            examples=[
                "original_contract",
                "same_item",
                "similar_item",
                "formula",
                "quota_discount",
                "tender",
                "special_rule",
            ],
        ),
    ]
    review_unit_price: Annotated[Amount | None, meta("财政评审单价（元）", "按公式作价时填写。")] = None
    info_price: Annotated[Amount | None, meta("信息价（元）", "按下浮率作价的填写申报当月的信息价。")] = None
    reference: Annotated[FreeText | None, meta("参照", "相同或类似项目的清单细目号，或文件名称、文号。")] = None
    quota: Annotated[Quota | None, meta("定额", "按类似项目作价时填写。")] = None
    increase: Annotated[Amount, meta("增加（元）", "这一行增加的金额；不增加的写 0。")]
    decrease: Annotated[Amount, meta("减少（元）", "这一行减少的金额，写正数；不减少的写 0。")]


class Amounts(Form, frozen=True):
    """The totals that the applicant states."""

    increase: Annotated[
        Amount,
        meta("本次增加合计（元）", "各明细行增加额之和。", x_headings=["本次增加", "增加合计", "增加金额", "增加额"]),
    ]
    decrease: Annotated[
        Amount,
        meta(
            "本次减少合计（元）",
            "各明细行减少额之和，写正数。",
            x_headings=["本次减少", "减少合计", "减少金额", "减少额", "核减金额"],
        ),
    ]
    net: Annotated[
        SignedAmount,
        meta(
            "本次净额（元）",
            "本次增加合计减去减少合计；净减少的写负数。",
            x_headings=["净额", "净增额", "净增减额", "本次净增额"],
        ),
    ]
    cumulative_before: Annotated[
        SignedAmount,
        meta(
            "以前累计净额（元，不含本次）",
            "本次以前各份（未批准、撤回、草稿的除外）净额之和。",
            x_headings=["以前累计", "此前累计净额"],
        ),
    ]
    cumulative: Annotated[
        SignedAmount,
        meta("累计净额（元，含本次）", "以前累计净额加上本次净额。", x_headings=["累计", "累计金额", "累计净增额"]),
    ]
    net_in_words: Annotated[
        FreeText | None,
        meta(
            "本次净额大写",
            "本次净额的人民币大写，与数字一致；表上没有的不写。",
            x_headings=["金额大写", "净额大写", "大写金额"],
        ),
    ] = None


STATUSES = {
    "draft": "草稿",
    "submitted": "已申报",
    "approved": "已批准",
    "rejected": "未批准",
    "withdrawn": "已撤回",
    "implemented": "已实施",
    "settled": "已结算",
}


class Change(Form, frozen=True, kw_only=True):
    """One change form."""

    about = meta("工程变更报批表", "一份工程变更报批表。放在项目文件夹的 changes/ 下，一份一个文件。")

    fictional: Annotated[bool, meta("是否虚构", "样例写 true。")] = False
    number: Annotated[FreeText, meta("编号", "同一项目内不重复。", x_headings=["报批表编号", "变更编号", "变更单编号"])]
    project: Annotated[FreeText, meta("项目标识", "与 project.yaml 的 id 一致。")]
    sequence: Annotated[
        int,
        meta(
            "序次",
            "本项目第几次变更，从1连续编号。",
            minimum=1,
            maximum=9999,
            x_headings=["变更序次", "第几次变更", "变更次数", "次序"],
        ),
    ]
    filed_on: Annotated[
        datetime.date,
        meta(
            "申报日期",
            "报批表报出的那一天；按这一天施行的规定判定。",
            x_headings=["申报日", "申请日期", "报批日期", "申报时间"],
        ),
    ]
    type: Annotated[
        FreeText,
        meta(
            "变更类型",
            "写适用文件 change_types（或列举）里的名称或标识；没有声明的，照实写。",
            x_headings=["类型"],
        ),
    ]
    reason: Annotated[
        FreeText,
        meta(
            "变更原因", "为什么要变更，变更什么。", x_headings=["变更事由", "变更理由", "变更原因及内容"], x_long=True
        ),
    ]
    cause: Annotated[
        FreeText,
        meta(
            "责任归属",
            "写适用文件 change_causes 里的名称或标识；没有声明的，照实写。",
            x_headings=["变更责任归属", "原因归属", "责任方"],
        ),
    ]
    major_design_change: Annotated[Major, meta("重大设计变更", "是不是重大设计变更，是的写明理由。")]
    change_class: Annotated[Key | None, meta("变更类别", "类别的标识见适用文件的 classes。")] = msgspec.field(
        default=None, name="class"
    )
    criteria: Annotated[
        tuple[Annotated[Key, meta("情形", "情形的标识见适用文件的 criteria。")], ...] | None,
        meta("符合的情形", "适用文件列有情形（criteria）的填写；都不符合的写空列表。", unique_items=True),
    ] = None
    emergency: Annotated[
        EmergencyPapers | None, meta("紧急变更", "紧急变更才填；要填哪些日期，看适用文件规定的次序。")
    ] = None
    items: Annotated[
        tuple[Annotated[Row, meta("明细行")], ...],
        meta("变更明细", "变更了哪些细目：每行一项，变更前后的数量、单价、增减额。", min_items=1),
    ]
    amounts: Annotated[Amounts, meta("金额", "本次和累计的增减额，与明细和以前各份核对。")]
    tier: Annotated[
        Key,
        meta(
            "申报档次",
            "档次的标识见适用文件的 tiers。",
            examples=["consultation", "finance", "government", "full_procedure"],
            x_headings=["审批档次", "档次", "适用档次"],
        ),
    ]
    status: Annotated[
        str,
        meta(
            "状态",
            "这一份办到哪里了；草稿、未批准、撤回的不计入累计。",
            labels=STATUSES,
            x_written={
                "submitted": ["申报", "审批中", "已报"],
                "approved": ["批准", "已批"],
                "rejected": ["不予批准", "未批"],
                "withdrawn": ["撤回"],
                "implemented": ["实施"],
                "settled": ["结算"],
            },
            x_headings=["审批状态", "办理状态"],
        ),
    ]
    consultation: Annotated[
        tuple[Annotated[Signature, meta("签章")], ...],
        meta("会商与签章", "会商各方、申请各方的意见和签署日期；没有的写空列表。"),
    ]
    opinions: Annotated[
        tuple[Annotated[Opinion, meta("意见")], ...],
        meta("各环节意见", "各环节各部门的收件、齐备、办结日期和结论；没有的写空列表。"),
    ]
    review: Annotated[Review | None, meta("财政评审", "财政评审的报告和金额；没有评审的不写。")] = None
    budget_approval: Annotated[FreeText | None, meta("概算审批文号", "建设内容与概算批复的文号；没有的不写。")] = None
    government_reply: Annotated[Reply | None, meta("政府批复", "政府批复的文号和日期；没有的不写。")] = None
    publicity: Annotated[
        PublicityRecord | None, meta("公示", "在哪里公示、从哪天到哪天、有没有异议；没有公示的不写。")
    ] = None
    reports: Annotated[
        tuple[Annotated[Report, meta("报告")], ...], meta("事后报告", "规定要事后报告的，报给谁、哪一天；没有的不写。")
    ] = ()
    implemented_on: Annotated[
        datetime.date | None, meta("实施日期", "变更动工实施的那一天；还没有实施的不写。", x_headings=["实施日"])
    ] = None
    supplementary_contract: Annotated[
        SupplementaryContract | None, meta("补充合同", "因这次变更签订的补充合同和备案；没有的不写。")
    ] = None
    attachments: Annotated[tuple[Attachment, ...], meta("附件", "随表的附件：种类和文件名；没有的写空列表。")]

    @property
    def status_name(self) -> str:
        """The status as a clerk calls it, with the value to write: 已实施（implemented）."""
        return f"{STATUSES[self.status]}（{self.status}）"

    @property
    def absolute(self) -> Decimal:
        """Increase and decrease added up, whatever their signs (yuan)."""
        return abs(self.amounts.increase) + abs(self.amounts.decrease)

    @property
    def gross_increase(self) -> Decimal:
        """What the form adds, deductions aside (yuan)."""
        return max(self.amounts.increase, ZERO)


class Ledger(Form, frozen=True, kw_only=True):
    """A project with all of its change forms in one file, or in one line of JSON Lines."""

    about = meta("变更台账", "一个文件（或 JSON Lines 的一行）写下一个项目和它的全部变更。")

    kind: str = "ledger"
    fictional: Annotated[bool, meta("整份台账是否虚构", "样例写 true。")] = False
    project: Annotated[Project, meta("工程项目", "项目文件里的各项，写在这里。")]
    changes: Annotated[
        tuple[Annotated[Change, meta("报批表")], ...], meta("各份报批表", "这个项目的各份报批表，一份一项。")
    ]


def dates_in(form: Any, where: Route = ()) -> Iterator[tuple[Route, datetime.date]]:
    """Every date in a form or a part of one, with its route, in the order of the form's fields."""
    if isinstance(form, datetime.date):
        yield where, form
    elif isinstance(form, Form):
        for name in form.__struct_fields__:
            with suppress(NotStated):
                yield from dates_in(getattr(form, name), (*where, name))
    elif isinstance(form, tuple):
        for n, part in enumerate(form):
            yield from dates_in(part, (*where, n))
