"""行政许可写全步骤和常见问题

行政许可的指南至少写五步：受理、审核、审批、办结、送达；至少回答一个常见问题。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.guide_elements import LICENCE, ServiceAt

TITLE = Text("行政许可写全步骤和常见问题", "A licence has its steps and questions")
SUBJECT = "service"
SEVERITY = "warning"
BASIS = ()
GOOD = """
service:
  kind: 行政许可
  steps: [{name: 受理}, {name: 审核}, {name: 审批}, {name: 办结}, {name: 送达}]
  faq: [{question: 能不能代办？, answer: 能，见样例。}]
"""
BAD = """
service:
  kind: 行政许可
  steps: [{name: 受理}, {name: 审批}]   # 不到五步
  faq: [{question: 能不能代办？, answer: 能，见样例。}]
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """Licences with too few steps or no question."""
    for at in services:
        service = at.service
        if service.kind != LICENCE:
            continue
        if len(service.steps) < len(_STEPS):
            message = Text(f"办理步骤只写了 {len(service.steps)} 步", f"only {len(service.steps)} steps are stated")
            message = message if service.steps else _NO_STEPS
            yield Problem(where=_place(at, "steps"), message=message, fix=_WRITE)
        if not service.faq:
            message = Text("没有常见问题", "there is no frequent question")
            yield Problem(where=_place(at, "faq"), message=message, fix=_ASK)


def _place(at: ServiceAt, key: str) -> Route:
    return (*at.where, key) if getattr(at.service, key) else (*at.where, "kind")


_STEPS = ("受理", "审核", "审批", "办结", "送达")
_NO_STEPS = Text("没有写办理步骤", "no steps are stated")
_WRITE = Text(f"把步骤写全：{listed(_STEPS)}。", "State every step from acceptance to delivery.")
_ASK = Text("补上 faq：申请人常问的一个问题和回答。", "Add a question that applicants ask, and its answer, under faq.")
