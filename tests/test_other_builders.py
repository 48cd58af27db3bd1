"""The same pages under the generators that may follow mkdocs: `make builders` fetches them; without them these are skipped.

What differs is written here, so that whoever changes the default knows what to expect.
"""

import os
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, SITE_EPOCH

from banshi.centre.centre import Centre
from banshi.site.content import Content
from banshi.site.render import render, theme

BUILDERS = Path(os.environ.get("BANSHI_BUILDERS", ROOT / "build/builders"))
# Name → its command, below the folder of its own environment, and the theme that it is told to use beside our overrides.
SAME = {
    "ProperDocs": ("properdocs/bin/properdocs", None),
    "ProperDocs with MaterialX": ("properdocs/bin/properdocs", "materialx"),
}
ZENSICAL = BUILDERS / "zensical/bin/zensical"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rendered pages with our frame, before any generator has seen them."""
    folder = tmp_path_factory.mktemp("builders")
    centre = Centre(ROOT / "examples/qinghe")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", SITE_EPOCH)
        render(Content(centre), folder / "pages")
    theme(centre, folder / "theme")
    return folder


def built(command: Path, project: Path, name: str, theme_name: str | None) -> dict[str, str]:
    """Build with a generator; path → HTML."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    settings |= {"docs_dir": "pages", "site_dir": f"site-{name}"}
    settings["theme"] = {"name": theme_name, "language": "zh", "custom_dir": "theme", "static_templates": ["404.html"]}
    config = project / f"{name}.yml"
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": SITE_EPOCH, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [command, "build", "-f", config.name], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = project / f"site-{name}"
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}


@pytest.fixture(scope="module")
def ours(project: Path) -> dict[str, str]:
    """What mkdocs-material makes of them, as `banshi build` runs it."""
    import sys

    return built(Path(sys.executable).with_name("mkdocs"), project, "mkdocs", "material")


def needed(command: Path) -> None:
    if not command.is_file():
        pytest.skip(f"no {command.name} in {command.parent} (make builders fetches it)")


@pytest.mark.parametrize("name", SAME)
def test_the_same_bytes(project: Path, ours: dict[str, str], name: str) -> None:
    command, theme_name = BUILDERS / SAME[name][0], SAME[name][1]
    needed(command)
    theirs = built(command, project, name.replace(" ", "-"), theme_name)
    assert set(theirs) == set(ours)
    assert [path for path, html in theirs.items() if html != ours[path]] == []


def test_zensical_makes_every_page_with_the_same_words(project: Path, ours: dict[str, str]) -> None:
    """Differences of 0.0.73: it takes a link in HTML for one from file to file and adds a ``../`` to it, so links of our
    pages are dead there; it calls no hook, so a centre's own theme templates are not run in our sandbox; the home page has
    the title of any page."""
    needed(ZENSICAL)
    theirs = built(ZENSICAL, project, "zensical", "material")
    assert set(theirs) == set(ours)
    assert [path for path, html in theirs.items() if said(html) != said(ours[path])] == []


def said(html: str) -> str:
    """The words of a page's article."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html[html.find("<article") :])).split())
