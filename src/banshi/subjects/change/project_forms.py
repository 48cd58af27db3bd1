"""A project as its file states it: money, contract, bill of quantities, parties. Amounts are yuan."""

import datetime
from typing import Annotated

import msgspec

from banshi.files.described import Amount, FreeText, Place, Quantity, meta


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
