"""What the computations and rules on attendance and leave read of the norms."""

from banshi.law.uses import GUIDES, Single, counted_in, reads

USES = reads(
    "attendance",
    {
        "banshi attendance": {
            "punch_window": (
                "moment start end start_inclusive end_inclusive next_day days grace season weekdays groups shift"
                " to_the_second only_due"
            ),
            "evidence any_breach=false": "sources",  # that there is any makes its days days of attendance
            "evidence any_breach=true sources=duty_log": "",
            "evidence approved_by=password": "approved_by sources",
            "cover": "minimum substitute leave_length staff before_leaving",
            "leave_approval": (
                "leave length groups approver deputy report_to form in_advance unit_consent filed_with proofs conditions"
                " stands_in consent_by after_report"
            ),
            "leave_approval form=report": "report_or suffices",
            "duty of=explaining": "stands_in",
            "duty of=seeing_records": "",
            "quota": "of at_most unit per pieces also_counted entitlement groups",
            "working_time": "at_least pause not_before not_after weekdays groups shift",
            "lateness_weight": "of length times absence_days unless_explained groups",
            "conversion": "every per into days groups",
            "offset": "leave taken_from ratio taken_off",
            "factor": "of counted per bound each_kind groups",
            "factor per=quarter": "periods",
            "factor per=year": "periods",
            "factor counted=times": "raw_punches",
            "tie_break": "prefer",
            "scope": "subjects",
            "consequence of=leave_rules_broken": "though_explained unless",
            "local_limit": "overlays may_be",
            "record": "when papers by filed_with length due insured_hospital",
        },
        GUIDES: {"quota": "reasons"},
    },
)

_DAYS, _MINUTES, _HOURS, TIMES = ("天",), ("分钟",), ("小时", "分钟"), "次"
UNITS = counted_in(
    {
        "punch_window": {"grace": _MINUTES},
        "working_time": {"at_least": _HOURS, "pause": _HOURS},
        "lateness_weight": {"length": _MINUTES},
        "cover": {"leave_length": _DAYS, "staff": ("人",)},
        "leave_approval": {"length": _DAYS},
        "quota": {"unit": "of"},
        "factor counted=times": {"bound": (TIMES,)},
        "factor counted=days": {"bound": _DAYS},
        "record": {"length": _DAYS, "due": ("工作日", "天")},
    }
)

# Of these norms a computation takes one: two that speak of the same thing would be settled in silence.
SINGLE = (
    Single("working_time", ("shift",), overlap=("weekdays", "groups")),
    Single("conversion", ("into",), overlap=("groups",)),
    Single("offset", ("leave", "taken_from")),
    Single("quota", ("of", "unit", "per", "entitlement"), overlap=("groups",)),
    Single("tie_break"),
    Single("cover minimum=*"),
    Single("consequence of=leave_rules_broken unless=*", overlap=("subjects",)),
    Single("duty of=working_hours"),
    Single("duty of=explaining"),
    Single("duty of=carrying_papers"),
    Single("duty of=seeing_records"),
)
