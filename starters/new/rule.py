"""{{ title }}。

待填：这条规则查什么、为什么。这一段就是规则的说明页。先写对的、错的样例，再写 check；运行 banshi test --trust-project 看样例是否照样，
看过之后用 banshi trust 信任它。
"""

from banshi.checking.rules import Problem, Severity, Text

TITLE = Text("{{ title }}", "{{ slug }}")
SEVERITY = Severity.WARNING
BASIS = ()  # 依据哪些种类的规范点，如 ("approval_tier",)
# 样例只写要看的几项，其余同旁边的 _example.yaml。
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
