"""A project and its change forms as typed values; field by field what the schemas describe. Amounts are yuan."""

import datetime
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from banshi.base.money import ZERO
from banshi.files.described import Amount, FreeText, Key, Place, Quantity, SignedAmount, meta
from banshi.files.findings import Route
from banshi.files.not_stated import NotStated


class Form(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A form or a part of one."""


class Funding(Form, frozen=True):
    """Where the money comes from, and whether government investment controls or leads."""

    sources: Annotated[
        tuple[FreeText, ...],
        meta("资金来源", "写适用文件 funding_sources 里的名称或标识；没有声明的，照实写。", min_items=1),
    ]
    government_controlled: Annotated[
        bool,
        meta(
            "政府投资是否占控股或主导地位",
            "国有资金投资占控股或者主导地位的写 true；文件只管政府投资的，据此看适不适用。",
        ),
    ]


class Contract(Form, frozen=True, kw_only=True):
    """The winning contract."""

    number: Annotated[FreeText, meta("合同编号", "原中标合同的编号，照合同写。", x_headings=["合同编号"])]
    signed_on: Annotated[datetime.date, meta("合同签订日期", "原中标合同签订的那一天。", x_headings=["合同日期"])]
    bid_price: Annotated[Amount, meta("中标价（元）", "含暂列金。", x_headings=["中标价", "中标金额"])]
    price: Annotated[Amount | None, meta("合同价（元）", "签订时的合同价；适用文件按合同价计算的填写。")] = None
    includes_provisional_sum: Annotated[bool, meta("中标价是否含暂列金", "中标价里包括暂列金的写 true。")]
    provisional_sum: Annotated[
        Amount | None,
        meta("其中暂列金（元）", "没有暂列金写 0；数额不明则不写。", x_headings=["其中暂列金", "暂列金", "暂列金额"]),
    ] = None
    review_price: Annotated[
        Amount | None, meta("原财政评审价（元）", "按评审价作价、或适用文件要求的填写。", x_headings=["原财政评审价"])
    ] = None
    control_price: Annotated[Amount | None, meta("招标控制价（元）", "按下浮率作价的填写。")] = None


class Participant(Form, frozen=True):
    """Another party to a project, as an instrument declares it: its role, and who it is."""

    party: Annotated[FreeText, meta("参建方", "适用文件 project_fields 里声明的 offices 标识或名称。")]
    name: Annotated[FreeText, meta("单位名称", "这一方的全称，与印章一致。")]


class Quota(Form, frozen=True):
    """The quota item behind a price: its code, labour and machinery cost."""

    code: Annotated[FreeText, meta("定额编号", "所套定额子目的编号。")]
    labour: Annotated[Amount, meta("人工费（元）", "定额子目的人工费。")]
    machinery: Annotated[Amount, meta("机械费（元）", "定额子目的机械费。")]


class BillItem(Form, frozen=True):
    """A line of the priced bill of quantities."""

    item: Annotated[FreeText, meta("细目号", "报价清单的项目编码；同一清单里不重复。")]
    name: Annotated[FreeText, meta("名称", "清单项目的名称。")]
    unit: Annotated[FreeText, meta("单位", "计量单位，例如 m³、t、项。")]
    quantity: Annotated[Quantity, meta("工程量", "清单里的工程量，按计量单位。")]
    unit_price: Annotated[Amount, meta("综合单价（元）", "投标报价的综合单价，每计量单位。")]
    quota: Annotated[Quota | None, meta("定额", "按类似项目作价要比的定额；不比的不写。")] = None


class Project(Form, frozen=True, kw_only=True):
    """``project.yaml``. What of it must be written the instruments say (``declared_fields``); ``competent_authority``: None
    where there is none, empty where nothing is said of it.
    """

    about = meta("工程项目", "一个政府投资工程建设项目：参建各方、资金、中标合同和报价清单。文件名 project.yaml。")

    fictional: Annotated[bool, meta("是否虚构", "样例写 true。")] = False
    id: Annotated[FreeText, meta("项目标识", "各份报批表的 project 一栏写它。", x_headings=["项目编号"])]
    name: Annotated[
        FreeText, meta("项目名称", "工程项目的全称，照立项文件写。", x_headings=["工程名称", "建设项目名称"])
    ]
    code: Annotated[
        str | None,
        meta(
            "项目代码",
            "全国投资项目代码（2017年起）；以前的项目可空。",
            pattern="^[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}$",
            format="project-code",
        ),
    ] = None
    jurisdiction: Annotated[Place, meta("辖区", "项目所在的辖区：市写拼音名，其下的区、县写 市/区县；按它的规定判定。")]
    level: Annotated[
        str,
        meta(
            "项目层级",
            "项目由哪一级立项、审批。",
            labels={"city": "市级", "county": "区县级"},
            x_written={"city": ["市"], "county": ["区县", "区", "县"]},
        ),
    ]
    owner: Annotated[
        FreeText | None, meta("项目业主", "项目业主的全称，与印章一致。", x_headings=["业主", "建设单位", "业主单位"])
    ] = None
    competent_authority: Annotated[
        str | None,
        meta(
            "项目行政主管部门",
            "没有主管部门的写 null，由项目审批部门行使职责。",
            type=["string", "null"],
            min_length=1,
            max_length=2000,
            format="text-or-null",
            x_headings=["主管部门"],
        ),
    ] = ""
    industry_authority: Annotated[
        FreeText | None, meta("行业行政主管部门", "项目所属行业的行政主管部门的全称。", x_headings=["行业主管部门"])
    ] = None
    approval_authority: Annotated[
        FreeText | None, meta("项目审批部门", "批准项目的部门的全称；没有主管部门的由它代行。")
    ] = None
    agent_builder: Annotated[FreeText | None, meta("代建单位", "实行代建制的填写。")] = None
    designer: Annotated[FreeText | None, meta("设计单位", "设计单位的全称。", x_headings=["设计"])] = None
    supervisor: Annotated[FreeText | None, meta("监理单位", "监理单位的全称。", x_headings=["监理"])] = None
    contractor: Annotated[
        FreeText | None,
        meta("施工（原中标）单位", "中标并施工的单位的全称。", x_headings=["施工单位", "原中标单位", "承包单位"]),
    ] = None
    parties: Annotated[
        tuple[Annotated[Participant, meta("参建单位")], ...],
        meta("其他参建单位", "适用文件声明了别的参建方的，写在这里。"),
    ] = ()
    funding: Annotated[Funding | None, meta("资金", "资金从哪里来，政府投资是否占控股或主导。")] = None
    contract: Annotated[Contract, meta("中标合同", "原中标合同：编号、日期、中标价和其他价款。")]
    bill_of_quantities: Annotated[
        tuple[Annotated[BillItem, meta("清单项目")], ...],
        meta("投标报价清单", "中标人的投标报价清单；变更按清单单价作价的，与它核对。"),
    ] = ()


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


class Signature(Form, frozen=True):
    """A party's conclusion and signature."""

    party: Annotated[FreeText, meta("单位", "会商、申请的一方：适用文件 offices 里的名称或标识。")]
    conclusion: Annotated[FreeText, meta("结论", "这一方的意见，例如 同意。")]
    signed_on: Annotated[datetime.date, meta("签署日期", "签字、盖章的那一天。")]


class Pause(Form, frozen=True, rename={"start": "from", "end": "to"}):
    """Days that do not count towards a limit, both ends included, and why."""

    reason: Annotated[FreeText, meta("原因", "写适用文件 pause_reasons 里的名称或标识。")]
    start: Annotated[datetime.date, meta("第一天", "不计入时限的第一天，含当天。")]
    end: Annotated[datetime.date, meta("最后一天", "不计入时限的最后一天，含当天。")]


class Opinion(Form, frozen=True):
    """What one office decided in one step; undecided while ``decided_on`` is missing."""

    step: Annotated[
        Key,
        meta(
            "环节",
            "环节的标识见适用文件的 steps。",
            examples=[
                "competent_review",
                "finance_approval",
                "competent_preliminary",
                "finance_review",
                "government_approval",
                "finance_preliminary",
                "industry_preliminary",
                "budget_preliminary",
                "technical_approval",
                "fiscal_evaluation",
                "investment_approval",
            ],
        ),
    ]
    office: Annotated[FreeText, meta("部门", "出具意见的部门的名称，与印章一致。")]
    received_on: Annotated[datetime.date, meta("收件日", "这个部门收到材料的那一天。")]
    complete_on: Annotated[datetime.date, meta("资料齐备日", "材料补齐的那一天；一次就齐的，与收件日相同。")]
    accepted_on: Annotated[datetime.date | None, meta("接受日", "重大设计变更填写。")] = None
    decided_on: Annotated[datetime.date | None, meta("办结日", "未办结不写。")] = None
    conclusion: Annotated[
        str | None,
        meta(
            "结论",
            "未办结不写。",
            labels={"agree": "同意", "disagree": "不同意", "supplement": "补正"},
            x_written={
                "agree": ["批准", "通过"],
                "disagree": ["不批准", "不通过"],
                "supplement": ["补充资料", "退回补正"],
            },
        ),
    ] = None
    document: Annotated[FreeText | None, meta("文号", "这一环节的批文、意见的文号；没有的不写。")] = None
    extension_reason: Annotated[FreeText | None, meta("延长理由", "经批准延长时限的，写明理由；没有延长的不写。")] = (
        None
    )
    pauses: Annotated[
        tuple[Annotated[Pause, meta("期间")], ...],
        meta("不计入时限的期间", "补正、评审等不计入时限的各段日子；没有的不写。"),
    ] = ()


class Review(Form, frozen=True):
    """The fiscal evaluation's report."""

    number: Annotated[FreeText, meta("评审报告编号", "评审报告的编号，照报告写。")]
    submitted_price: Annotated[SignedAmount, meta("送审价（元）", "送去评审的金额。")]
    reviewed_price: Annotated[SignedAmount, meta("评审价（元）", "评审审定的金额。")]
    reviewed_on: Annotated[datetime.date, meta("评审日期", "出具评审报告的那一天。")]


class Reply(Form, frozen=True):
    """The government's reply."""

    document: Annotated[FreeText, meta("文号或会议纪要号", "政府批复的文号，或者会议纪要的编号。")]
    date: Annotated[datetime.date, meta("日期", "批复或者会议的那一天。")]


class Objection(Form, frozen=True):
    """An objection received while the change was public."""

    received_on: Annotated[datetime.date, meta("收到日期", "公示期间收到这一异议的那一天。")]
    resolved_on: Annotated[datetime.date | None, meta("处理日期", "异议处理完的那一天；还没有处理完的不写。")] = None
    resolution: Annotated[FreeText | None, meta("处理结果", "怎样处理的；还没有处理完的不写。")] = None


class PublicityRecord(Form, frozen=True):
    """When and where the change was made public, and what came of it."""

    platform: Annotated[FreeText, meta("公示网站", "在哪个网站、平台公示。")]
    url: Annotated[FreeText, meta("网址", "公示那一页的网址。")]
    started_on: Annotated[datetime.date, meta("开始日", "公示的第一天。")]
    ended_on: Annotated[datetime.date, meta("截止日", "公示的最后一天。")]
    objections: Annotated[tuple[Objection, ...], meta("异议", "公示期间收到的异议；没有的写空列表。")]
    conclusion: Annotated[
        str,
        meta(
            "公示结论",
            "公示以后怎样：无异议、有异议已处理、未通过。",
            labels={"no_objection": "无异议", "resolved": "有异议已处理", "failed": "未通过"},
            x_written={"no_objection": ["没有异议"], "resolved": ["异议已处理"]},
        ),
    ]


class Report(Form, frozen=True):
    """A report after the fact: to whom (a role or its name), and when."""

    to: Annotated[FreeText, meta("报给谁", "适用文件 offices 里的标识或名称。")]
    on: Annotated[datetime.date, meta("日期", "事后报告的那一天。")]


class SupplementaryContract(Form, frozen=True):
    """A supplementary contract and its recording."""

    number: Annotated[FreeText, meta("合同编号", "补充合同的编号，照合同写。")]
    signed_on: Annotated[datetime.date, meta("签订日期", "补充合同签订的那一天。")]
    recorded_on: Annotated[datetime.date | None, meta("备案日期", "补充合同送备案机关的那一天；还没有备案的不写。")] = (
        None
    )
    recorded_with: Annotated[FreeText | None, meta("备案机关", "备案机关的名称；还没有备案的不写。")] = None


class Attachment(Form, frozen=True):
    """An attached file, by name."""

    kind: Annotated[FreeText, meta("种类", "写适用文件 attachment_kinds 里的名称或标识；没有声明的，照实写。")]
    file: Annotated[FreeText, meta("文件名", "附件的文件名；check --attachments 文件夹 查它在不在。")]


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
            labels={
                "draft": "草稿",
                "submitted": "已申报",
                "approved": "已批准",
                "rejected": "未批准",
                "withdrawn": "已撤回",
                "implemented": "已实施",
                "settled": "已结算",
            },
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
