"""What plans and checks of combined handling read of the norms."""

from banshi.uses import CHECK, reads

USES = (
    *reads(
        "licensing",
        {
            "banshi schedule": {
                "period of=combined_handling inclusive=true": "length",
                "period of=combined_extension inclusive=true": "length",
                "extension": "of requires",
                "enumeration": "values",
            }
        },
    ),
    *reads(
        "parallel",
        {
            "banshi schedule": {"target measure=time_saved": "cases bound"},
            CHECK: {
                "count": "of value named",
                "classification of=multi_department": "bound",
                "enumeration of=registration_department": "values",
                "enumeration of=project_stage": "values",
            },
        },
    ),
)
