"""Build the site: check the policies, render Markdown, run mkdocs on it, index it for search."""

import datetime
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from banshi.base.alone import Busy, alone
from banshi.base.calm import calm
from banshi.base.folders import CONFIG, first_file, own_policies, real_path, same_folder, shipped
from banshi.base.text import Lang, Text
from banshi.base.writing import why_not, why_said
from banshi.centre.centre import Centre
from banshi.centre.mkdocs_settings import wanted
from banshi.centre.own_code import RULES
from banshi.checking import checker as checking
from banshi.files.findings import Severity
from banshi.files.report import Report
from banshi.output.progress import Progress
from banshi.site.address import site_address
from banshi.site.checker import BrowserChecker, add_checker
from banshi.site.content import Content
from banshi.site.pages_counted import PAGES, run_counted
from banshi.site.render import TEMPLATES, render, theme
from banshi.site.search import index
from banshi.site.swap import discard, prepared, swap

WORK = "build"
_EPOCH = "SOURCE_DATE_EPOCH"
_SANDBOX = Path(__file__).resolve().parent / "hooks/theme_sandbox.py"
_QUIET = {"NO_MKDOCS_2_WARNING": "1", "COLUMNS": "0"}  # no announcements, and no folded lines

# The new site takes the place of the whole folder: this file says that it may.
MARKER = ".banshi-site"
_MARKED = "banshi build 生成的网站：再次生成时，新网站取代整个文件夹。\n"
# The same for build/pages, build/theme and build/mkdocs.yml.
WORK_MARKER = ".banshi-build"
_WORK_MARKED = "banshi build 的中间文件：pages/、theme/ 和 mkdocs.yml 每次生成时重写。\n"
# What a site from before there were markers has at its top, and what tells it from another site.
_TOP = {
    *("404.html", "index.html", "sitemap.xml", "sitemap.xml.gz"),
    *("assets", "calendar", "formats", "guides", "instruments", "rules", "schemas", "search"),
}
_TELLING = ("search/index.json", "sitemap.xml", "schemas/policy.schema.json")
# Folders of a project that hold what people wrote.
_WRITTEN = (
    *("policies", "schemas", "validators", "site_templates", "examples", "changes"),
    *("tests", "src", "tools", "benchmarks", ".git"),
)


class SiteUnbuildable(Exception):
    """No site was made; ``why`` says so in a line."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


class Watched(Struct, frozen=True):
    """Who watches a build: in which language, or nobody (``quiet``)."""

    lang: Lang = "zh"
    quiet: bool = False

    def progress(self, label: Text, pages: int | None = None) -> Progress:
        """What shows how many pages are done, of so many."""
        return Progress(label, lambda: pages, unit=PAGES, lang=self.lang, quiet=self.quiet, stays=_STAYS)


NOBODY = Watched(quiet=True)
_RENDERED, _LAID_OUT = Text("已写", "written"), Text("已排版", "laid out")
_STAYS = Text("原来的网站没有动", "the earlier site stands as it was")


class Built(Struct, frozen=True):
    """What came of a build."""

    pages: int
    seconds: float
    place: Path


def check_policies(centre: Centre, on: datetime.date | None = None) -> Report:
    """The findings of the policies that the site would show as its own on a day (that of the build). Raises ``SiteUnbuildable``."""
    centre.look_at_settings()
    own = own_policies(centre.folder)
    folder = shipped("policies") if own is None else Path(os.path.relpath(own))
    on = on or day_of_build()
    return checking.Checker(centre.folder, as_of=on, own_rules=centre.runs(RULES)).check([folder])


def stops(report: Report) -> bool:
    """Whether the findings are grave enough that no site should be built."""
    return report.failed or any(f.severity is Severity.ERROR for f in report.findings)


def build(
    centre: Centre,
    place: Path,
    *,
    force: bool = False,
    on: datetime.date | None = None,
    checker: BrowserChecker = BrowserChecker.LEFT_OUT,
    watched: Watched = NOBODY,
) -> Built:
    """Render and build the site of a centre's folder beside ``place``, and put it there in one step once it is whole.

    ``force``: what lies there may be lost, even if it is no site of ours. ``on``: the day whose law it shows (that of
    SOURCE_DATE_EPOCH, so that a build can be made again, else today). ``checker``: whether the checker in the browser is
    in it. Raises ``TemplateBroken``, ``PolicyUnreadable``, ``RuleBroken`` or ``SiteUnbuildable``.
    """
    started = time.monotonic()
    try:
        _keep_what_is_not_ours(centre.folder, place, force)
        real, work = _real(place), _real(centre.folder / WORK)
        with alone(work / "pages") as one, alone(real) as other:
            content = Content(centre, on or day_of_build(), checker)
            pages = _into(content, real, (one, other), watched)
    except Busy as busy:
        raise SiteUnbuildable(_busy(work if busy.place.parent == work else place)) from None
    except OSError as error:
        raise SiteUnbuildable(_refused_by_system(error)) from error
    return Built(pages, time.monotonic() - started, place)


def keep_to_one_day() -> None:
    """What mkdocs dates in this process from now on is of the day whose law is shown. Raises ``SiteUnbuildable``."""
    os.environ.update({**_dated(day_of_build() or datetime.date.today()), **_QUIET})


def day_of_build() -> datetime.date | None:
    """The day that SOURCE_DATE_EPOCH says; None where it is not set. Raises ``SiteUnbuildable``."""
    given = os.environ.get(_EPOCH)
    if not given:
        return None
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise SiteUnbuildable(
            Text(f"环境变量 {_EPOCH} 应为秒数，现为 {given!r}", f"{_EPOCH} must be a number of seconds, not {given!r}")
        ) from None


def _into(content: Content, place: Path, locks: tuple[int, ...], watched: Watched) -> int:
    """The number of pages of the new site in ``place``; mkdocs holds the locks too, and might outlive this process."""
    new = prepared(place)
    try:
        pages = _build(content, new, locks, watched)
        swap(new, place)
    finally:
        discard(new)
    return pages


def _build(content: Content, place: Path, locks: tuple[int, ...], watched: Watched) -> int:
    centre = content.centre
    work = centre.folder / WORK
    _mark(work / WORK_MARKER, _WORK_MARKED)
    if why := content.notices.refused:
        raise SiteUnbuildable(why)
    with watched.progress(_RENDERED) as progress:
        rendered = render(content, work / "pages", progress.step)
    theme(centre, work / "theme")
    mark_site(place)
    config = write_config(centre, work, place)
    with watched.progress(_LAID_OUT, rendered.pages) as progress:
        _run_mkdocs(config, locks, content.library.on, place, progress, centre.runs(CONFIG))
    drop_empty_maps(place)
    shown = [version for versions in content.versions.values() for version in versions]
    if content.checker is BrowserChecker.HERE:
        add_checker(centre, place)
    with calm():  # millions of entries that stay; the forms before it leave circles behind, which should go at once
        index(place, first_file(centre.folder, f"{TEMPLATES}/search_terms.yaml"), shown, content.through_time)
    return rendered.pages


def mark_site(place: Path) -> None:
    """A later build may take this folder's place."""
    _mark(place / MARKER, _MARKED)


def _mark(marker: Path, text: str) -> None:
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.write_text(text, encoding="utf-8")


# What must not be lost ----------------------------------------------------------------------------------------------


def _keep_what_is_not_ours(project: Path, place: Path, force: bool) -> None:
    """Raises ``SiteUnbuildable`` where a build would delete or overwrite what we did not make."""
    why = _unfit(_real(project), _real(place), force)
    if why:
        raise SiteUnbuildable(
            Text(f"网站不能放在 {place}：{why.zh}", f"the site cannot be put into {place}: {why.en}"),
        )
    theirs = _not_our_work(project / WORK)
    if theirs:
        shown = theirs.relative_to(project).as_posix()
        raise SiteUnbuildable(
            Text(
                f"{shown} 不是 banshi 生成的，没有动它；生成网站要用这个位置，请把它移走或改名",
                f"{shown} was not made by banshi and is left alone; the build needs its place: move or rename it",
            )
        )


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _unfit(project: Path, place: Path, force: bool) -> Text | None:  # noqa: PLR0911 - a reason after the other
    """Why a site must not lie in ``place``, or None where it may."""
    if project.is_relative_to(place):
        return Text("这是工程自己的文件夹或它的上级", "it is the project's own folder or holds it")
    for name in _WRITTEN:
        if place.is_relative_to(_real(project / name)):
            return Text(f"{name}/ 里是人写的文件", f"{name}/ holds what people wrote")
    work = _real(project / WORK)
    if work.is_relative_to(place) or any(place.is_relative_to(part) for part in (work / "pages", work / "theme")):
        return Text("这里放的是生成网站用的中间文件", "the build keeps its own files there")
    if place.is_symlink():  # its links were followed already
        return Text("链接绕成了圈", "its links go in circles")
    if place.exists() and not place.is_dir():
        return Text("这是文件，不是文件夹", "it is a file, not a folder")
    if place.is_dir() and not force and not _our_site(place):
        return Text(
            "里面有不是 banshi 生成的内容（新网站会整个取代这个文件夹），没有动它。换一个新的或空的文件夹；"
            "确要取代的加 --force",
            "it holds what banshi did not make (the new site takes the place of the whole folder) and is left alone. "
            "Choose a new or empty folder, or say --force",
        )
    return None


def _our_site(place: Path) -> bool:
    """Whether a folder is empty or an earlier site of ours."""
    names = {path.name for path in place.iterdir()}
    if not names or (place / MARKER).is_file():
        return True
    return names <= _TOP and all((place / name).is_file() for name in _TELLING)


def _not_our_work(work: Path) -> Path | None:
    """What stands where the build keeps its own files but is someone else's."""
    if work.is_symlink():
        return work
    ours = (work / WORK_MARKER).is_file() or _earlier_work(work / CONFIG)
    for path in (work / "pages", work / "theme", work / CONFIG):
        if path.is_symlink() or (not ours and path.exists() and not _empty(path)):
            return path
    return None


def _empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _earlier_work(config: Path) -> bool:
    """Whether a configuration is one that we wrote before there were markers."""
    try:
        found = yaml.safe_load(config.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return False
    if not isinstance(found, dict) or set(found) - {"hooks"} != {"INHERIT", "docs_dir", "site_dir", "theme"}:
        return False
    return bool(found["docs_dir"] == str(real_path(config.parent / "pages")))


def _busy(place: Path) -> Text:
    return Text(
        f"另一个 banshi build 正在往 {place} 生成，等它完成再运行",
        f"another banshi build is at work in {place}; run this one when it is done",
    )


def _refused_by_system(error: OSError) -> Text:
    why = why_not(error)
    name = str(error.filename) if error.filename else WORK
    return Text(f"网站没有生成，{name}：{why.zh}", f"no site was built; {name}: {why.en}")


# mkdocs -------------------------------------------------------------------------------------------------------------


def drop_empty_maps(place: Path) -> None:
    """Without the map of a site that does not know its address: there is not a single page on it."""
    maps = place / "sitemap.xml"
    if maps.is_file() and b"<loc>" not in maps.read_bytes():
        maps.unlink()
        maps.with_suffix(".xml.gz").unlink(missing_ok=True)


def write_config(centre: Centre, work: Path, place: Path) -> Path:
    """A configuration with absolute places, on top of what the centre's own mkdocs.yml may say."""
    places = _settings(centre)
    said = _said(centre)
    places.update(said, extra={**places.get("extra", {}), **said["extra"]})
    places["docs_dir"] = str(real_path(work / "pages"))
    places["site_dir"] = str(real_path(place))
    places["hooks"] = [*places.get("hooks", ()), str(_SANDBOX)]
    logo = centre.settings.logo
    shown = {"logo": f"assets/logo{Path(logo).suffix.lower()}"} if logo else {}
    ours = {"custom_dir": str(real_path(work / "theme")), "static_templates": ["404.html"]}
    places["theme"] = {**places.get("theme", {}), **shown, **ours}
    config = work / CONFIG
    config.write_text(yaml.safe_dump(places, allow_unicode=True), encoding="utf-8")
    return config


def _settings(centre: Centre) -> dict[str, Any]:
    """All of the centre's own settings where they are trusted, else the plain ones of them over the shipped ones."""
    own = centre.folder / CONFIG
    if not own.is_file() or same_folder(own, shipped(CONFIG)):
        return {"INHERIT": str(real_path(shipped(CONFIG)))}
    found = wanted(own)
    if not centre.runs(CONFIG):
        return {"INHERIT": str(real_path(shipped(CONFIG))), **found.safe}
    hooks = {"hooks": [str(real_path(hook)) for hook in found.hooks]} if found.hooks else {}
    return {"INHERIT": str(real_path(own)), **hooks}


def _said(centre: Centre) -> dict[str, Any]:
    """What ``banshi.toml`` says of the site goes before what mkdocs.yml says."""
    said = centre.settings
    found: dict[str, Any] = {"extra": {"contact": said.contact} if said.contact else {}}
    if said.site_name:
        found["site_name"] = said.site_name
    if said.footer:
        found["copyright"] = said.footer
    if address := site_address(centre):
        found["site_url"] = address
    return found


def _run_mkdocs(
    config: Path, locks: tuple[int, ...], on: datetime.date, place: Path, progress: Progress, own: bool
) -> None:
    """Run mkdocs where nothing of the project can be taken for a module: not beside it, and without its folder.

    What it dates is of the day whose law is shown, so that two builds of a day are the same. ``own``: code of the project
    runs, of which no compiled copy that lies beside it must: what was looked at does.
    """
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "--config-file", str(real_path(config))]
    with tempfile.TemporaryDirectory(prefix="banshi-") as nowhere:
        done = run_counted(
            command,
            progress,
            lambda: [place],
            cwd=nowhere,
            env={**environment(), **_dated(on), **_QUIET, **({"PYTHONPYCACHEPREFIX": nowhere} if own else {})},
            pass_fds=locks if os.name == "posix" else (),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    if done.returncode:
        said = _gist(done.stderr or done.stdout)
        why = why_said(said)
        raise SiteUnbuildable(Text(f"mkdocs 没有生成网站：{why.zh}", f"mkdocs built no site: {why.en}"))


def environment() -> dict[str, str]:
    """Our own, without the parts of ``PYTHONPATH`` that mean the folder one stands in (unless that is where we are)."""
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    ours = Path(__file__).resolve().parents[2]
    kept = os.pathsep.join(
        path if os.path.isabs(path) else str(ours)
        for path in given
        if os.path.isabs(path) or same_folder(Path(path), ours)
    )
    return {**{k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, **({"PYTHONPATH": kept} if kept else {})}


def _dated(on: datetime.date) -> dict[str, str]:
    """The day for mkdocs, unless it is set already."""
    midnight = datetime.datetime.combine(on, datetime.time(), datetime.UTC)
    return {_EPOCH: os.environ.get(_EPOCH) or str(max(0, int(midnight.timestamp())))}


def _gist(said: str) -> str:
    """The line of what mkdocs said that matters: its last complaint, else its last line; never a traceback."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    complaints = [line for line in lines if re.match(r"(ERROR|WARNING)\s+-|Error: ", line)]
    last = next(reversed(complaints or lines), "?")
    return re.sub(r"^(?:(ERROR|WARNING)\s+-\s+|Error: |[\w.]+(Error|Exception): )(\[Errno \d+\] )?", "", last)
