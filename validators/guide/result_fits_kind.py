"""结果名称与类型相符

叫“……证”“……照”的，类型是证照；叫“……批复”“……批文”“……决定书”的，类型是批文；类型写“无”的，没有名称。
别的叫法不判断。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import NO_RESULT, ServiceAt

TITLE = Text("结果名称与类型相符", "The result's name fits its kind")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  result: {name: 样例许可证, kind: 证照, sample: 样例许可证样本.pdf}
"""
BAD = """
service:
  result: {name: 样例项目核准批复, kind: 证照, sample: 样例.pdf}   # 批复是批文
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """The result's name and its kind, where both are stated."""
    for at in services:
        result = at.service.result
        if result is None or not result.name or not result.kind:
            continue
        wanted = next((kind for kind, endings in _ENDINGS.items() if result.name.endswith(endings)), result.kind)
        if result.kind == NO_RESULT:
            message = Text(f"类型写“无”，却有名称“{result.name}”", f"no result, yet it is called {result.name}")
            yield Problem(where=(*at.where, "result", "kind"), message=message, fix=_NONE)
        elif wanted != result.kind:
            message = Text(
                f"“{result.name}”是{wanted}，类型写的是{result.kind}", f"{result.name} is {wanted}, not {result.kind}"
            )
            fix = Text(f"把类型改为{wanted}，或改正名称。", f"Set kind to {wanted}, or correct the name.")
            yield Problem(where=(*at.where, "result", "kind"), message=message, fix=fix)


_ENDINGS = {"证照": ("证", "照", "证书"), "批文": ("批复", "批文", "决定书")}
_NONE = Text("没有结果文书的去掉名称；有的，写明类型。", "Drop the name, or state the kind.")
