"""Which table of its version each field of a norm points into: there the id must stand, and by its name there it is read.

One id may be a step's and an office's; only the field says which is meant.
"""

from collections.abc import Mapping

# Kind of norm → field → the table, or the kind of norms.
POINTS_INTO: Mapping[str, Mapping[str, str]] = {
    "approval_tier": {"tier": "tiers"},
    "consultation": {"tier": "tiers", "parties": "offices", "papers": "papers"},
    "report_after": {"tier": "tiers", "by": "offices", "to": "offices"},
    "class_tier": {"tier": "tiers", "criteria": "criteria", "classes": "classes"},
    "approval_gate": {"tier": "tiers", "parties": "offices", "papers": "papers"},
    "procedure": {"tier": "tiers", "applicants": "offices", "papers": "papers"},
    "publicity": {"tier": "tiers", "form": "forms", "after": "steps", "before": "steps", "by": "offices"},
    "period": {"tier": "tiers"},
    "ordering": {"tier": "tiers"},
    "time_limit": {"steps": "steps", "offices_without_limit": "offices", "pauses": "pause_reasons"},
    "extension": {"of": "time_limit"},
    "substitution": {"absent": "offices", "acting": "offices"},
    "joint_application": {"when": "offices", "parties": "offices"},
    "emergency": {"convened_by": "offices", "papers": "papers"},
    "contract_recording": {"recorded_with": "offices"},
    "local_limit": {"overlays": "norms"},
    "locality": {"office": "offices"},
    "form": {"form": "forms"},
    "record": {"papers": "papers", "by": "offices", "filed_with": "offices", "attachments": "attachment_kinds"},
    "consequence": {"by": "offices"},
    "leave_approval": {
        "approver": "offices",
        "deputy": "offices",
        "report_to": "offices",
        "report_or": "offices",
        "consent_by": "offices",
        "filed_with": "offices",
        "groups": "offices",
        "leave": "leave_kinds",
        "proofs": "papers",
    },
    "factor": {"groups": "offices", "of": "leave_kinds"},
    "quota": {"of": "leave_kinds", "also_counted": "leave_kinds", "groups": "offices"},
    "working_time": {"groups": "offices", "shift": "shifts"},
    "lateness_weight": {"groups": "offices"},
    "conversion": {"into": "leave_kinds", "groups": "offices"},
    "offset": {"leave": "leave_kinds", "taken_from": "leave_kinds"},
    "punch_window": {"groups": "offices", "shift": "shifts"},
    "bill_price": {"bases": "bases"},
    "similarity": {"basis": "bases"},
    "formula": {"basis": "bases"},
    "discount_price": {"basis": "bases"},
    "evidence": {"sources": "papers"},
    "score_sub_item": {"measure": "facts", "part_of": "score_group"},
    "score_group": {"part_of": "score_group"},
    "score_rule": {
        "sub_item": "score_sub_item",
        "also_sub_items": "score_sub_item",
        "fact": "facts",
        "other_reading_fact": "facts",
    },
    "rate_bonus": {"rates": "facts"},
    "veto": {"fact": "facts"},
    "adjustment": {"instead_of": "adjustment", "verified_by": "offices", "fact": "facts"},
}
# The same, where plain words may stand instead of an id, so that nothing need be there.
_MAY_NAME = {
    "scope": {"subjects": "offices"},
    "duty": {"stands_in": "offices"},
    "leave_approval": {"stands_in": "offices"},
    "consequence": {"subjects": "offices"},
    "interpretation": {"by": "offices"},
    "adjustment": {"by": "offices"},
    "target": {"measure": "facts"},
}


def table_of(kind: str, field: str) -> str:
    """The table by whose names a field is read; empty where it holds no ids."""
    return POINTS_INTO.get(kind, {}).get(field, "") or _MAY_NAME.get(kind, {}).get(field, "")
