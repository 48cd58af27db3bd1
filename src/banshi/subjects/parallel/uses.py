"""What plans and checks of combined handling read of the norms."""

from banshi.law.time_limits import WORKING
from banshi.law.uses import CHECK, Single, counted_in, reads

USES = (
    *reads(
        "licensing",
        {
            "banshi schedule": {
                "period of=combined_handling inclusive=true": "length",
                "period of=combined_extension inclusive=true": "length",
                "extension": "of requires",
                "enumeration of=time_not_counted": "values",
            }
        },
    ),
    *reads(
        "parallel",
        {
            "banshi schedule": {"target measure=time_saved": "cases bound"},
            "banshi cases": {"local_limit": "overlays may_be"},
            CHECK: {
                "count of=department": "of value exact named cases",
                "count of=approval_item": "of value exact named cases",
                "target measure=promised_limits": "bound by cases each rounding zero_denominator",
                "classification measure=departments": "of bound",
                "enumeration of=taking_part": "values cases",
                "enumeration of=project_stage": "values cases",
                "duty of=one_form": "cases",
                "duty of=published_items": "",
            },
        },
    ),
)

UNITS = counted_in(
    {
        "period of=combined_handling": {"length": (WORKING,)},
        "period of=combined_extension": {"length": (WORKING,)},
    }
)

# Of these norms a computation takes one: two that speak of the same thing would be settled in silence.
SINGLE = (
    Single("period of=combined_handling"),
    Single("period of=combined_extension"),
    Single("count", ("of",), overlap=("cases",)),
    Single("enumeration of=time_not_counted"),
    Single("enumeration of=taking_part", overlap=("cases",)),
    Single("enumeration of=project_stage", overlap=("cases",)),
)
