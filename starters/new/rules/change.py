{% set kind, base = '"approval_tier"', "_example.yaml" %}{% include "new/rules/_head.txt" %}
GOOD = "changes: [{reason: 现场土质不符，见勘察报告}]"
BAD = "changes: [{reason: 待定}]"


def check(case):
    """示范：变更原因不能写“待定”。换成自己要查的。"""
    if case.change.reason == "待定":
        yield Problem(
            where=("reason",),
            message=Text("变更原因写的是“待定”", "the reason is not given"),
            fix=Text("写明原因。", "Give the reason."),
        )
