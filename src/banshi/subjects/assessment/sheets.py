"""What a command shows of an assessment: the windows asked for, ranked among all; and the words that sheets share."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct, field

from banshi.base.money import plain
from banshi.base.text import Lang, Text
from banshi.files.findings import Citation
from banshi.law.assessment_periods import no_measures
from banshi.law.decisions import Alternative, Decision, Reason
from banshi.law.library import Law
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.results import FactUse, Rank, ScoreEntry, ScoreLine, WindowScore, between, end, shown

NOT_DETERMINED = Text("不能判定", "not determined")
NOT_SCORED = Text("不考核", "not scored")
DASH = "–"


class Sheets(Struct, frozen=True):
    """A file's assessment and the one window of it that is shown (None: all); ``path`` is the file's."""

    path: str
    case: AssessmentInLaw
    wanted: str | None = None
    what_if: bool = False

    def what_if_said(self, score: WindowScore) -> list[Text]:
        """What would have been otherwise, where it was asked for."""
        if not self.what_if:
            return []
        from banshi.subjects.assessment.what_if_said import (
            what_if_lines,  # late: scoring again and again is for those who ask
        )

        return what_if_lines(self.case, score)

    @property
    def ranks(self) -> tuple[Rank, ...]:
        """The windows shown, best first; their places are those among all windows of the file."""
        return tuple(r for r in self.case.ranking if self.wanted in (None, r.score.window.id))

    @property
    def title(self) -> Text:
        """The centre with the quarter."""
        centre, quarter = self.case.assessment.centre, self.case.period
        if quarter is None:
            return Text(f"{centre}  {self.case.assessment.asked}", f"{centre}  {self.case.assessment.asked}")
        days = f"{quarter.start} – {quarter.end}"
        return Text(f"{centre}  {quarter.said}（{days}）", f"{centre}  {quarter} ({days})")

    @property
    def no_law(self) -> Text:
        """Said where nothing was in force in the quarter."""
        asked = self.case.assessment
        return no_measures(self.case.library, asked.jurisdiction, asked.asked)


class Annual(Struct, frozen=True):
    """The means of a year's quarters by window, as asked for; ``names``: what the windows are called."""

    centre: str
    year: int
    means: dict[str, Decision[Decimal]]
    names: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> Text:
        """The centre with the year."""
        return Text(
            f"{self.centre}  {self.year}考核年度：四个季度得分的平均",
            f"{self.centre}  assessment year {self.year}: mean of the quarters",
        )


_Asked = TypeVar("_Asked")


def said_both(say: Callable[[_Asked, Lang], str], what: _Asked) -> Text:
    """What ``say`` says of something, in both languages."""
    return Text(say(what, "zh"), say(what, "en"))


def points(decision: Decision[Decimal], lang: Lang = "zh") -> str:
    """A mark or total as sheets print it: two decimals, or that it is not determined."""
    return NOT_DETERMINED.say(lang) if decision.value is None else shown(decision.value)


def total_said(score: WindowScore, lang: Lang = "zh") -> str:
    """A window's total; where it is not determined, between what it lies; or that the window is not scored."""
    if not score.scored:
        return NOT_SCORED.say(lang)
    if score.total.value is not None:
        return shown(score.total.value)
    low, high = end(score.at_least), end(score.at_most)
    if low is None or high is None:
        return f"{NOT_DETERMINED.say(lang)} ({between(score.at_least, score.at_most).say(lang)})"
    return f"{NOT_DETERMINED.say(lang)} ({shown(low)} – {shown(high)})"


def place_said(rank: Rank, lang: Lang = "zh") -> str:
    """A place, or between which places it lies, or a dash."""
    if rank.place is None and rank.best is not None:
        return Text(f"第{rank.best}–{rank.worst}名", f"no. {rank.best}–{rank.worst}").say(lang)
    if rank.place is None:
        return DASH
    return Text(f"第{rank.place}名", f"no. {rank.place}").say(lang)


def fact_said(use: FactUse, lang: Lang = "zh") -> str:
    """A fact with what was said of it."""
    return f"{use.name}：{use.said or Text('没有填', 'not stated').say(lang)}"


def evidence_said(line: ScoreLine) -> str:
    """The evidence of a line's facts, each once."""
    return "；".join(dict.fromkeys(use.evidence for use in line.facts if use.evidence))


def provision(basis: Citation, law: Law | None) -> str:
    """A provision by its label; with the title of its instrument where that is not the one sheets are about."""
    own = {version.instrument for version in law.versions} if law else frozenset[str]()
    return basis.label if basis.instrument in own else basis.say()


def reason_said(reason: Reason, law: Law | None, lang: Lang = "zh") -> str:
    """A reason with its provision."""
    return reason.text.say(lang) + (f"（{provision(reason.basis, law)}）" if reason.basis else "")


def other_totals(score: WindowScore) -> list[Alternative[Decimal]]:
    """Where readings lead to another total; while the total is not determined, to other parts of it."""
    parts = (score.base, score.bonus_total, score.deduction_total)
    return score.total.differing or [other for part in parts for other in part.differing]


def question_of(other: Alternative[Decimal], law: Law) -> str:
    """The unclear place that an alternative answers otherwise."""
    reading = law.readings.get(other.reading)
    return reading.question if reading else ""


def alternative_said(other: Alternative[Decimal], law: Law | None, lang: Lang = "zh") -> str:
    """Where another reading leads, with the question that it answers (in Chinese, as the version has it)."""
    question = question_of(other, law) if law else ""
    return f"{question} {other.text.say(lang)}".strip()


def counted_said(entry: ScoreEntry, lang: Lang = "zh") -> str:
    """Whether an entry counts."""
    words = {True: Text("计", "counts"), False: Text("不计", "does not count"), None: NOT_DETERMINED}
    return words[entry.counted].say(lang)


def group_said(entry: ScoreEntry) -> str:
    """The matter or event of an entry."""
    return entry.group or DASH


def entry_label(entry: ScoreEntry) -> str:
    """The provision of an entry."""
    return entry.placed.provision.label if entry.placed else DASH


def full_marks(lines: Sequence[ScoreLine]) -> str:
    """The full marks of the base score."""
    return plain(sum((line.marks for line in lines), Decimal(0)))
