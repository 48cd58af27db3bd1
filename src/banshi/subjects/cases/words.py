"""What the values of a case log are called."""

from banshi.base.text import Text

LEVELS = {"county": Text("区、县", "county"), "city": Text("市", "city")}
MEASURES = {
    "on_time_rate": Text("按时办结率", "on-time rate"),
    "overdue_cases": Text("超期件", "overdue cases"),
    "evaluation_rate": Text("评议率", "evaluation rate"),
    "satisfaction_rate": Text("满意率", "satisfaction rate"),
    "on_site_rate": Text("现场办结率", "on-site rate"),
    "handled_in_system": Text("按规定用系统办理的比率", "share handled in the system"),
    "recorded_rate": Text("录入系统的比率", "share recorded in a system"),
    "parallel_share": Text("纳入并联审批的比率", "share handled in parallel"),
    "time_saved": Text("并联比一般快出的比率", "time saved by parallel approval"),
}
DIMENSIONS = {
    "kind": Text("类别", "kind"),
    "department": Text("部门", "department"),
    "window": Text("窗口", "window"),
    "month": Text("办结月份", "month of finishing"),
}
UNFINISHED = Text("未办结", "unfinished")
NO_ITEM = Text("没有写明", "not stated")
