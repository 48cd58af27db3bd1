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
}
