"""The application form of an item of a catalogue: what the item asks for, as an instrument's form rules its own fields.

So it is written, filled in and read back by what does so for every form. Its instrument is the catalogue:
``catalogues/<slug>@<first day>#<item>``.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from banshi.base.folders import files_below, is_project, layered
from banshi.base.text import listed
from banshi.files.blanks import drop_blanks
from banshi.files.reading import read
from banshi.files.tables.headings import heading
from banshi.files.typed import to_form
from banshi.law.forms_in_force import Found
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.terms import Office
from banshi.law.unusable import law_below, unfit, unread
from banshi.law.version_parts import Dates, Form, FormField, Source
from banshi.subjects.cases.vocabulary import Vocabulary, place_of, vocabulary
from banshi.subjects.parallel.forms import Catalogue, Field, Item

if TYPE_CHECKING:
    from banshi.checking.loading import Loader

FOLDER = "catalogues"  # policies/<jurisdiction>/catalogues/<name>.yaml
EXAMPLES = "examples"
_NAME = "catalogue.yaml"
_APPLICANT = "applicant"


def catalogue_files(policies: Iterable[Path], examples: Iterable[Path]) -> dict[str, Path]:
    """The catalogues in policy folders (the first that has a file counts), then the examples, by slug."""
    found: dict[str, Path] = {}
    for folder in policies:
        for path in sorted(p for p in law_below(folder) if p.parent.name == FOLDER and p.match("*.y*ml")):
            found.setdefault(f"{path.parent.parent.relative_to(folder).as_posix()}/{path.stem}", path)
    for folder in examples:
        for path in sorted(p for p in files_below(folder) if p.name == _NAME):
            found.setdefault(f"{EXAMPLES}/{path.parent.relative_to(folder).as_posix()}", path)
    return found


def shown_examples(project: Path) -> list[Path]:
    """The folders of examples whose catalogues a project's pages show: its own; without a project the shipped ones."""
    folders = [project / EXAMPLES] if is_project(project) else layered(project, EXAMPLES)
    return [folder for folder in folders if folder.is_dir()]


def spell_kind(data: dict[str, Any], words: Vocabulary) -> None:
    """Put the kind of case in place of its name, where a name is written."""
    written = data.get("case_kind")
    if isinstance(written, str):
        data["case_kind"] = words.labels("kind").get(written, written)


def read_catalogue(path: Path, library: Library) -> Catalogue:
    """A catalogue as typed values, its kind by the words of its place. Raises ``PolicyUnreadable``."""
    reading = read(path)
    if reading.document is None or reading.problems:
        raise unread(path, reading)
    try:
        data = drop_blanks(reading.document.data)
        if isinstance(data, dict):
            spell_kind(data, vocabulary(library, place_of(data)))
        return to_form(data, Catalogue)
    except msgspec.ValidationError as error:
        raise unfit(path, reading.document.data, "catalogue", error) from None


def forms_called(name: str, loader: "Loader") -> list[Found]:
    """The application forms that a name means: of an item by its id or name, or one by its whole name."""
    whose, _, own = name.rpartition("#")
    instrument, wanted = whose.partition("@")[0], heading(own)
    forms = ((version, form) for version in _catalogues(loader, instrument) for form in version.forms)
    return [found for found in forms if wanted in map(heading, (found[1].id, found[1].title, *found[1].aliases))]


def form_called(name: str, loader: "Loader") -> Found | None:
    """The application form of a whole name, as forms hide it."""
    return next(iter(forms_called(name, loader)), None) if name.startswith(f"{FOLDER}/") else None


def item_forms(slug: str, catalogue: Catalogue) -> PolicyVersion:
    """A catalogue as the instrument of its items' application forms; items of which no field is stated have none."""
    items = (item for item in catalogue.by_id.values() if item.fields)
    return PolicyVersion(
        instrument=f"{FOLDER}/{slug}",
        version=catalogue.in_use_from.isoformat(),
        title=catalogue.title,
        jurisdiction=catalogue.jurisdiction,
        jurisdiction_name=catalogue.centre,
        subject=catalogue.title,
        dates=Dates(in_force=catalogue.in_use_from),
        status="in_force",
        validity="unverified",
        normative=False,
        source=Source(note=catalogue.title),
        offices={_APPLICANT: Office(name="申请人")},
        forms=tuple(_form(item) for item in items),
        provisions=(),
    )


def _catalogues(loader: "Loader", instrument: str) -> Iterator[PolicyVersion]:
    examples = loader.project / EXAMPLES
    files = catalogue_files(loader.policies, [examples] if examples.is_dir() else ())
    for slug, path in files.items():
        if instrument in ("", f"{FOLDER}/{slug}"):
            yield item_forms(slug, read_catalogue(path, loader.library))


def _form(item: Item) -> Form:
    papers = [material.name for material in item.materials if not material.application_form]
    return Form(
        id=item.id,
        title=f"{item.name}申请表",
        aliases=(item.name,),
        note=f"同时提交：{listed(papers)}。" if papers else None,
        fields=tuple(_field(field) for field in item.fields),
    )


def _field(field: Field) -> FormField:
    """A field as it stands in the catalogue; what it is measured in stands in its label.

    An amount in another unit than yuan is a number of that unit: on such a form nobody writes yuan.
    """
    return FormField(
        label=f"{field.name}（{field.unit}）" if field.unit else field.name,
        key=field.id,
        filled_by=_APPLICANT,
        hint=field.note or "",
        type="quantity" if field.type == "amount" and field.unit not in (None, "元") else field.type,
        choices=field.choices or (),
        max_length=field.max_length,
    )
