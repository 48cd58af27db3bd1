"""The change filings that a centre's folder holds: its own in ``filings/``, and the fictional examples."""

from collections.abc import Iterator
from pathlib import Path

from banshi.base.folders import is_project, layered
from banshi.centre.centre import Centre
from banshi.checking.loading import Loader
from banshi.checking.told_places import knowing_all
from banshi.files.report import Report
from banshi.files.units import LinesFile, OneFile, ProjectFolder, TableFile, Unit
from banshi.files.unread_files import kind_written
from banshi.subjects.change.instrument_forms import KIND
from banshi.subjects.change.loading import LoadedFiling

OWN, EXAMPLES = "filings", "examples"


def filings(centre: Centre, loader: Loader) -> list[LoadedFiling]:
    """Every project that can be used, in order of path; what is wrong with the others ``banshi check`` says."""
    loader.whole = True  # other centres' folders below are matters of their own
    own = [centre.folder / OWN, centre.folder / EXAMPLES]
    folders = own if is_project(centre.folder) else [own[0], *layered(centre.folder, EXAMPLES)]
    there = [folder for folder in folders if folder.is_dir()]
    return knowing_all(loader.tellings, Report(), lambda report: list(_loaded(loader, there, own[0], report)))


def _loaded(loader: Loader, folders: list[Path], own: Path, report: Report) -> Iterator[LoadedFiling]:
    for unit in loader.units(folders):
        if _may_be(unit, own):
            yield from (each for each in loader.load(unit, report) if isinstance(each, LoadedFiling))


def _may_be(unit: Unit, own: Path) -> bool:
    """Whether a unit may hold change filings; of what is no project's folder only what says so, or lies among the filings."""
    if isinstance(unit, OneFile):
        return kind_written(unit.path) == KIND
    return isinstance(unit, ProjectFolder) or (isinstance(unit, TableFile | LinesFile) and own in unit.path.parents)
