"""Build the site: check the policies, render Markdown, run mkdocs on it, index it for search."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from banshi.checking import Checker, Report
from banshi.findings import Severity
from banshi.folders import first_file, own_policies, shipped
from banshi.settings import Settings
from banshi.site.content import Content
from banshi.site.render import TEMPLATES, render, theme
from banshi.site.search import index

WORK = "build"
_CONFIG = "mkdocs.yml"
# mkdocs-material prints an announcement on every run unless told not to.
_QUIET = {"NO_MKDOCS_2_WARNING": "1"}


class SiteUnbuildable(Exception):
    """The builder gave up; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build."""

    pages: int
    seconds: float
    place: Path


def check_policies(project: Path) -> Report:
    """The findings of the policies that the site would show as its own."""
    own = own_policies(project)
    folder = shipped("policies") if own is None else Path(os.path.relpath(own))
    checker = Checker(project, own_rules=Settings.read(project).run_project_rules)
    return checker.check([folder])


def stops(report: Report) -> bool:
    """Whether the findings are grave enough that no site should be built."""
    return report.failed or any(f.severity is Severity.ERROR for f in report.findings)


def build(project: Path, place: Path) -> Built:
    """Render and build the site of a centre's folder into ``place``.

    Raises ``TemplateBroken``, ``PolicyUnreadable``, ``RuleBroken`` or ``SiteUnbuildable``.
    """
    started = time.monotonic()
    work = project / WORK
    rendered = render(Content(project), work / "pages")
    theme(project, work / "theme")
    _run_mkdocs(_write_config(project, work, place), project)
    _drop_unused(place)
    index(place, first_file(project, f"{TEMPLATES}/search_terms.yaml"))
    return Built(rendered.pages, time.monotonic() - started, place)


def _drop_unused(place: Path) -> None:
    """The theme brings its own search and its source maps; nothing on our pages asks for either."""
    scripts = place / "assets/javascripts"
    for folder in ("lunr", "workers"):
        shutil.rmtree(scripts / folder, ignore_errors=True)
    for source_map in (place / "assets").rglob("*.map"):
        source_map.unlink()


def _write_config(project: Path, work: Path, place: Path) -> Path:
    """A configuration with absolute places, on top of the centre's own mkdocs.yml or the shipped one."""
    places = {
        "INHERIT": str(first_file(project, _CONFIG).resolve()),
        "docs_dir": str((work / "pages").resolve()),
        "site_dir": str(place.resolve()),
        "theme": {"custom_dir": str((work / "theme").resolve())},
    }
    config = work / _CONFIG
    config.write_text(yaml.safe_dump(places, allow_unicode=True), encoding="utf-8")
    return config


def _run_mkdocs(config: Path, project: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--config-file", str(config.resolve())]
    done = subprocess.run(  # noqa: S603 - our own interpreter and a file that we wrote
        command, cwd=project, env={**os.environ, **_QUIET}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SiteUnbuildable((done.stderr or done.stdout).strip())
