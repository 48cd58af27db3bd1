"""What the computations and rules on the assessment of windows read of the norms."""

from banshi.law.time_limits import COUNTED
from banshi.law.uses import CHECK, GUIDES, Single, counted_in, reads

USES = reads(
    "assessment",
    {
        "banshi assess": {
            "score_total": "parts base_marks items sub_items digits forfeited late_cases bonus_by_approval",
            "score_items": "marks",
            "score_sub_item": (
                "item marks floor part_of manual measure bound further if_short if_none lower_by_person limits_by"
            ),
            "score_rule": ("sub_item effect fact bound floor per unless also_sub_items other_reading_fact"),
            "score_rule effect=exempt": "values",
            "score_rule other_reading_fact=*": "counts_other",
            "score_rule effect=subtract": "points once pro_rata at_most",
            "score_rule effect=zero": "pro_rata digits if_none every_day",
            "score_rule effect=multiply": "digits if_none product_digits",
            "score_rule effect=by_steps": "points step part pro_rata digits if_none at_most",
            "score_rule effect=banded": "bands pro_rata digits if_none at_most",
            "score_group": "at_most at_least part_of",
            "veto": "fact score bound",
            "score_combination": "period of how digits missing weight mean_digits plus",
            "score_weighting": "period weight digits plus",
            "ranking": "periods groups",
            "grade": "grade name rank periods band share barred_by_veto",
            "adjustment": (
                "scale fact points per bound cap once_per_matter instead_of verified_by must_be_verified by level days"
                " after after_inclusive as_recorded each_period"
            ),
            "adjustment cap=*": "cap_covers",
            "adjustment instead_of=*": "instead",
            "adjustment scale=deduction": "against",
            "rate_bonus above_inclusive=false": "rates above points step cap part onto by_approval",
            "cap of=bonus at_most=*": "per",
            "cap of=deduction at_most=*": "per",
            "cap of=deduction unlimited=true": "",
            "cap of=base at_most=*": "at_least per",
            "cap of=base at_least=*": "at_most per",
            "cap of=total at_most=*": "at_least per",
            "cap of=total at_least=*": "at_most per",
            "highest_only scale=bonus group_by=matter": "compares earlier",
            "highest_only scale=deduction group_by=event": "compares earlier",
            "local_limit": "overlays may_be",
            "assessment_period": "period start end number times basis_of straddling",
        },
        CHECK: {"adjustment": "group"},
        "banshi cases": {"period of=rating_answer": "length first_day moved"},
        GUIDES: {"target": "measure cases bound"},
    },
)

UNITS = counted_in(
    {
        "score_rule": {"bound": "fact", "bands": "fact"},
        "score_sub_item": {"bound": "measure", "further": "measure"},
        "veto": {"bound": "fact"},
        "adjustment": {"bound": ("次",)},  # how often something happened in one matter
        "grade": {"band": ("分",)},
        "period of=rating_answer": {"length": COUNTED},
    }
)

# Of these norms a computation takes one: two that speak of the same thing would be settled in silence.
SINGLE = (
    Single("score_total base_marks=*"),
    Single("score_total digits=*"),
    Single("score_total parts=*"),
    Single("score_items"),
    Single("cap", ("of",)),
    Single("highest_only", ("scale",)),
    Single("adjustment", ("scale", "fact")),
    Single("veto", ("fact", "bound")),
    Single("score_combination", ("period",)),
    Single("score_weighting", ("period",)),
    Single("ranking"),
    Single("assessment_period", ("period", "number")),
    Single("period of=rating_answer"),
)
