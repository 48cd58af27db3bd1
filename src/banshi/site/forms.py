"""Forms to take along from the site: each form of a text that is shown, blank and filled in with a sample that is made up."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct

from banshi.centre.centre import Centre
from banshi.checking.filled_forms import form_kind
from banshi.checking.loading import Loader
from banshi.law.forms_in_force import Found
from banshi.law.instruments import PolicyVersion
from banshi.law.version_parts import Form
from banshi.subjects.change.instrument_forms import KIND, changes_in
from banshi.subjects.change.loading import LoadedFiling
from banshi.subjects.forms.writing import layouts_of, written

FOLDER = "forms"
FORMATS = {"xlsx": "XLSX", "docx": "DOCX"}


class Download(Struct, frozen=True):
    """A file: its path on the site, and how it is called there."""

    path: str
    called: str


class Forms(Struct, frozen=True, dict=True):
    """The forms of the texts that a site shows; ``filings``: where samples of changes come from."""

    centre: Centre
    versions: tuple[PolicyVersion, ...]
    loader: Loader
    filings: Callable[[], list[LoadedFiling]]

    @cached_property
    def _examples(self) -> list[dict[str, Any]]:
        """Changes among the fictional examples, each as a ledger of its own."""
        found = (change for each in self.filings() for change in changes_in(each))
        return [each for each in found if each["project"].get("fictional")]

    def downloads(self, version: PolicyVersion, form: Form) -> tuple[Download, ...]:
        """What can be taken along of a form: blank, and filled where there is a sample."""
        if not any(each.key for each in form.fields):
            return ()
        sorts = ["空表", *(["样例"] if self._sample((version, form)) else [])]
        return tuple(
            Download(_path(version, form, sort, fmt), f"{sort}（{said}）")
            for sort in sorts
            for fmt, said in FORMATS.items()
        )

    def offered(self, versions: Iterable[PolicyVersion]) -> list[Found]:
        """The forms of some versions that can be taken along."""
        return [(version, form) for version in versions for form in version.forms if self.downloads(version, form)]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Path below ``FOLDER`` and bytes of every file, one after another: there may be thousands."""
        for found in self.offered(self.versions):
            yield from self._files(found)

    def _files(self, found: Found) -> Iterator[tuple[str, bytes]]:
        sample = self._sample(found)
        for sort, filed in (("空表", []), ("样例", [sample] if sample else None)):
            if filed is None:
                continue
            layouts = layouts_of(found, self.loader, filed)
            for fmt in FORMATS:
                data = written(fmt, layouts, found, self.loader, self.centre, fictional=bool(filed))
                path = _path(*found, sort, fmt).removeprefix(f"{FOLDER}/")
                yield path, data if isinstance(data, bytes) else data.encode()

    def _sample(self, found: Found) -> dict[str, Any] | None:
        version, form = found
        if form.sample:
            data, _ = form_kind(form).document(dict(form.sample), version, form)
            return next(iter(form_kind(form).apart(data)))
        if form.fills != KIND:
            return None
        here = (each for each in self._examples if each["project"].get("jurisdiction") == version.jurisdiction)
        return max(here, key=lambda each: len(each["changes"][0]), default=None)


def _path(version: PolicyVersion, form: Form, sort: str, fmt: str) -> str:
    own = "blank" if sort == "空表" else "sample"
    return f"{FOLDER}/{version.instrument}/{version.version}/{form.id}-{own}.{fmt}"
