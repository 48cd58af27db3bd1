"""Findings counted by rule, tier, jurisdiction and month, or decisions likewise: as text, for programs, and as a page with charts."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from banshi.base.limits import MAX_VALUES_SHOWN
from banshi.base.text import Lang, Text, visible
from banshi.files.findings import MORE, Finding, Severity
from banshi.files.law_used import LawUsed

if TYPE_CHECKING:
    from banshi.output.report_pages import Printing

BY = {
    "rule": Text("按规则", "by rule"),
    "tier": Text("按申报档次", "by declared tier"),
    "jurisdiction": Text("按辖区", "by jurisdiction"),
    "month": Text("按月份", "by month"),
}
_UNKNOWN = Text("（不知道）", "(not known)")


class Sorts(Struct, frozen=True):
    """What is counted: ``title``; ``key`` of its sorts for programs, with what each is called; by what else it is sorted."""

    title: Text
    key: str
    labels: Mapping[str, Text]
    by: Mapping[str, Text]
    nothing: Text


SEVERITIES = Sorts(
    Text("问题汇总", "Findings in summary"),
    "severities",
    {severity.value: severity.label for severity in Severity},
    BY,
    Text("没有问题", "nothing found"),
)


class CountedFindings(Struct):
    """How many there are of each sort; by each of ``sorts.by``, with "" where it is not known. ``left``: counted, not listed."""

    sorts: Sorts = SEVERITIES
    severities: Counter[str] = field(default_factory=Counter)
    by: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.by = {each: {} for each in self.sorts.by}

    def count(self, findings: Iterable[Finding]) -> "CountedFindings":
        """Count findings."""
        for finding in findings:
            if finding.rule != MORE:
                self.add(finding.severity.value, (finding.rule, *_about(finding)))
        return self

    def add(self, severity: str, values: tuple[str, ...], times: int = 1) -> None:
        """Count so many of the same; ``values`` as ``sorts.by`` has them: rule, tier, jurisdiction, month."""
        self.severities[severity] += times
        for which, value in zip(self.sorts.by, values, strict=True):
            self.by[which].setdefault(value, Counter())[severity] += times

    def as_json(self) -> dict[str, Any]:
        """For programs: the same order whatever the order of counting."""
        left = {"not_listed": self.numbers(self.left)} if self.sorts is SEVERITIES else {}
        return {
            self.sorts.key: self.numbers(self.severities),
            **left,
            **{f"by_{which}": {v: self.numbers(c) for v, c in sorted(own.items())} for which, own in self.by.items()},
        }

    def numbers(self, counts: Mapping[str, int]) -> dict[str, int]:
        """How many of each sort, in order."""
        return {sort: counts.get(sort, 0) for sort in self.sorts.labels}

    def said(self, counts: Mapping[str, int], lang: Lang) -> str:
        """The same in words, of what there is."""
        own = [(label.say(lang), counts.get(sort, 0)) for sort, label in self.sorts.labels.items()]
        return ("，" if lang == "zh" else ", ").join(f"{label} {count}" for label, count in own if count)

    def rows(self, which: str, lang: Lang) -> list[tuple[str, Counter[str]]]:
        """Values and counts, the most first (months in order), and the rest added up."""
        found = self.by[which].items()
        ordered = sorted(found, key=lambda each: (each[0] if which == "month" else "", -each[1].total(), each[0]))
        shown = [(value or _UNKNOWN.say(lang), counts) for value, counts in ordered[:MAX_VALUES_SHOWN]]
        if rest := ordered[MAX_VALUES_SHOWN:]:
            said = Text(f"其余 {len(rest)} 个", f"{len(rest)} others").say(lang)
            shown.append((said, sum((counts for _, counts in rest), Counter())))
        return shown


def _about(finding: Finding) -> tuple[str, str, str]:
    place, tier, month = finding.about
    return tier, place, month


def summary_text(counted: CountedFindings, lang: Lang, law: LawUsed | None) -> str:
    """Lists for a terminal."""
    lines = [_total(counted, lang)]
    for which, title in counted.sorts.by.items():
        rows = counted.rows(which, lang)
        if any(value != _UNKNOWN.say(lang) for value, _ in rows):
            said = (f"  {visible(value)}  {counted.said(counts, lang)}" for value, counts in rows)
            lines += ["", title.say(lang), *said]
    return "\n".join([*lines, *(["", visible(law.said.say(lang))] if law else [])]) + "\n"


def summary_json(counted: CountedFindings, law: LawUsed | None) -> str:
    """The same for programs."""
    whole = {"version": 1, **({"law": law.as_json()} if law else {}), **counted.as_json()}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def summary_page(counted: CountedFindings, lang: Lang, centre: "Printing | None") -> str:
    """The same as a page with charts. Raises ``TemplateBroken``."""
    from banshi.output.report_pages import report_page  # late: only pages need templates

    labels = [label.say(lang) for label in counted.sorts.labels.values()]
    parts = [
        (title.say(lang), _picture(title, counted, which, labels, lang), counted.rows(which, lang))
        for which, title in counted.sorts.by.items()
        if counted.by[which].keys() - {""}
    ]
    return report_page(
        "summary.html.j2",
        centre=centre,
        lang=lang,
        title=counted.sorts.title.say(lang),
        total=_total(counted, lang),
        parts=parts,
        severities=list(counted.sorts.labels),
        labels=labels,
    )


def _picture(title: Text, counted: CountedFindings, which: str, labels: list[str], lang: Lang) -> Any:
    from banshi.output.charts import Stack, stacked  # late, as above

    bars = [
        Stack(value, dict(zip(labels, counted.numbers(counts).values(), strict=True)), counted.said(counts, lang))
        for value, counts in counted.rows(which, lang)
    ]
    return stacked(title.say(lang), bars, labels)


def _total(counted: CountedFindings, lang: Lang) -> str:
    said = counted.said(counted.severities, lang) or counted.sorts.nothing.say(lang)
    left = counted.left.total()
    more = Text(f"；另有 {left} 处没有列出，也没有分类", f"; {left} more are neither listed nor sorted").say(lang)
    return said + (more if left else "")
