"""What the counts of a case log read of the norms."""

from banshi.law.uses import GUIDES, Single, counted_in, reads
from banshi.subjects.cases.measures import MEASURES

_COUNTED = (*MEASURES, "handled_in_system")
_COUNT = "cases bound holds_from soft where by at_least_cases"
_ASKED = f"{_COUNT} of rounding zero_denominator"  # a rate may need them, a count of cases never

USES = reads(
    "parallel",
    {
        "banshi cases": {
            **{f"target measure={name}": _ASKED for name in MEASURES if name not in ("on_time_rate", "overdue_cases")},
            "target measure=on_time_rate": f"{_ASKED} against",
            "target measure=overdue_cases": f"{_COUNT} against",
            "target measure=handled_in_system": f"{_ASKED} system",
            "target at_least_cases=*": "too_few",
            "target measure=time_saved": "cases bound soft",
            "classification measure=departments": "of bound",
            "scope": "levels",
            "enumeration of=case_system": "values",
            "enumeration of=case_kind": "values",
        },
        GUIDES: {"target": "measure cases bound"},
    },
)

_RATES = ("%", "比率")
UNITS = counted_in(
    {
        **{
            f"target measure={name}": {"bound": _RATES} for name in (*_COUNTED, "time_saved") if name != "overdue_cases"
        },
        "target measure=promised_limits": {"bound": _RATES, "each": _RATES},
        "target measure=overdue_cases": {"bound": ("件",)},
        "classification measure=departments": {"bound": ("个部门",)},
    }
)

# Of these norms a computation takes one: two that speak of the same thing would be settled in silence.
SINGLE = (
    Single("classification", ("of", "measure")),
    Single("enumeration of=case_system"),
    Single("enumeration of=case_kind"),
)
