{% set kind, base = '"leave_approval"', "_example.yaml" %}{% include "new/rules/_head.txt" %}
GOOD = "leave: [{staff: A02, kind: 事假, from: {{ tuesday }}, reason: 本人须到场}]"
BAD = "leave: [{staff: A02, kind: 事假, from: {{ tuesday }}, reason: 待定}]"


def check(case):
    """示范：请假的事由不能写“待定”。换成自己要查的。"""
    for n, leave in enumerate(case.register.leave):
        if leave.reason == "待定":
            yield Problem(
                where=("leave", n, "reason"),
                message=Text(f"{leave.staff} 的请假事由写的是“待定”", f"{leave.staff}: the reason is not given"),
                fix=Text("写明事由。", "Give the reason."),
            )
