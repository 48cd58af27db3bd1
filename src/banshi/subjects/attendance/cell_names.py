"""The engine's own words in the cells of a register's tables, and the values they stand for."""

from banshi.subjects.attendance.vocabulary import FORMS

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
FINDING_NAMES = {"迟到": "late", "早退": "early_leaving", "缺岗": "absent_from_post", "空岗": "absent_from_post"}
NOTE_NAMES = {
    "迟到": "late",
    "早退": "early_leaving",
    "送件": "carrying_papers",
    "请假": "leave",
    "时段外登录": "out_of_window",
    "其他": "other",
}
ALL_WELL = ("正常", "一切正常", "无异常", "未发现异常", "在岗", "无", "没有")  # of the rounds: nothing was found
