"""有结果文书的给样本

写了审批结果名称的，给出样本（文件名或网址），申请人才知道办成后拿到的是什么。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import NO_RESULT, ServiceAt

TITLE = Text("有结果文书的给样本", "A named result has a sample")
SUBJECT = "service"
SEVERITY = "note"
BASIS = ()
GOOD = """
service:
  result: {name: 样例许可证, kind: 证照, sample: 样例许可证样本.pdf}
"""
BAD = """
service:
  result: {name: 样例许可证, kind: 证照}   # 没有样本
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """Results with a name and no sample."""
    for at in services:
        result = at.service.result
        if result is not None and result.name and result.kind != NO_RESULT and not result.sample:
            message = Text(f"结果“{result.name}”没有样本", f"there is no sample of the result {result.name}")
            yield Problem(where=(*at.where, "result"), message=message, fix=_FIX)


_FIX = Text("在 result 里补上 sample。", "Add sample under result.")
