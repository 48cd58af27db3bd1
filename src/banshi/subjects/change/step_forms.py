"""What is filed of the steps of a change: signatures, opinions, reviews, publicity, reports, papers."""

import datetime
from functools import lru_cache
from typing import Annotated

from banshi.files.described import FreeText, Key, SignedAmount, meta
from banshi.subjects.change.project_forms import Form


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


_REFUSALS = ("不同意", "不予", "不宜", "未同意", "未通过", "反对", "拒绝", "补正", "disagree", "supplement", "reject")


@lru_cache(maxsize=1024)
def agrees(conclusion: str) -> bool:
    """Whether the words of a conclusion agree."""
    said = conclusion.strip().lower()
    if said.startswith(("不反对", "不持异议")):
        return True
    return not said.startswith(("不", "否")) and not any(word in said for word in _REFUSALS)
