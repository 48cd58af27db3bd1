"""What the counts of a case log read of the norms."""

from banshi.cases.measures import MEASURES
from banshi.uses import GUIDES, reads

_COUNTED = (*MEASURES, "handled_in_system")
_ASKED = "cases bound holds_from system soft where by of rounding zero_denominator at_least_cases too_few"

USES = reads(
    "parallel",
    {
        "banshi cases": {
            **{f"target measure={name}": _ASKED for name in _COUNTED},
            "target measure=time_saved": "cases bound holds_from system soft",
            "classification": "of measure bound",
            "scope": "subjects levels",
            "enumeration of=case_system": "values",
            "enumeration of=case_kind": "values",
        },
        GUIDES: {"target": "measure cases bound"},
    },
)
