"""What the computations and rules on changes read of the norms, and which keys of a form norms may name."""

import msgspec

from banshi.law.norms.change import PER_CENT, TEN_THOUSAND_YUAN, YUAN
from banshi.law.time_limits import CALENDAR_DAYS, COUNTED
from banshi.law.uses import CHECK, GUIDES, Single, counted_in, reads
from banshi.subjects.change.forms import Change, EmergencyPapers, Row
from banshi.subjects.change.project_forms import Contract, Quota
from banshi.subjects.change.step_forms import Opinion

USES = reads(
    "change",
    {
        "banshi tier": {
            "approval_gate": "tier measure against inclusive provisional_sum earlier",
            "approval_tier": "tier measure amount of base base_within earlier",
            "class_tier": "tier criteria classes",
            "tier_choice": "takes",
            "splitting": "within",
            "local_limit": "overlays may_be",
        },
        "banshi due": {
            "time_limit inclusive=true": (
                "length counted_from first_day moved pauses steps when offices_without_limit soft"
            ),
            "extension": "of requires length",
            "period of=publicity inclusive=true": "length first_day moved tier",
            "procedure": "stages",
        },
        CHECK: {
            "approval_gate": "parties",
            "consultation": "tier parties",
            "report_after": "tier to within first_day moved",
            "procedure": "tier position applicants stages",
            "publicity": "tier platform host after before objections_suspend",
            "period of=objection_answer inclusive=true": "length first_day moved tier",
            "substitution": "absent acting",
            "joint_application": "when parties",
            "emergency then=implementation": "sequence regularised_within",
            "pricing": "bases",
            "bill_price": "bases price",
            "similarity": "basis same_key equal_keys names",
            "formula": "basis result factors divisor",
            "discount_price": "basis price bid ceiling discount_digits amount_digits",
            "contract_recording document=supplementary_contract before=settlement": "recorded_with",
            "locality": "office marks always",
            "scope": "funding funding_open government_controlled",
            "enumeration of=change_type": "values needs_explanation open",
            "record when=emergency": "papers attachments",
            "definition keys=bid_price": "term includes keys",
        },
        GUIDES: {
            "approval_gate": "papers",
            "consultation": "papers",
            "procedure": "papers",
            "publicity": "form",
            "report_after": "by",
        },
    },
)

UNITS = counted_in(
    {
        "approval_tier": {"amount": (YUAN, TEN_THOUSAND_YUAN, PER_CENT), "base_within": (YUAN, TEN_THOUSAND_YUAN)},
        "time_limit": {"length": COUNTED},
        "extension": {"length": COUNTED},
        "report_after": {"within": COUNTED},
        "emergency": {"regularised_within": COUNTED},
        "splitting": {"within": CALENDAR_DAYS},
        "period of=publicity": {"length": COUNTED},
        "period of=objection_answer": {"length": COUNTED},
    }
)


def _keys(*forms: type[msgspec.Struct]) -> frozenset[str]:
    return frozenset(name for form in forms for name in form.__struct_fields__)


# Where a norm names keys of a filing: those that there are. What a form does not hold could never be compared.
KEYS = {
    ("emergency", "sequence"): _keys(EmergencyPapers) - {"records", "started_on", "papers_on"},
    ("extension", "requires"): _keys(Opinion),
    ("similarity", "same_key"): _keys(Quota),
    ("similarity", "equal_keys"): _keys(Quota),
    ("formula", "result"): frozenset({"unit_price"}),
    ("formula", "factors"): _keys(Row, Contract),
    ("formula", "divisor"): _keys(Contract),
    ("discount_price", "price"): _keys(Row, Contract),
    ("discount_price", "bid"): _keys(Row, Contract),
    ("discount_price", "ceiling"): _keys(Row, Contract),
    ("procedure", "stages"): frozenset({"review", "budget_approval", "government_reply", "supplementary_contract"}),
    ("definition", "keys"): _keys(Contract),
}
assert KEYS["procedure", "stages"] <= _keys(Change)

# Of these norms a computation takes one: two that speak of the same thing would be settled in silence.
SINGLE = (
    Single("approval_gate"),
    Single("tier_choice"),
    Single("splitting"),
    Single("emergency"),
    Single("bill_price"),
    Single("similarity"),
    Single("formula"),
    Single("locality", ("office",)),
    Single("discount_price", ("basis",)),
    Single("consultation", ("tier",)),
    Single("report_after", ("tier",)),
    Single("procedure", ("tier", "position")),
    Single("publicity", ("tier",)),
    Single("period of=publicity", ("tier",)),
    Single("period of=objection_answer", ("tier",)),
    Single("time_limit when=-", ("offices_without_limit",), apart=("steps",)),
    Single("time_limit when=major_design_change", ("offices_without_limit",)),
    Single("extension", ("of",)),
    Single("substitution", ("absent",)),
    Single("joint_application", ("when",)),
    Single("enumeration of=change_type"),
)
