"""事实的写法合乎它的种类

规定按什么计，事实就写什么：按件数的写一个数；比率写 count 和 of；有没有的写 true 或 false；
按工作日的写 days（一天也没有的写 {}）；时限逐项写 items。写法不对的当作没有写，有关的小项不能判定。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import facts, fits

TITLE = Text("事实的写法合乎它的种类", "Every fact is stated in its own form")
SEVERITY = "error"
BASIS = ()
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      on_time_rate: {count: 119, of: 120}
      calls_over_limit_per_day: {days: {2012-01-05: 4}}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      on_time_rate: 119                  # 没有分母
      calls_over_limit_per_day: 4        # 没有写是哪一天
"""

FORMS = {
    "count": Text("件数，写一个数", "a count: one number"),
    "rate": Text("比率，写 {count: 分子, of: 分母}", "a rate: {count: …, of: …}"),
    "amount": Text("数量，写一个数，可以带小数", "an amount: one number, with decimals or without"),
    "found": Text("有没有，写 true 或 false", "found or not: true or false"),
    "days": Text("按工作日计，写 {days: {日期: 数量}}，没有的写 {days: {}}", "by day: {days: {date: number}}"),
    "limits": Text(
        "各事项的时限，写 {items: [{matter: 事项, statutory: 法定, promised: 承诺}]}",
        "the limits of each matter: {items: [{matter: …, statutory: …, promised: …}]}",
    ),
}


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each fact that some norm knows."""
    for route, window, slug, fact in facts(case):
        sort = case.book.sorts.get(slug) if case.book else None
        if case.book is None or sort is None or fits(fact, sort):
            continue
        name, form = case.book.name(slug), FORMS[sort]
        yield Problem(
            where=route,
            message=Text(
                f"{window.called}的{name}写法不对：这一项是{form.zh}", f"{window.called}, {slug}: this is {form.en}"
            ),
            fix=Text(f"改为：{form.zh}。", f"Write {form.en}."),
        )
