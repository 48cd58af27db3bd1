"""What the computations and rules on attendance and leave read of the norms."""

from banshi.uses import GUIDES, reads

USES = reads(
    "attendance",
    {
        "banshi attendance": {
            "punch_window": "moment start end start_inclusive end_inclusive days grace season weekdays groups shift",
            "evidence any_breach=false": "sources",  # that there is any makes its days days of attendance
            "evidence any_breach=true sources=duty_log": "",
            "evidence approved_by=password": "approved_by",
            "cover": "minimum substitute leave_length staff before_leaving",
            "leave_approval": (
                "leave length groups approver deputy report_to form in_advance unit_consent filed_with proofs conditions"
            ),
            "quota per=person_month": "of at_most unit pieces",
            "offset": "leave taken_from ratio",
            "factor": "of counted per bound groups",
            "tie_break": "prefer",
            "scope": "subjects",
            "consequence unless=*": "by unless",
            "record": "when papers by filed_with",
        },
        GUIDES: {"quota": "reasons"},
    },
)
