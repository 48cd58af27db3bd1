{% set kind, base = '"target measure=promised_limits"', "_example.yaml" %}{% include "new/rules/_head.txt" %}
GOOD = "title: 样例目录"
BAD = "title: 待定"


def check(file):
    """示范：目录的名称不能写“待定”。换成自己要查的；file.catalogue 是目录的内容。"""
    if file.catalogue.title == "待定":
        yield Problem(
            where=("title",),
            message=Text("目录的名称写的是“待定”", "the catalogue has no title"),
            fix=Text("写明名称。", "Give the title."),
        )
