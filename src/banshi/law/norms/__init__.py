"""The kinds of norm: typed values that computations use, each with the phrases that pages and messages print.

A kind is a class here: its ``about`` and the ``meta`` of its fields say what they are called and mean, and ``make schemas``
writes them into the schema; the phrases of its fields (``values.phrase``) fill the ``{placeholders}`` of its statement. So a
figure is written once, as data.
"""

from banshi.law.norms.assessment import Band, ScoreGroup, ScoreItems, ScoreRule, ScoreSubItem, ScoreTotal, Veto
from banshi.law.norms.assessment_extras import Adjustment, Cap, HighestOnly, RateBonus
from banshi.law.norms.assessment_periods import (
    AssessmentPeriod,
    Grade,
    PersonalMark,
    Ranking,
    ScoreCombination,
    ScoreWeighting,
    Share,
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
    ClassTier,
    Consultation,
    ContractRecording,
    Emergency,
    Extension,
    JointApplication,
    Procedure,
    Publicity,
    ReportAfter,
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
    LocalLimit,
    Ordering,
    Period,
    Precedence,
    Promulgation,
    Record,
    Scope,
)
from banshi.law.norms.parallel import Classification, Count, Deadline, Rounding, Target
from banshi.law.norms.pricing import BillPrice, DiscountPrice, Formula, Pricing, Similarity
from banshi.law.norms.values import (
    Bound,
    Bounds,
    Cited,
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
    called,
    of_table,
    own_key,
    phrase,
    whole,
)

AnyNorm = (
    Promulgation
    | Scope
    | Ordering
    | Enumeration
    | Locality
    | Duties
    | ApprovalGate
    | Definition
    | ApprovalTier
    | ClassTier
    | TierChoice
    | Consultation
    | ReportAfter
    | Splitting
    | Procedure
    | Publicity
    | Period
    | TimeLimit
    | Extension
    | Substitution
    | JointApplication
    | Emergency
    | Record
    | Pricing
    | BillPrice
    | Similarity
    | Formula
    | DiscountPrice
    | ContractRecording
    | Consequence
    | LocalLimit
    | Interpretation
    | FormNorm
    | CitationNorm
    | Precedence
    | Information
    | PunchWindow
    | Evidence
    | Cover
    | LeaveApproval
    | Quota
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
    | ScoreWeighting
    | Ranking
    | Grade
    | Target
    | Deadline
    | Count
    | Classification
    | WorkingTime
    | LatenessWeight
    | Conversion
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
    "ScoreWeighting",
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
    "called",
    "of_table",
    "own_key",
    "phrase",
    "whole",
]
