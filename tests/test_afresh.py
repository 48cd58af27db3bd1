"""The preview after an edit: whatever was edited, however often, the site is byte for byte what a whole build makes."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import few_pages
import pytest
from conftest import ROOT
from lengths import LONG, longer

from banshi.centre.centre import Centre
from banshi.site import render
from banshi.site.afresh import Afresh, Known, known
from banshi.site.build import WORK, build, keep_to_one_day
from banshi.site.changed_pages import PagesUnbuildable
from banshi.site.checker import BrowserChecker
from banshi.site.content import Content
from banshi.site.forms import Forms
from banshi.site.pages import Page, pages
from banshi.site.serve import _Helper

pytestmark = pytest.mark.skipif(os.name != "posix", reason="where nothing can be forked, all is always built whole")
INSTRUMENT = "policies/luzhou/leave-and-attendance/2007-07-01.yaml"
GUIDE = "policies/luzhou/guides/leave.yaml"
SHOWN = (
    "index.md",
    "guides/index.md",
    "guides/leave.md",
    "instruments/index.md",
    "calendar/index.md",
    "rules/index.md",
    "formats/index.md",
)
Edit = Callable[[Path, Random], None]


def replaced(path: str, old: str, new: str) -> Edit:
    """Something written otherwise, or as it was if it is so already."""

    def edit(folder: Path, _: Random) -> None:
        if not (folder / path).exists():  # an earlier edit took it away
            shutil.copy(ROOT / path, folder / path)
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text or new in text, path
        (folder / path).write_text(text.replace(old, new) if old in text else text.replace(new, old), encoding="utf-8")

    return edit


def removed(path: str) -> Edit:
    """A file that is not there, or there again."""

    def edit(folder: Path, _: Random) -> None:
        if (folder / path).exists():
            (folder / path).unlink()
        else:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, folder / path)

    return edit


def one_more(path: str, text: str) -> Edit:
    """A file of the project's own, or none."""

    def edit(folder: Path, _: Random) -> None:
        if (folder / path).exists():
            (folder / path).unlink()
        else:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")

    return edit


def spoilt(folder: Path, chance: Random) -> None:
    """A file of the built site that somebody else changed or removed, or one too many."""
    site = folder / WORK / "serve/0"
    files = sorted(path for path in site.rglob("*.html") if path.is_file())
    chosen = chance.choice(files)
    chosen.write_text("x", encoding="utf-8") if chance.random() < 0.5 else chosen.unlink()
    (site / "more").mkdir(exist_ok=True)
    (site / "more/index.html").write_text("x", encoding="utf-8")


EDITS: dict[str, Edit] = {
    "figure": replaced(INSTRUMENT, "title: ", "title: 新的"),
    "guide": replaced(GUIDE, "title: ", "title: 新的"),
    "settings": replaced("banshi.toml", 'title = "办事"', 'title = "我们办事"'),
    "guide gone": removed(GUIDE),
    "instrument gone": removed("policies/luzhou/attendance/2009-12-01.yaml"),
    "address": one_more("mkdocs.yml", "site_url: https://example.org/x/\n"),
    "style": one_more("site_templates/assets/site.css", "p { color: red }\n"),
    "picture": one_more("site_templates/overrides/picture.svg", "<svg/>"),
    "template": one_more("site_templates/home.md.j2", "# 我们 { #page }\n\n[办事](guides/index.md)\n"),
    "frame": one_more("site_templates/overrides/partials/footer.html", "<footer>{{ nav.homepage.content }}</footer>"),
    "spoilt": spoilt,
    "nothing": lambda *_: None,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small centre's folder; of its pages a few are built, and a form."""
    for name in ("cn/working-days/2008.yaml", "luzhou"):
        to = tmp_path / "policies" / name
        to.parent.mkdir(parents=True, exist_ok=True)
        whole = ROOT / "policies" / name
        shutil.copytree(whole, to) if whole.is_dir() else shutil.copy(whole, to)
    shutil.copy(ROOT / "banshi.toml", tmp_path)
    monkeypatch.setattr(render, "pages", some_pages)
    monkeypatch.setattr(Forms, "files", few_pages.few_forms)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795737600")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def some_pages(content: Content) -> Iterator[Page]:
    return (page for page in pages(content) if page.path in SHOWN or page.path.startswith("instruments/luzhou/leave"))


def contents(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


class Preview:
    """The site as the preview has it, and as a whole build makes it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.place, self.other = folder, folder / WORK / "serve/0", folder / WORK / "other"
        build(self.centre, self.place)
        self.known = known(self.centre, self.place)
        keep_to_one_day()

    @property
    def centre(self) -> Centre:
        return Centre(self.folder, vouched=True)

    def renew(self, *looked_at: str, before: Known | None = None) -> tuple[list[str], list[str]]:
        afresh = Afresh(self.centre, self.place, before or self.known, BrowserChecker.LEFT_OUT)
        with afresh.alone():
            found = afresh.first(looked_at), afresh.rest()
            self.known = afresh.last()
        return found

    def same_as_whole(self) -> None:
        have, pages = contents(self.place), contents(self.folder / WORK / "pages")
        build(self.centre, self.other)
        for one, other in ((have, contents(self.other)), (pages, contents(self.folder / WORK / "pages"))):
            assert {name for name in {*one, *other} if one.get(name) != other.get(name)} == set()
        assert not [path for path in self.place.rglob("*") if path.is_dir() and not any(path.iterdir())]


@longer
@pytest.mark.parametrize("number", range(3 if LONG else 1))
def test_after_any_edits_the_site_is_what_a_whole_build_makes(folder: Path, number: int) -> None:
    chance, preview = Random(number), Preview(folder)
    for _ in range(2 if LONG else 1):
        for name in chance.sample(list(EDITS), 5 if LONG else 2):
            EDITS[name](folder, chance)
            preview.renew("", "guides/leave/", "nowhere/")
        preview.same_as_whole()


def test_what_is_looked_at_comes_first_and_a_fault_stops_it(folder: Path, tmp_path: Path) -> None:
    preview = Preview(folder)
    assert preview.renew("guides/leave/") == ([], [])
    EDITS["guide"](folder, Random())
    with helped(folder, tmp_path) as (tell, until):
        tell(1, stands=str(preview.place))
        tell(2, changed=[str(folder / GUIDE)], wanted=["guides/leave/"])
        assert until("built")["built"] == ["guides/leave/index.html"]
        assert "新的" in (preview.place / "guides/leave/index.html").read_text(encoding="utf-8")
        (folder / INSTRUMENT).write_text("kind: [\n", encoding="utf-8")
        tell(3, changed=[str(folder / INSTRUMENT)], wanted=["guides/leave/"])
        stopped = until("stops")
        assert stopped["turn"] == 3 and f"{INSTRUMENT}:1:8 错误" in str(stopped["plain"])


@contextlib.contextmanager
def helped(folder: Path, tmp_path: Path) -> Iterator[tuple[Callable[..., None], Callable[..., dict[str, object]]]]:
    """A helper: what tells it something, and what waits until it says something."""
    command = [sys.executable, "-P", "-m", "banshi.site.warm", str(folder), "vouched"]
    env = few_pages.in_processes(tmp_path / "start", "guides/leave.md")
    with subprocess.Popen(
        command, cwd=folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as helper:
        assert helper.stdin and helper.stdout

        def tell(turn: int, **line: object) -> None:
            print(json.dumps({**line, "turn": turn}), file=helper.stdin, flush=True)

        def until(key: str) -> dict[str, object]:
            for line in helper.stdout:
                found: dict[str, object] = json.loads(line)
                assert "failed" not in found, found
                if key in found:
                    return found
            raise AssertionError("it ended")

        yield tell, until
        helper.stdin.close()


@pytest.mark.skipif(not LONG, reason="in make long")
@longer
def test_what_mkdocs_warns_of_stops_it(folder: Path) -> None:
    preview = Preview(folder)
    written = "# 我们 { #page }\n\n[办事](no-such.md)\n"
    one_more("site_templates/home.md.j2", written)(folder, Random())
    with pytest.raises(PagesUnbuildable, match="no-such"):
        preview.renew("")


def test_where_nothing_can_be_forked_there_is_no_helper(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with contextlib.closing(Closed(Centre(folder))) as helper:
        assert not helper.tell(changed=[], wanted=[])


class Closed(_Helper):
    """A helper to which nobody listens."""

    def __init__(self, centre: Centre) -> None:
        import queue

        super().__init__(centre, queue.Queue())

    def close(self) -> None:
        self.end()
