"""What does handling side by side save against one item after another, or against the statutory limits?"""

from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Target
from banshi.subjects.parallel.context import CaseFile
from banshi.subjects.parallel.schedule import Plan, statutory

MEASURE = "time_saved"
_UNJUDGED = Text(
    "节省多少才够，原文未载明，这里只报告、不评判",
    "the text gives no figure of what must be saved: reported here, not judged",
)


def unjudged(target: Target) -> Text:
    """Why a plan is not held against a target of time saved: none is stated, or it is asked of the cases that were done."""
    if target.bound is None:
        return _UNJUDGED
    return Text(
        f"规定应节省{target.bound.phrase({})}，按办件登记判定（banshi cases），这里只报告、不评判",
        f"{target.bound.phrase({})} must be saved, which is judged by the case log (banshi cases): reported here only",
    )


class Saving(Struct, frozen=True):
    """Working days of two plans for the same items, and how many the second saves; ``percent`` None for 0 days."""

    before: int
    after: int

    @property
    def days(self) -> int:
        """Working days saved."""
        return self.before - self.after

    @property
    def percent(self) -> Decimal | None:
        """The saving in per cent of the longer way, to one decimal."""
        if not self.before:
            return None
        return (Decimal(100 * self.days) / self.before).quantize(Decimal("0.1"), ROUND_HALF_UP)


def saving(file: CaseFile, before: Plan, after: Plan, what: Text) -> Decision[Saving]:
    """The saving of ``after`` over ``before`` (called ``what``); not determined where either plan is not."""
    if before.length is None or after.length is None:
        why = before.reasons if before.length is None else after.reasons
        return Decision(None, why)
    found = Saving(before.length, after.length)
    return Decision(found, (Reason(_said(found, what)), *_not_judged(file)))


def _said(found: Saving, what: Text) -> Text:
    share = f"，即{found.percent}%" if found.percent is not None else "，没有可比的时间"
    share_en = f", {found.percent}%" if found.percent is not None else ", nothing to compare"
    return Text(
        f"{what.zh}{found.before}个工作日，并联{found.after}个工作日，节省{found.days}个工作日{share}",
        f"{what.en}: {found.before} working days, side by side {found.after}: {found.days} saved{share_en}",
    )


def _not_judged(file: CaseFile) -> tuple[Reason, ...]:
    """A plan is no case yet, so what must be saved is not judged by it."""
    placed: Placed[Target] | None = next((p for p in _targets(file) if p.norm.measure == MEASURE), None)
    return (Reason(unjudged(placed.norm), placed.cite),) if placed else ()


def _targets(file: CaseFile) -> list[Placed[Target]]:
    kind = file.catalogue.case_kind
    return [p for p in file.law.all(Target) if p.norm.speaks_of(kind)] if file.law else []


def without_limit(file: CaseFile) -> Text | None:
    """Which items have no statutory limit, so that a comparison by law leaves nothing to compare; None: all have."""
    names = [item.name for item in file.items if statutory(item) is None]
    if not names:
        return None
    said = listed(names[:5]) + ("等" if len(names) > 5 else "")
    return Text(f"{len(names)}个事项没有写法定时限：{said}", f"{len(names)} items state no statutory limit")
