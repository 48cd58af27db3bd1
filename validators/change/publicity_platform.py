"""在规定的网站公示

公示的网站是文件指定的网站。publicity.platform 里应有它的名称（空格、全半角不计），前面可以加主办单位。
在别的网站公示的，不能代替；另在别处同时公示的，这一栏写指定的网站。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.offices import plain_name

TITLE = Text("在规定的网站公示", "Publicity on the prescribed platform")
SEVERITY = "error"
BASIS = ("publicity",)
EXAMPLE = "full-procedure"
GOOD = """
changes:
  - publicity: {platform: 泸州市人民政府政务服务中心公共资源交易网}
"""
BAD = """
changes:
  - publicity: {platform: 样例建设公司网站}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The platform stated against the one prescribed."""
    procedures, record = case.procedures, case.change.publicity
    publicity = procedures.publicity(case.change.tier) if procedures else None
    if publicity is None or record is None or case.drafted:
        return
    norm = publicity.norm
    if plain_name(norm.platform) in plain_name(record.platform):
        return
    yield Problem(
        where=("publicity", "platform"),
        message=Text(
            f"公示网站应是{norm.host}{norm.platform}，填的是“{record.platform}”",
            f"the platform must be {norm.platform} of {norm.host}, not “{record.platform}”",
        ),
        fix=Text(
            f"在{norm.platform}公示；已在那里公示的，platform 改写为{norm.platform}，url 写那里的网址。",
            f"Make it public on {norm.platform}; if it was, state that platform and its address.",
        ),
    )
