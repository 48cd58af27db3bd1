"""``banshi new filing``: a project's file and a form, or a further form of a project, in the words of the law in force."""

import datetime
import re
from pathlib import Path
from typing import Any

from banshi.base.today import today
from banshi.centre.centre import Centre
from banshi.centre.starters import starter, with_schema
from banshi.checking.loading import Loader
from banshi.files.discovery import CHANGES, PROJECT_FILE
from banshi.files.regular_files import read_text
from banshi.files.report import Report
from banshi.subjects.change.begun import change_begun, empty_filing, project_begun
from banshi.subjects.change.filing import SUBJECT, Filing
from banshi.subjects.change.loading import LoadedFiling

_SEQUENCE = re.compile(r"(\d+)\.ya?ml\Z")
_ID = re.compile(r"[a-z][a-z0-9-]*")


def filing_begun(folder: Path, centre: Centre, place: str, given: dict[str, Any]) -> dict[Path, str]:
    """Path → text of what is written in a project's folder; ``given``: what the starters are filled in with."""
    loader, project, name = Loader(centre.folder), folder / PROJECT_FILE, folder.absolute().name
    there = _there(folder, loader) if project.exists() else None
    place = there.project.jurisdiction if there else place
    numbers = [int(named[1]) for path in (folder / CHANGES).glob("*") if (named := _SEQUENCE.search(path.name))]
    number = max(numbers, default=0) + 1
    given = {**given, "id": name if _ID.fullmatch(name) else "project", "sequence": number}
    if project.exists():
        stated = re.search(r"^id: *([^\s#]+)", read_text(project), re.M)
        given["id"] = stated[1] if stated else given["id"]

    day = max(today(), loader.library.begins(place, SUBJECT) or today())
    law = loader.library.at(day, place).law(SUBJECT)
    signed_on = datetime.date.fromisoformat(given["day"])
    filing = there or empty_filing(law, place, signed_on, loader.library, loader.days)
    form = {**given, **(change_begun(filing, law, day) if law else {})}
    found = {folder / CHANGES / f"{number:03}.yaml": ("change", starter("change/change.yaml", form))}
    if not project.exists():
        of = {**given, **(project_begun(filing, law) if law else {})}
        found = {project: ("project", starter("change/project.yaml", of)), **found}
    return {path: with_schema(centre.folder, path, kind, text) for path, (kind, text) in found.items()}


def _there(folder: Path, loader: Loader) -> Filing | None:
    """The project that lies in a folder with its forms; None where not all of it can be read (``banshi check`` says why)."""
    report = Report()
    loaded = [each for unit in loader.units([folder]) for each in loader.load(unit, report)]
    found = next((each.filing for each in loaded if isinstance(each, LoadedFiling)), None)
    return found if found and not report.failed and not report.summary.errors else None
