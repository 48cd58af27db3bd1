"""What the computations and rules on the assessment of windows read of the norms."""

from banshi.uses import GUIDES, reads

USES = reads(
    "assessment",
    {
        "banshi assess": {
            "score_total": "parts base_marks items sub_items",
            "score_items": "marks",
            "score_sub_item": "item marks manual measure bound further",
            "score_rule": (
                "sub_item effect fact bound points floor per values unless also_sub_items other_reading_fact"
            ),
            "adjustment": (
                "scale fact points per bound cap once_per_matter instead_of verified_by must_be_verified by level days"
                " after after_inclusive group"
            ),
            "rate_bonus above_inclusive=false": "rates above points step cap",
            "cap of=bonus at_most=*": "per",
            "cap of=deduction at_most=*": "per",
            "cap of=deduction unlimited=true": "per",
            "highest_only scale=bonus group_by=matter": "",
            "highest_only scale=deduction group_by=event": "",
            "assessment_period": "period start end number",
        },
        GUIDES: {"target": "measure cases bound"},
    },
)
