"""The words that clerks and machines write in the cells of a register's tables, and the values they stand for."""

from banshi.attendance.words import FORMS, KINDS

KIND_NAMES = {
    **{text.zh: key for key, text in KINDS.items()},
    "因公": "official",
    "年假": "annual",
    "公休": "annual",
    "晚到": "late_leave",
    "早走": "early_leave",
}
FORM_NAMES = {text.zh: key for key, text in FORMS.items()} | {
    "口头": "oral",
    "打电话": "phone",
    "书面假条": "written",
    "假条": "written",
}
METHOD_NAMES = {"指纹": "fingerprint", "密码": "password"} | {
    "指纹验证": "fingerprint",
    "指纹打卡": "fingerprint",
    "fp": "fingerprint",
    "密码验证": "password",
    "密码打卡": "password",
    "pw": "password",
}
HALF_NAMES = {"上午": "am", "下午": "pm"}
ROLE_NAMES = {
    "小组组长": "group_leader",
    "组长": "group_leader",
    "副组长": "deputy_group_leader",
    "综合科长": "general_section_chief",
    "督察科": "supervision_section",
    "督查科": "supervision_section",
    "政务服务中心领导": "centre_leader",
    "中心领导": "centre_leader",
    "值班人员": "duty_staff",
    "值班长": "duty_leader",
    "所在单位": "unit",
    "单位": "unit",
    "其他人": "other",
}
PLACE_NAMES = {"督察科": "supervision_section", "督查科": "supervision_section", "所在小组": "group", "小组": "group"}
PAPER_NAMES = {
    "年休假天数证明": "unit_certificate",
    "会议通知": "meeting_notice",
    "会议通知等文件": "meeting_notice",
    "诊治病历单": "medical_record",
    "病历": "medical_record",
}
GROUP_NAMES = {"窗口工作人员": "window_staff", "窗口人员": "window_staff", "窗口": "window_staff"} | {
    "中心工作人员": "centre_staff",
    "中心人员": "centre_staff",
    "中心": "centre_staff",
}
POSITION_NAMES = {"组长": "leader", "副组长": "deputy", "组员": "member"}
FINDING_NAMES = {"迟到": "late", "早退": "early_leaving", "缺岗": "absent_from_post", "空岗": "absent_from_post"}
NOTE_NAMES = {
    "迟到": "late",
    "早退": "early_leaving",
    "送件": "carrying_papers",
    "请假": "leave",
    "时段外登录": "out_of_window",
    "其他": "other",
}
