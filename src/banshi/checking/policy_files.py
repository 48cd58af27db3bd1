"""Policies, guides and working-day arrangements as files of their kinds."""

from collections.abc import Iterator

import msgspec

from banshi.checking.loaded import GuideFile, LoadedFile, PolicyFile, YearFile
from banshi.checking.loading import Loader
from banshi.checking.service_files import LoadedServices, load_services
from banshi.files.documents import Document
from banshi.files.report import Report
from banshi.law.guides import to_guide
from banshi.law.library import NATION, Law, place_above, to_version
from banshi.law.working_days import Year


def load_policy(document: Document, loader: Loader, _report: Report) -> Iterator[LoadedFile]:
    """One version of an instrument. Raises ``msgspec.ValidationError``."""
    version = to_version(document.data)
    law = Law((version,), version.jurisdiction)
    yield LoadedFile("policy", PolicyFile(document.path, version, document.data, loader.library), document, law)


def load_guide(document: Document, loader: Loader, _report: Report) -> Iterator[LoadedFile | LoadedServices]:
    """A service guide. Raises ``msgspec.ValidationError``."""
    yield LoadedFile("guide", GuideFile(to_guide(document.data), loader.library, loader.project), document)
    yield from load_services(document)


def load_year(document: Document, loader: Loader, _report: Report) -> Iterator[LoadedFile]:
    """One year's working-day arrangement, with the calendar of the places above. Raises ``msgspec.ValidationError``."""
    own = {key: value for key, value in document.data.items() if key != "$schema"}
    year = msgspec.convert(own, Year)
    above = None if year.jurisdiction == NATION else loader.days.in_place(place_above(year.jurisdiction))
    yield LoadedFile("working-days", YearFile(document.path, year, above), document)
