"""Public notices on the site: those that have begun, their state on the day of the build, a feed, and nobody's numbers."""

import datetime
import io
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT
from docx import Document
from test_change_tables import EXAMPLE

from banshi.centre.centre import Centre
from banshi.cli import main
from banshi.site.content import Content
from banshi.site.notices_feed import notices_feed
from banshi.site.pages import pages
from banshi.site.render import render

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def content(folder: Path, day: str) -> Content:
    return Content(Centre(folder), datetime.date.fromisoformat(day))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre with the example among its filings."""
    folder = tmp_path_factory.mktemp("centre")
    shutil.copytree(ROOT / "policies/luzhou", folder / "policies/luzhou")
    shutil.copytree(ROOT / "policies/cn", folder / "policies/cn")
    shutil.copytree(EXAMPLE, folder / "filings/binhe-road")
    return folder


def filed(project: Path) -> tuple[datetime.date, datetime.date]:
    shown = content(project, "2030-01-01").notices.shown[0]
    assert shown.notice.end.value is not None
    return shown.started_on, shown.notice.end.value


def test_state_follows_the_day_of_the_build(project: Path) -> None:
    start, end = filed(project)
    day = datetime.timedelta(days=1)
    states = [
        [each.state for each in content(project, str(on)).notices.shown] for on in (start - day, start, end, end + day)
    ]
    assert [len(each) for each in states] == [len(states[1]) - 1, *[len(states[1])] * 3]
    assert [each[0] for each in states[1:]] == ["公示中", "公示中", "已期满"]


def test_a_notice_to_come_is_listed_with_its_first_day_and_no_more(project: Path, tmp_path: Path) -> None:
    start, _ = filed(project)
    made = content(project, str(start - datetime.timedelta(days=1)))
    [coming] = [each for each in made.notices.coming if each.notice.record and each.notice.record.started_on == start]
    assert f"尚未开始，{start}起公示" in coming.said
    assert coming.title not in [each.title for each in made.notices.shown]
    render(made, tmp_path)
    page = (tmp_path / "notices/index.md").read_text(encoding="utf-8")
    assert f"- {coming.title}" in page and coming.said in page and "## 尚未开始" in page
    assert not content(project, str(start)).notices.coming


def test_a_notice_on_paper_does_not_say_who_fills_in_what(project: Path) -> None:
    files = dict(content(project, "2030-01-01").notices.files())
    for path, data in files.items():
        if path.endswith(".docx"):
            document = Document(io.BytesIO(data))
            said = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            assert said and not any("填）" in text for text in said)


def test_a_notice_as_a_workbook_is_laid_out_as_forms_are(project: Path) -> None:
    """On one width of paper, with every value that the page has; columns in which nothing stands are left out."""
    made = content(project, "2030-01-01")
    files = dict(made.notices.files())
    for each in made.notices.shown:
        sheet = openpyxl.load_workbook(io.BytesIO(files[f"{each.place}.xlsx"])).active
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.orientation == "landscape"
        held = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
        wide = sum(
            max(dimension.max - dimension.min + 1, 1) * dimension.width
            for dimension in sheet.column_dimensions.values()
        )
        assert wide < 150 and each.notice.case.change.number in "".join(held)
        assert all(h.state.zh in "".join(held) and "处理情况：" in "".join(held) for h in each.notice.heard)
        assert each.notice.end.value is None or str(each.notice.end.value) in held


def test_every_notice_has_a_page_files_and_an_entry(project: Path) -> None:
    made = content(project, "2030-01-01")
    paths = {page.path for page in pages(made)}
    entries = ET.fromstring(notices_feed(made)).findall("a:entry", ATOM)
    assert len(entries) == len(made.notices.shown) > 0
    assert {each.path for each in made.notices.shown} <= paths
    assert notices_feed(made) == notices_feed(content(project, "2030-01-01"))
    files = dict(made.notices.files())
    assert set(files) == {f"{each.place}.{s}" for each in made.notices.shown for s in ("docx", "xlsx")}
    assert all(data.startswith(b"PK") for data in files.values())
    assert max(e.findtext("a:updated", "", ATOM) for e in entries) < "2030"


def test_objections_are_counted_as_of_the_day(project: Path) -> None:
    shown = next(each for each in content(project, "2030-01-01").notices.shown if each.received)
    assert shown.notice.record is not None
    [objection] = shown.notice.record.objections
    assert objection.resolved_on is not None and objection.received_on < objection.resolved_on
    day = datetime.timedelta(days=1)
    found = []
    for on in (objection.received_on - day, objection.received_on, objection.resolved_on):
        same = next(e for e in content(project, str(on)).notices.shown if e.place == shown.place)
        found.append((same.received, same.open))
    assert found == [(0, 0), (1, 1), (1, 0)]


def test_the_number_of_a_person_refuses_the_site(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "c"
    shutil.copytree(project, folder)
    path = next(p for p in sorted((folder / "filings").rglob("*.yaml")) if "publicity:" in p.read_text("utf-8"))
    text = path.read_text("utf-8")
    path.write_text(text.replace("reason: ", "reason: 联系 13800138000，", 1), "utf-8")
    assert main(["build", "--project", str(folder), "--site-dir", str(tmp_path / "site")]) == 2
    assert "手机号码" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_centre_without_notices_has_no_page(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies/luzhou", tmp_path / "policies/luzhou")
    assert not any(page.path.startswith("notices/") for page in pages(content(tmp_path, "2026-01-01")))
