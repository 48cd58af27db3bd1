"""Case logs that several files of tests look at, and what is asked of one."""

from pathlib import Path
from typing import Any

from conftest import ROOT, write_yaml

from banshi.checking.loaded import LoadedFile
from banshi.files.discovery import discover
from banshi.files.findings import Findings
from banshi.files.report import Report
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.forms import Log
from banshi.subjects.cases.loading import LogLoader
from banshi.subjects.cases.measures import MEASURES, CaseShare, share

SMALL = ROOT / "examples/cases/xiaoliqu/办件登记.yaml"
LARGE = ROOT / "examples/cases/yangliqu"
CITY = ROOT / "examples/cases/city/办件登记.yaml"
COUNTY = {"kind": "cases", "jurisdiction": "luzhou/yangliqu", "centre": "样例（虚构）", "level": "county"}
OTHER = {"kind": "other", "department": "公安", "window": "W01", "accepted_on": "2012-01-04"}


def loaded(path: Path, project: Path = ROOT, **given: Any) -> tuple[CaseLog, Report]:
    """The only log under a path, and all that was found on the way."""
    loader, report = LogLoader(project, as_of=given.pop("as_of", None), most=None), Report(Findings(most=None))
    loader.given = Log(**given)
    units = [one for unit in discover([path]) for one in loader.load(unit, report)]
    (found,) = [one.value for one in units if isinstance(one, LoadedFile)]
    assert isinstance(found, CaseLog)
    return found, report


def made(folder: Path, cases: list[dict[str, Any]], **head: Any) -> Path:
    """A log of these cases as a file."""
    write_yaml(folder / "log.yaml", {**COUNTY, **head, "cases": cases})
    return folder / "log.yaml"


def verdicts(log: CaseLog) -> dict[str, str]:
    return {judged.placed.norm.id: judged.verdict for judged in log.judged}


def figure(log: CaseLog, measure: str, dimension: str = "", key: str = "") -> CaseShare:
    return share(log.figures[dimension][key], MEASURES[measure])
