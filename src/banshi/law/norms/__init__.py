"""The kinds of norm: typed values that computations use, each with the phrases that pages and messages print.

A kind stands in three places: its fragment in ``schemas/policy.schema.json``, its class here, and the phrases of its
fields (``values.phrase``), which fill the ``{placeholders}`` of its statement. So a figure is written once, as data.
"""

from banshi.law.norms.assessment import (
    Adjustment,
    AssessmentPeriod,
    Band,
    Cap,
    Grade,
    HighestOnly,
    PersonalMark,
    Ranking,
    RateBonus,
    ScoreCombination,
    ScoreGroup,
    ScoreItems,
    ScoreRule,
    ScoreSubItem,
    ScoreTotal,
    Share,
    Veto,
)
from banshi.law.norms.attendance import (
    Conversion,
    Cover,
    Evidence,
    Factor,
    LatenessWeight,
    LeaveApproval,
    Offset,
    PunchWindow,
    Quota,
    TieBreak,
    WorkingTime,
)
from banshi.law.norms.base import Norm
from banshi.law.norms.change import (
    ApprovalGate,
    ApprovalTier,
    BillPrice,
    ClassTier,
    Consultation,
    ContractRecording,
    DiscountPrice,
    Emergency,
    Extension,
    Formula,
    JointApplication,
    LocalLimit,
    Pricing,
    Procedure,
    Publicity,
    ReportAfter,
    Similarity,
    Splitting,
    Substitution,
    TierChoice,
    TimeLimit,
)
from banshi.law.norms.general import (
    CitationNorm,
    Consequence,
    Definition,
    Duties,
    Enumeration,
    FormNorm,
    Information,
    Interpretation,
    Locality,
    Ordering,
    Period,
    Precedence,
    Promulgation,
    Record,
    Scope,
)
from banshi.law.norms.parallel import Classification, Count, Deadline, Rounding, Target
from banshi.law.norms.values import (
    Bound,
    Bounds,
    Cited,
    ClockTime,
    Duty,
    Keyed,
    Length,
    Level,
    Marks,
    Measured,
    Named,
    Names,
    Season,
    Stage,
    Step,
    Value,
    YearDay,
    phrase,
)

AnyNorm = (
    Promulgation
    | Scope
    | Ordering
    | Enumeration
    | Locality
    | Duties
    | Definition
    | Period
    | Consequence
    | Interpretation
    | Record
    | FormNorm
    | CitationNorm
    | Precedence
    | Information
    | ApprovalGate
    | ApprovalTier
    | ClassTier
    | TierChoice
    | Consultation
    | ReportAfter
    | Splitting
    | Procedure
    | Publicity
    | TimeLimit
    | Extension
    | Substitution
    | JointApplication
    | Emergency
    | Pricing
    | BillPrice
    | Similarity
    | Formula
    | DiscountPrice
    | ContractRecording
    | LocalLimit
    | PunchWindow
    | Evidence
    | Cover
    | LeaveApproval
    | Quota
    | WorkingTime
    | LatenessWeight
    | Conversion
    | Offset
    | Factor
    | TieBreak
    | ScoreTotal
    | ScoreItems
    | ScoreSubItem
    | ScoreRule
    | Adjustment
    | RateBonus
    | Cap
    | HighestOnly
    | AssessmentPeriod
    | ScoreGroup
    | Veto
    | ScoreCombination
    | Ranking
    | Grade
    | Target
    | Deadline
    | Count
    | Classification
)

__all__ = [
    "Adjustment",
    "AnyNorm",
    "ApprovalGate",
    "ApprovalTier",
    "AssessmentPeriod",
    "Band",
    "BillPrice",
    "Bound",
    "Bounds",
    "Cap",
    "CitationNorm",
    "Cited",
    "ClassTier",
    "Classification",
    "ClockTime",
    "Consequence",
    "Consultation",
    "ContractRecording",
    "Conversion",
    "Count",
    "Cover",
    "Deadline",
    "Definition",
    "DiscountPrice",
    "Duties",
    "Duty",
    "Emergency",
    "Enumeration",
    "Evidence",
    "Extension",
    "Factor",
    "FormNorm",
    "Formula",
    "Grade",
    "HighestOnly",
    "Information",
    "Interpretation",
    "JointApplication",
    "Keyed",
    "LatenessWeight",
    "LeaveApproval",
    "Length",
    "Level",
    "LocalLimit",
    "Locality",
    "Marks",
    "Measured",
    "Named",
    "Names",
    "Norm",
    "Offset",
    "Ordering",
    "Period",
    "PersonalMark",
    "Precedence",
    "Pricing",
    "Procedure",
    "Promulgation",
    "Publicity",
    "PunchWindow",
    "Quota",
    "Ranking",
    "RateBonus",
    "Record",
    "ReportAfter",
    "Rounding",
    "Scope",
    "ScoreCombination",
    "ScoreGroup",
    "ScoreItems",
    "ScoreRule",
    "ScoreSubItem",
    "ScoreTotal",
    "Season",
    "Share",
    "Similarity",
    "Splitting",
    "Stage",
    "Step",
    "Substitution",
    "Target",
    "TieBreak",
    "TierChoice",
    "TimeLimit",
    "Value",
    "Veto",
    "WorkingTime",
    "YearDay",
    "phrase",
]
