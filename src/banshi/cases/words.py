"""What the values of a case log are called."""

from banshi.text import Text

KINDS = {
    "investment_project": Text("投资建设项目", "investment project"),
    "enterprise_registration": Text("企业设立登记", "enterprise registration"),
    "multi_department": Text("涉及两个以上部门", "several departments"),
    "other": Text("其他", "other"),
}
# What the targets are about, besides the kinds.
CLASSES = {
    **KINDS,
    "domestic_enterprise_registration": Text("新设立内资企业", "new domestic enterprises"),
    "expo_project": Text("西博会签约项目", "signed fair projects"),
}
SYSTEMS = {
    "investment_system": Text("投资建设项目并联审批及电子监察系统", "system for investment projects"),
    "registration_system": Text("企业设立登记并联审批软件", "software for enterprise registration"),
    "general_software": Text("行政审批通用软件", "general approval software"),
    "none": Text("未录入系统", "no system"),
}
EVALUATIONS = {
    "satisfied": Text("满意", "satisfied"),
    "not_satisfied": Text("不满意", "not satisfied"),
    "none": Text("未评议", "no evaluation"),
}
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
