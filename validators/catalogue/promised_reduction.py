"""承诺时限比法定时限精简到位

窗口考核办法要求事项的承诺时限比法定时限精简到规定的比例。按口径逐项计算，两个时限用同一单位；没有法定时限的不计，即办的算全部精简。
办法考核的只是本级窗口的，下级的目录只作提示。逐项不到、但全部事项平均达到的，说明结果取决于口径。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import plain
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Severity
from banshi.law.instruments import Placed
from banshi.law.norms import ScoreSubItem
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.forms import Item

TITLE = Text("承诺时限比法定时限精简到位", "Promised limits are short enough")
SEVERITY = "warning"
BASIS = ("score_sub_item measure.role=time_saved",)
_ITEM = """
jurisdiction: luzhou
items:
  - {id: road-opinion, name: 占道意见, department: gongan, with: [chengguan], stage: approval, limits: {statutory: 20, promised: %s}}
"""
GOOD = _ITEM % "6"
BAD = _ITEM % "7     # 只精简了65%%\n     ".replace("%%", "%")
ROLE = "time_saved"


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each item that states both limits, against the bound; the mean of all where that is asked for."""
    norm = _norm(file)
    if norm is None or norm.norm.bound is None or file.assessment is None:
        return
    shares = {n: share for n, item in enumerate(file.catalogue.items) if (share := reduction(item)) is not None}
    if not shares:
        return
    mean_enough = norm.norm.bound.contains(sum(shares.values(), Decimal(0)) / len(shares))
    if norm.norm.limits_by == "mean" and mean_enough:
        return
    for n, share in shares.items():
        if not norm.norm.bound.contains(share):
            yield _problem(file, norm, n, share, mean_enough)


def reduction(item: Item) -> Decimal | None:
    """By how many per cent the promised limit is shorter; None where it cannot be said, or is longer."""
    promised, most = 0 if item.immediate else item.limits.promised, item.limits.statutory
    if promised is None or not most or promised > most:
        return None
    return Decimal(100) * (most - promised) / most


def _problem(file: CatalogueFile, norm: Placed[ScoreSubItem], n: int, share: Decimal, mean_enough: bool) -> Problem:
    item, bound = file.catalogue.items[n], norm.norm.bound
    assert bound is not None
    wanted = bound.phrase({})
    shown = plain(share.quantize(Decimal("0.01")).normalize())
    unit = f"{'个' if item.limits.unit == '工作日' else ''}{item.limits.unit}"
    tail = "；全部事项平均已达到，结果取决于口径" if mean_enough else ""
    return Problem(
        where=("items", n, "limits", "promised"),
        message=Text(
            f"“{item.name}”法定 {item.limits.statutory} {unit}、承诺 {item.limits.promised} {unit}，只精简 {shown}%，应为{wanted}{tail}",
            f"{item.name}: statutory {item.limits.statutory}, promised {item.limits.promised}: {shown}% shorter only",
        ),
        fix=Text(
            f"承诺时限改为不超过 {_most(item, bound.lower)} {unit}。",
            f"Promise at most {_most(item, bound.lower)}.",
        ),
        severity=Severity.NOTE if "/" in file.catalogue.jurisdiction else None,
        basis=(norm.cite,),
        reading_dependent=mean_enough,
    )


def _most(item: Item, lower: object) -> int:
    """The longest promised limit that is short enough."""
    share = getattr(lower, "value", Decimal(0))
    return int((item.limits.statutory or 0) * (100 - share) / 100)


def _norm(file: CatalogueFile) -> Placed[ScoreSubItem] | None:
    found = file.assessment.all(ScoreSubItem) if file.assessment else []
    return next((placed for placed in found if placed.role(placed.norm.measure or "") == ROLE), None)
