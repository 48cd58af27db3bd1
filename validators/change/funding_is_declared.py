"""资金来源规定里都有

project.yaml 的资金来源要写适用文件声明过的标识、名称或其他写法：在 funding_sources 里，或者在适用范围（scope）列的资金里。
文件没有声明资金来源（funding_sources）的，照实写，这里不核对；适用范围列了资金的，见“项目在适用范围内”。
"""

from collections.abc import Iterator

from banshi.base.text import did_you_mean, listed
from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import Filing
from banshi.subjects.change.words import MONEY, words_of

TITLE = Text("资金来源规定里都有", "Projects use the sources of money that the instruments declare")
SEVERITY = "error"
SUBJECT = "project"
BASIS = ("scope",)
GOOD = """
project:
  funding: {sources: [fiscal], government_controlled: true}
"""
BAD = """
project:
  funding: {sources: [捐款箱], government_controlled: true}     # 适用文件没有列这种资金
"""


def check(filing: Filing) -> Iterator[Problem]:
    """Each source of money, which by now is a slug where somebody declares it."""
    law = filing.any_law
    if law is None or not any(version.funding_sources for version in law.versions):
        return
    known = words_of(law)[MONEY]
    funding = filing.project.funding
    for n, source in enumerate(funding.sources if funding else ()):
        if source not in known:
            guess = did_you_mean(source, [*known, *(name for names in known.values() for name in names)])
            said = listed(f"{value}（{names[0]}）" for value, names in known.items())
            yield Problem(
                where=("funding", "sources", n),
                message=Text(f"适用文件没有“{source}”这种资金来源", f"the law knows no source of money {source!r}"),
                fix=Text(
                    f"{guess.zh}可写：{said}。文件里确有的，在 funding_sources 里补上。",
                    f"{guess.en} One of: {', '.join(known)}; or declare it under funding_sources.".strip(),
                ),
            )
