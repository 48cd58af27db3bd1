"""The sheet that an applicant is handed (一次性告知单) as a page for A4 paper."""

import datetime

from banshi.centre.centre import Centre
from banshi.law.guide_elements import LICENCE
from banshi.output.report_pages import report_page
from banshi.subjects.parallel.elements import fee_said, kind_said
from banshi.subjects.parallel.forms import MATERIAL_FORMS
from banshi.subjects.parallel.notice import InformingSheet

_WEEKDAYS = "一二三四五六日"


def on_day(day: datetime.date) -> str:
    """2011年9月13日（星期二）."""
    return f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"


def in_short(day: datetime.date) -> str:
    """2011-09-13（二）."""
    return f"{day.isoformat()}（{_WEEKDAYS[day.weekday()]}）"


def title_of(notice: InformingSheet) -> str:
    """一次性告知单：项目核准."""
    return f"一次性告知单：{notice.file.called[0] if notice.whole else notice.told[0].item.name}"


def page(notice: InformingSheet, centre: Centre | None = None) -> str:
    """The sheet as HTML; about one item it fits a page of A4. Raises ``TemplateBroken``."""
    catalogue, item = notice.file.catalogue, notice.told[0].item
    return report_page(
        "notice.html.j2",
        centre=centre,
        title=title_of(notice),
        fictional=catalogue.fictional or notice.file.case.fictional,
        notices=[f"{catalogue.centre}　{catalogue.title}（{kind_said(notice.file.file)}并联审批）"],
        notice=notice,
        whole=notice.whole,
        fee=fee_said(item),
        form_names=MATERIAL_FORMS,
        on_day=on_day,
        in_short=in_short,
        licence=any(told.item.kind == LICENCE for told in notice.told),
    )
