"""The questions that computations know by name: changing a version's ``default`` among these options changes the outcome.

Most questions need no name here: they say what norms are under each reading (``norms``). Readings that are not listed here are recorded for people; nothing is computed from them. Where no option is listed, the
options are offices or groups of the instrument itself, and each can be obeyed.
"""

COMPUTED: dict[str, tuple[str, ...]] = {
    "succession": ("repealed", "lives_on"),
    "leave-lengths": ("half_day_rule", "full_day_rule"),
    "outside-window": ("literal", "late_or_early_only"),
    "punch-precision": ("to_the_minute", "to_the_second"),
    "working-day": ("official_calendar", "weekdays"),
    "period-basis": ("calendar", "assessment", "by_date"),
    "centre-staff-group": (),
    "unannounced": ("absence", "irregular_if_explained"),
    "deputy-for-short-leave": ("deputy_too", "leader_only"),
    "sudden-illness": ("report_then_papers", "regularise_only"),
    "reported-illness": ("covered", "absence"),
    "personal-leave-offset": ("deduct", "no_deduction", "by_date"),
    "official-quota": ("errands_cap", "all_official_cap", "entitlement"),
    "duty-roles": ("two", "one"),
    "who-sees-records": (),
    "retroactivity": ("whole_quarter", "from_in_force", "from_issue"),
    "signing": ("authorised_may_sign", "chief_only"),
    "points-over": ("whole_points_as_bonus", "pro_rata", "on_base"),
    "online-cap": ("review_only", "whole_item"),
    "base-floor": ("zero", "no_floor"),
    "also-sub-items": ("both", "one"),
    "any-day": ("any_day", "every_day"),
    "rounding": ("late", "two_decimals"),
    "parallel-satisfaction": ("manual", "zero"),
    "zero-denominator": ("not_determined", "not_applicable", "full", "zero"),
    "which-limit": ("promised", "statutory"),
    "highest-line": ("line_total", "unit"),
    "bonus-approval": ("approval", "automatic"),
    "serious-instead": ("replaces", "added"),
    "overdue-several-places": ("all", "highest"),
    "zero-scope": ("item", "whole_quarter"),
    "once-per-matter": ("per_matter", "per_quarter"),
    "which-quarter": ("document_quarter", "anew"),
    "reduction-per-item": ("each_item", "mean"),
}
