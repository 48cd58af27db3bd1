"""The site after an edit: only what came out otherwise is built again, and at the end it is what a whole build would make.

The law, the rules and every page's Markdown are worked out afresh each time, from the files as they are; kept is what mkdocs
made of a page, by the digests of the page's Markdown and of everything else that its frame rests on. Where any of that
differs, or what was made is no longer as it was made, the page is built again.
"""

import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from msgspec import Struct, field

from banshi.base.alone import alone
from banshi.base.folders import CONFIG, first_file
from banshi.centre.centre import Centre
from banshi.centre.own_code import TEMPLATES
from banshi.site import build as building
from banshi.site import render as rendering
from banshi.site.changed_pages import build_pages
from banshi.site.checker import BrowserChecker, add_checker
from banshi.site.content import Content
from banshi.site.forms import FOLDER as FORMS
from banshi.site.laying import move, remove_others, write, write_each
from banshi.site.pages import address
from banshi.site.search import FOLDER as SEARCH
from banshi.site.search import index

_PAGES, _THEME, _NEW = "pages", "theme", "serve/new"


class Known(Struct, frozen=True):
    """What stands: the digest of what all pages rest on, and of each page those of its Markdown and of what was made of it."""

    frame: str = ""
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)


class NotInPart(Exception):
    """Of this centre's site only the whole can be built: what its own settings load may look at every page."""


def known(centre: Centre, place: Path) -> Known:
    """What stands right after a whole build into ``place``."""
    work = centre.folder / building.WORK
    texts = {path.relative_to(work / _PAGES).as_posix(): path.read_bytes() for path in (work / _PAGES).rglob("*.md")}
    made = {name: _digest_of(place / made_of(name)) for name in texts}
    pages = {name: (_digest(text), made[name]) for name, text in texts.items() if made[name]}
    return Known(_frame(work), pages)


def made_of(name: str) -> str:
    """The file of the site that is made of a page: ``rules/index.md`` gives ``rules/index.html``."""
    return f"{address(name)}index.html"


class Afresh:
    """The site of a centre in ``place``, brought up to what the files say now. What ``known`` says must have been true of it.

    Raises what ``build`` does, ``PagesUnbuildable`` and ``NotInPart``.
    """

    def __init__(self, centre: Centre, place: Path, before: Known, checker: BrowserChecker) -> None:
        if centre.runs(CONFIG):
            raise NotInPart
        self._centre, self._place, self._before = centre, place, before
        self._work = centre.folder / building.WORK
        # A frame of the centre's own may look at every page from any page.
        self._all = centre.runs(TEMPLATES) and (centre.folder / rendering.TEMPLATES / "overrides").is_dir()
        self._content = Content(centre, building.day_of_build(), checker)
        self.pages = 0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else builds there meanwhile. Raises ``Busy``."""
        with alone(Path(os.path.realpath(self._work / _PAGES))), alone(Path(os.path.realpath(self._place))):
            yield

    def first(self, addresses: Collection[str]) -> list[str]:
        """Build the pages at these addresses before all others; the files of the site that differ from before."""
        if self._all:
            return []
        paths = {path for each in addresses for path in (f"{each}index.md", f"{each.removesuffix('/')}.md")}
        texts = rendering.texts(self._content, paths & {*self._before.pages})
        self._lay_theme()
        same = _frame(self._work) == self._before.frame
        differing = {
            name: text for name, text in texts.items() if not same or self._before.pages[name][0] != _digest(text)
        }
        for name, text in differing.items():
            (self._work / _PAGES / name).write_bytes(text)
        return self._built(differing, others=False) if differing else []

    def rest(self) -> list[str]:
        """Build every page that differs, and whatever goes with them; what is left is in ``last``."""
        self._refuse()
        texts = rendering.texts(self._content)
        self.pages = len(texts)
        self._texts = {name: _digest(text) for name, text in texts.items()}
        files = texts | rendering.beside_pages(self._content)
        write(files, self._work / _PAGES, but=FORMS)
        self._lay_theme()
        self._new_frame = _frame(self._work)
        return self._built({name for name in texts if self._differs(name)}, others=True)

    def last(self) -> Known:
        """Forms to take along and the index, which no page waits for; what is known of the site now."""
        write_each(self._content.forms.files(), self._work / _PAGES / FORMS, self._place / FORMS)
        self._index()
        made = {name: (text, _digest_of(self._place / made_of(name))) for name, text in self._texts.items()}
        return Known(self._new_frame, made)

    def _refuse(self) -> None:
        if why := self._content.notices.refused:
            raise building.SiteUnbuildable(why)

    def _differs(self, name: str) -> bool:
        text, made = self._before.pages.get(name, ("", ""))
        same = not self._all and text == self._texts[name] and self._before.frame == self._new_frame
        return not same or made != _digest_of(self._place / made_of(name))

    def _built(self, wanted: Collection[str], *, others: bool) -> list[str]:
        """``others``: also what is no page."""
        new = self._empty()

        def asked(name: str, path: Path) -> bool:
            return name in wanted or (
                others and not name.endswith(".md") and not name.startswith(f"{FORMS}/") and self._new(name, path)
            )

        paths = build_pages(self._work / CONFIG, asked)
        building.drop_empty_maps(new)
        if not others:
            return move(new, self._place)
        if self._content.checker is BrowserChecker.HERE:
            add_checker(self._centre, new)
        building.mark_site(new)
        kept = {*paths, *(path.relative_to(new).as_posix() for path in new.rglob("*"))}
        changed = move(new, self._place)
        return changed + ["…"] * remove_others(self._place, kept, but=SEARCH)

    def _new(self, name: str, path: Path) -> bool:
        place = self._place / name
        return not place.is_file() or path.read_bytes() != place.read_bytes()

    def _empty(self) -> Path:
        new = self._work / _NEW
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        return new

    def _lay_theme(self) -> None:
        rendering.theme(self._centre, self._work / _THEME)
        building.write_config(self._centre, self._work, self._work / _NEW)

    def _index(self) -> None:
        new = self._empty()
        terms = first_file(self._centre.folder, f"{rendering.TEMPLATES}/search_terms.yaml")
        shown = [version for versions in self._content.versions.values() for version in versions]
        index(self._place, terms, shown, self._content.through_time, new)
        files = {path.name: path.read_bytes() for path in (new / SEARCH).iterdir()}
        write(files, self._place / SEARCH)


def _frame(work: Path) -> str:
    """The digest of what the frame of every page rests on: settings, theme, which pages there are."""
    said = yaml.safe_load((work / CONFIG).read_text(encoding="utf-8"))
    said.pop("site_dir")
    inherited = Path(said["INHERIT"]).read_bytes()
    theme = [
        (p.relative_to(work / _THEME).as_posix(), p.read_bytes())
        for p in sorted((work / _THEME).rglob("*"))
        if p.is_file()
    ]
    names = sorted(path.relative_to(work / _PAGES).as_posix() for path in (work / _PAGES).rglob("*") if path.is_file())
    day = building.day_of_build()  # mkdocs dates by it
    parts = said, inherited, theme, [name for name in names if not name.startswith(f"{FORMS}/")], day
    return _digest(repr(parts).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(path: Path) -> str:
    return _digest(path.read_bytes()) if path.is_file() else ""
