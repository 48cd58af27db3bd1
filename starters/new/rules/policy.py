{% set kind, base = '"approval_tier"', "_example.yaml" %}{% include "new/rules/_head.txt" %}
GOOD = "title: 样例办法"
BAD = "title: 待定"


def check(policy):
    """示范：文件的标题不能写“待定”。换成自己要查的；policy.version 是文件的内容。"""
    if policy.version.title == "待定":
        yield Problem(
            where=("title",),
            message=Text("标题写的是“待定”", "the instrument has no title"),
            fix=Text("写明标题。", "Give the title."),
        )
