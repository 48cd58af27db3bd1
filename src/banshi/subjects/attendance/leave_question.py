"""What is asked of a leave, and what is said of it: the leave with all that it is judged by, what it lacks, the decision."""

from msgspec import Struct

from banshi.base.text import Text
from banshi.files.findings import Citation
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import LeaveApproval
from banshi.law.working_days import WorkingDays
from banshi.subjects.attendance.forms import Half, Leave, Person
from banshi.subjects.attendance.rulebook import Rules
from banshi.subjects.attendance.spans import Spell


class Shortcoming(Struct, frozen=True):
    """What a leave lacks: ``code`` tells what, ``key`` where in the entry."""

    code: str
    key: str
    text: Text
    fix: Text
    basis: Citation | None


class LeaveDecision(Decision[bool], frozen=True):
    """Whether a leave is in order; ``approval`` is the norm that says who approves it."""

    shortcomings: tuple[Shortcoming, ...] = ()
    doubts: tuple[Reason, ...] = ()
    approval: Placed[LeaveApproval] | None = None


class LeaveQuestion(Struct, frozen=True):
    """A leave with its person, the absence it belongs to, the rules of its first day, and its window's staff.

    ``start``: its first working half-day.
    """

    leave: Leave
    person: Person
    spell: Spell
    rules: Rules
    start: Half
    on_duty: int | None = None
    calendar: WorkingDays | None = None

    @property
    def approvals(self) -> list[Placed[LeaveApproval]]:
        """The norms on approval that speak to this leave; one that asks for a report only speaks of sudden illness."""
        found = [p for p in self.rules.all(LeaveApproval, self.person.group) if self._applies(p.norm)]
        reports = [p for p in found if p.norm.form == "report"]
        enough = not any(p.norm.length for p in found) and any(p.norm.suffices for p in reports)
        return reports if reports and enough else found

    def _applies(self, norm: LeaveApproval) -> bool:
        kind = not norm.leave or self.leave.kind in norm.leave
        length = norm.length is None or norm.length.contains(self.spell.length)
        return kind and length and (norm.form != "report" or self.leave.sudden)

    @property
    def approval(self) -> Placed[LeaveApproval] | None:
        """The norm that says who approves: one that names the kind before one by length alone."""
        found = [p for p in self.approvals if p.norm.form != "report"] or self.approvals
        order = (
            [p for p in found if p.norm.leave and p.norm.approver],
            [p for p in found if p.norm.length],
            [p for p in found if p.norm.consent_by],
            [p for p in found if p.norm.form or p.norm.filed_with or p.norm.approver],
        )
        return next((p for own in order for p in own), None)
