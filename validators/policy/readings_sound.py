"""理解口径有默认且可用

每个没有写清楚的地方，都记着问题、几种口径、采用哪一种和理由。采用的口径必须是列出的口径之一。

标明“据以计算”的口径，引擎必须算得了：或者用 `norms` 写明按某一口径哪些规范点怎么说（采用别的口径，就按那样的规范点重算），
或者是引擎认得的问题。`norms` 写的口径、规范点、各项都要有，写出来的要合规范点的格式、有计算会看、与正文写的不同；
两种口径算出来一样的，等于没有区分，也要改。
"""

from collections.abc import Iterator

import msgspec

from banshi.base.text import did_you_mean, listed
from banshi.checking.declared_uses import ignored_fields
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.dotted import Nowhere
from banshi.law.norms import Norm
from banshi.law.otherwise import computable
from banshi.law.reading_effects import as_read
from banshi.law.version_parts import Reading

TITLE = Text("理解口径有默认且可用", "Every reading has a usable default")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
readings:
  - id: tier-amount
    question: 金额量的是什么？
    options: {net: 净额, gross: 增加额}
    default: net
    norms: {gross: {finance-tier: {of: increase}}}
    computed: true
    ground: 样例。
"""
BAD = """
readings:
  - id: tier-amount
    question: 金额量的是什么？
    options: {net: 净额, gross: 增加额}
    default: nett       # 没有这个口径
    norms: {gross: {finance-tier: {of: increase}}}
    computed: true
    ground: 样例。
"""


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The default of each reading, whether the engine can obey it, and what it makes of norms."""
    norms = {norm.id: norm for _, norm in policy.norms()}
    for index, reading in enumerate(policy.version.readings):
        where: Route = ("readings", index)
        if reading.default not in reading.options:
            yield _unknown((*where, "default"), reading.default, reading, "采用的口径", "the default")
        yield from _computed(where, reading)
        for option, said in reading.norms.items():
            if option not in reading.options:
                yield _unknown((*where, "norms", option), option, reading, "口径", "option")
            for norm_id, fields in said.items():
                place = (*where, "norms", option, norm_id)
                yield from _effect(policy, place, norms.get(norm_id), fields) if norms.get(norm_id) else [_gone(place)]
        yield from _alike(where, reading)


def _computed(where: Route, reading: Reading) -> Iterator[Problem]:
    known = computable(reading)
    if reading.computed and reading.default in reading.options and reading.default not in known:
        yield Problem(
            where=(*where, "default" if known else "computed"),
            message=Text(
                f"口径 {reading.id} 标为据以计算，但引擎算不了 {reading.default}",
                f"reading {reading.id} is marked as computed, but the engine cannot compute {reading.default}",
            ),
            fix=Text(
                f"改用 {'、'.join(known)}，或删去 computed。"
                if known
                else "用 norms 写明各口径下规范点怎么说，或删去 computed。",
                f"Use one of {', '.join(known)}, or delete computed."
                if known
                else "Say in norms what norms are under each reading, or delete computed.",
            ),
        )
    elif known and not reading.computed:
        yield Problem(
            where=where,
            message=Text(
                f"引擎按口径 {reading.id} 计算，但没有标明",
                f"the engine computes by reading {reading.id}, but it is not marked",
            ),
            fix=Text("补上 computed: true。", "Add computed: true."),
        )


def _effect(policy: PolicyFile, where: Route, norm: Norm | None, fields: dict[str, object]) -> Iterator[Problem]:
    """What is wrong with the fields that a reading gives a norm."""
    assert norm is not None
    try:
        read = as_read(norm, fields)
    except Nowhere as path:
        yield _bad(where, f"{norm.id} 里没有 {path} 这个位置", f"{path} leads nowhere in {norm.id}", "改正写法。")
        return
    except msgspec.ValidationError:
        said = f"这样写的 {norm.id} 不合 {norm.kind} 的格式"
        yield _bad(where, said, f"{norm.id} would not be a {norm.kind}", "对照这一种规范点的各项改正写法。")
        return
    if read == norm:
        yield _bad(
            where, f"{norm.id} 正文就是这样写的，没有区别", f"{norm.id} says that as it is written", "删去这一项。"
        )
    tops = [path.partition(".")[0] for path in fields]
    for field in ignored_fields(read, tops, policy.version.subjects):
        said = f"{norm.id} 的 {field} 没有计算会看，换一种口径也不起作用"
        yield _bad(where, said, f"nothing reads {field} of {norm.id}", "删去这一项，换成能算的写法。")


def _alike(where: Route, reading: Reading) -> Iterator[Problem]:
    """Two options of one effect: which of them is taken would make no difference."""
    said: dict[str, list[str]] = {}
    for option in reading.options if reading.norms else ():
        said.setdefault(repr(reading.norms.get(option, {})), []).append(option)
    for options in said.values():
        if len(options) > 1:
            yield _bad(
                (*where, "norms"),
                f"口径 {listed(options)} 算出来一样：都没有写明规范点有什么不同，或写得相同",
                f"the readings {', '.join(options)} make no difference between them",
                "在 norms 里写明每一种口径下规范点怎么说；与正文写法相同的只能有一种。",
            )


def _unknown(where: Route, written: str, reading: Reading, what: str, what_en: str) -> Problem:
    guess = did_you_mean(written, reading.options)
    return Problem(
        where=where,
        message=Text(f"{what} {written} 不在列出的口径里", f"{what_en} {written} is not among the options"),
        fix=Text(
            f"{guess.zh}可选：{'、'.join(reading.options)}。", f"{guess.en} One of: {', '.join(reading.options)}."
        ),
    )


def _gone(where: Route) -> Problem:
    norm_id = str(where[-1])
    fix = "写本文件里规范点的标识。"
    return _bad(where, f"本文件没有规范点 {norm_id}", f"there is no norm {norm_id} in this file", fix)


def _bad(where: Route, said: str, said_en: str, fix: str) -> Problem:
    return Problem(where=where, at_key=True, message=Text(said, said_en), fix=Text(fix, "Correct the reading."))
