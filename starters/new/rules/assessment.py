{% set kind, base = '"score_rule"', "_example.yaml" %}{% include "new/rules/_head.txt" %}
GOOD = "windows: [{id: W01, name: 样例窗口}]"
BAD = "windows: [{id: W01, name: 待定}]"


def check(case):
    """示范：窗口的名称不能写“待定”。换成自己要查的。"""
    for n, window in zip(case.indexes, case.assessment.windows, strict=True):
        if window.name == "待定":
            yield Problem(
                where=("windows", n, "name"),
                message=Text(f"{window.id} 的名称写的是“待定”", f"{window.id} has no name"),
                fix=Text("写明名称。", "Give the name."),
            )
