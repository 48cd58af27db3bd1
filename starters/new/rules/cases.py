{% set kind, base = '"target"', "_example.yaml" %}{% include "new/rules/_head.txt" %}
GOOD = "centre: 样例中心"
BAD = "centre: 待定"


def check(log):
    """示范：中心的名称不能写“待定”。换成自己要查的；log 里是读完的登记和它的统计。"""
    if log.log.centre == "待定":
        yield Problem(
            where=("centre",),
            message=Text("中心的名称写的是“待定”", "the centre has no name"),
            fix=Text("写明名称。", "Give the name."),
        )
