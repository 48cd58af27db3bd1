"""The readings that computations obey: changing a version's ``default`` among these options changes the outcome.

Readings that are not listed here are recorded for people; nothing is computed from them.
"""

COMPUTED: dict[str, tuple[str, ...]] = {
    "tier-amount": ("excess", "net", "gross"),
    "gate-expenditure": ("less_provisional", "plus_all"),
    "earlier-changes": ("counted", "not_counted"),
    "publicity-days": ("calendar", "working"),
    "fiscal-evaluation-scope": ("evaluation_only", "all_finance_steps"),
    "county-government": ("always_city", "own_level"),
    "first-step-parallel": ("parallel", "sequential"),
}
