"""Findings counted by rule, tier, jurisdiction and month: as text, for programs, and as a page with charts."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
_MOST = 40  # bars of one chart, lines of one list; the others are added up


@dataclass(slots=True)
class Counted:
    """How many findings of each severity; by each of ``BY``, with "" where it is not known. ``left``: counted, not listed."""

    severities: Counter[str] = field(default_factory=Counter)
    by: dict[str, dict[str, Counter[str]]] = field(default_factory=lambda: {each: {} for each in BY})
    left: Counter[str] = field(default_factory=Counter)

    def count(self, findings: Iterable[Finding]) -> "Counted":
        """Count findings."""
        for finding in findings:
            if finding.rule != MORE:
                self.add(finding.severity.value, (finding.rule, *_about(finding)))
        return self

    def add(self, severity: str, values: tuple[str, str, str, str], times: int = 1) -> None:
        """Count so many of the same: rule, tier, jurisdiction, month."""
        self.severities[severity] += times
        for which, value in zip(BY, values, strict=True):
            self.by[which].setdefault(value, Counter())[severity] += times

    def as_json(self) -> dict[str, Any]:
        """For programs: the same order whatever the order of counting."""
        return {
            "severities": _numbers(self.severities),
            "not_listed": _numbers(self.left),
            **{f"by_{which}": {v: _numbers(c) for v, c in sorted(own.items())} for which, own in self.by.items()},
        }

    def rows(self, which: str, lang: Lang) -> list[tuple[str, Counter[str]]]:
        """Values and counts, the most first (months in order), and the rest added up."""
        found = self.by[which].items()
        ordered = sorted(found, key=lambda each: (each[0] if which == "month" else "", -each[1].total(), each[0]))
        shown = [(value or _UNKNOWN.say(lang), counts) for value, counts in ordered[:_MOST]]
        if rest := ordered[_MOST:]:
            said = Text(f"其余 {len(rest)} 个", f"{len(rest)} others").say(lang)
            shown.append((said, sum((counts for _, counts in rest), Counter())))
        return shown


def _about(finding: Finding) -> tuple[str, str, str]:
    place, tier, month = finding.about
    return tier, place, month


def _numbers(counts: Mapping[str, int]) -> dict[str, int]:
    return {severity.value: counts.get(severity.value, 0) for severity in Severity}


def summary_text(counted: Counted, lang: Lang, law: LawUsed | None) -> str:
    """Lists for a terminal."""
    lines = [_total(counted, lang)]
    for which, title in BY.items():
        rows = counted.rows(which, lang)
        if any(value != _UNKNOWN.say(lang) for value, _ in rows):
            lines += ["", title.say(lang), *(f"  {visible(value)}  {_said(counts, lang)}" for value, counts in rows)]
    return "\n".join([*lines, *(["", visible(law.said.say(lang))] if law else [])]) + "\n"


def summary_json(counted: Counted, law: LawUsed | None) -> str:
    """The same for programs."""
    whole = {"version": 1, **({"law": law.as_json()} if law else {}), **counted.as_json()}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def summary_page(counted: Counted, lang: Lang, centre: "Printing | None") -> str:
    """The same as a page with charts. Raises ``TemplateBroken``."""
    from banshi.output.report_pages import report_page  # late: only pages need templates

    labels = [severity.label.say(lang) for severity in Severity]
    parts = [
        (title.say(lang), _picture(title, counted.rows(which, lang), labels, lang), counted.rows(which, lang))
        for which, title in BY.items()
        if counted.by[which].keys() - {""}
    ]
    return report_page(
        "summary.html.j2",
        centre=centre,
        lang=lang,
        title=Text("问题汇总", "Findings in summary").say(lang),
        total=_total(counted, lang),
        parts=parts,
        severities=[severity.value for severity in Severity],
        labels=labels,
    )


def _picture(title: Text, rows: list[tuple[str, Counter[str]]], labels: list[str], lang: Lang) -> Any:
    from banshi.output.charts import Stack, stacked  # late, as above

    bars = [
        Stack(value, dict(zip(labels, _numbers(counts).values(), strict=True)), _said(counts, lang))
        for value, counts in rows
    ]
    return stacked(title.say(lang), bars, labels)


def _total(counted: Counted, lang: Lang) -> str:
    said = _said(counted.severities, lang) or Text("没有问题", "nothing found").say(lang)
    left = counted.left.total()
    more = Text(f"；另有 {left} 处没有列出，也没有分类", f"; {left} more are neither listed nor sorted").say(lang)
    return said + (more if left else "")


def _said(counts: Mapping[str, int], lang: Lang) -> str:
    own = [(severity.label.say(lang), counts.get(severity.value, 0)) for severity in Severity]
    return ("，" if lang == "zh" else ", ").join(f"{label} {count}" for label, count in own if count)
