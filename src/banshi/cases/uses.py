"""What the counts of a case log read of the norms."""

from banshi.cases.measures import MEASURES
from banshi.uses import GUIDES, reads

_COUNTED = (*MEASURES, "handled_in_system", "time_saved")

USES = reads(
    "parallel",
    {
        "banshi cases": {
            **{f"target measure={name}": "cases bound holds_from system soft" for name in _COUNTED},
            "classification": "of measure bound",
            "scope": "subjects",
            "enumeration of=case_system": "values",
            "enumeration of=case_kind": "values",
        },
        GUIDES: {"target": "measure cases bound"},
    },
)
