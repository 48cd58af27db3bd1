"""A site is built: what stops it, whose templates go first, what in a folder a build must leave alone."""

import re
import shutil
import socket
from pathlib import Path

import pytest
from conftest import ROOT, Pages, banshi, one_line, write_yaml
from jinja2 import Environment
from maintaining import edit, norm
from ruamel.yaml import YAML

from banshi.centre.centre import Centre
from banshi.site import render as rendering
from banshi.site.build import MARKER, WORK_MARKER, SiteUnbuildable, build
from banshi.site.content import Content
from banshi.site.filters import FILTERS
from banshi.site.pages import pages as all_pages
from banshi.site.render import Rendered

GUIDE = "guides/change-approval.md"
POLICY = "policies/luzhou/change-management/2011-11-04.yaml"


def test_a_folder_with_only_policies(luzhou_alone: Path, few_pages: set[str]) -> None:
    few_pages |= {GUIDE, "calendar/2011.md"}
    done = banshi("build", cwd=luzhou_alone)
    assert done.returncode == 0, done.stderr
    assert re.search(r"网站已生成：site/（\d+ 页，[\d.]+ 秒）", done.stdout)
    assert done.stderr == ""
    assert "10万元以内" in (luzhou_alone / "site/guides/change-approval/index.html").read_text(encoding="utf-8")
    assert (luzhou_alone / "site/calendar/2011/index.html").is_file()


def test_another_place_shows_only_its_own_and_what_of_the_nation_s_it_names(tmp_path: Path) -> None:
    (tmp_path / "policies/chengxi").mkdir(parents=True)
    assert list(Content(Centre(tmp_path)).versions) == []
    assert Content(Centre(tmp_path)).guides == []
    (tmp_path / "banshi.toml").write_text('publish = ["cn/administrative-licensing"]\n', encoding="utf-8")
    assert list(Content(Centre(tmp_path)).versions) == ["cn/administrative-licensing"]


def test_nothing_of_a_centre_is_compiled_into_a_template(tmp_path: Path) -> None:
    """What is compiled is kept for whatever centre comes next."""
    environment = rendering._environment(Content(Centre(tmp_path)))
    of_the_centre = {*environment.filters} - {*FILTERS} - {*Environment().filters}
    assert of_the_centre == {"named", "told"}
    for name in of_the_centre:
        assert "t_1(context, " in str(environment.compile(f'{{{{ "甲"|{name} }}}}', raw=True))


def test_own_templates_come_first(luzhou_alone: Path) -> None:
    (luzhou_alone / "site_templates").mkdir()
    (luzhou_alone / "site_templates/home.md.j2").write_text("# 本中心 { #page }\n", encoding="utf-8")
    assert "# 本中心" not in Pages(luzhou_alone)("index.md")
    assert "# 本中心" in Pages(luzhou_alone, vouched=True)("index.md")


def test_a_broken_policy_stops_the_build_with_findings(luzhou_alone: Path) -> None:
    edit(luzhou_alone / POLICY, lambda data: norm(data, "finance-tier").update(tier="finanse"))
    done = banshi("build", cwd=luzhou_alone)
    assert done.returncode == 1
    assert f"{POLICY}:" in done.stdout
    assert "policy/references-resolve" in done.stdout
    assert "没有生成网站" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (luzhou_alone / "site").exists()


def test_a_guide_with_a_dead_reference_stops_the_build(luzhou_alone: Path) -> None:
    path = luzhou_alone / "policies/luzhou/guides/change-approval.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[own-level]", "[own-levl]"), encoding="utf-8")
    done = banshi("build", cwd=luzhou_alone)
    assert done.returncode == 1
    assert "guide/references" in done.stdout


def test_a_broken_template_is_one_plain_line(luzhou_alone: Path, few_pages: set[str]) -> None:
    (luzhou_alone / "site_templates").mkdir()
    (luzhou_alone / "site_templates/home.md.j2").write_text("# 坏 {{ nothing }}\n{% if %}", encoding="utf-8")
    done = banshi("build", "--trust-project", cwd=luzhou_alone)
    assert done.returncode == 2
    assert "模板 home.md.j2 第 2 行" in done.stderr
    assert "Traceback" not in done.stderr


# What a build must leave alone --------------------------------------------------------------------------------------


def held(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder, to compare."""
    found = sorted(folder.rglob("*"))
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None for p in found}


def theirs(folder: Path) -> dict[str, bytes | None]:
    """The same without what a build makes for itself before the system refuses it a place."""
    made = ("build/pages", "build/theme", "build/mkdocs.yml", f"build/{WORK_MARKER}")
    return {name: data for name, data in held(folder).items() if not name.startswith(made)}


REFUSED = ["policies", "policies/new", "policies/luzhou", "schemas", "changes", "tests/x", ".", "..", "", "own", "dot"]
REFUSED += ["afile", "afile/x", "build", "build/pages", "build/theme/x", "link", "/proc/x", "loop", "x" * 300, "almost"]


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre's folder with all sorts of things that a site must not replace."""
    folder = tmp_path_factory.mktemp("furnished") / "centre"
    shutil.copytree(ROOT / "policies/luzhou", folder / "policies/luzhou")
    files = ("own/a.txt", "dot/.keep", "afile", "site/mine.html", "build/lib/mine.py", "almost/mine.html")
    for name in (*files, "almost/search/index.json", "almost/sitemap.xml", "almost/schemas/policy.schema.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("不能丢", encoding="utf-8")
    (folder / "link").symlink_to("policies")
    (folder / "loop").symlink_to("loop")
    return folder


@pytest.mark.parametrize("place", [*REFUSED, None])
def test_a_build_refuses_a_folder_that_is_not_its_own(
    furnished: Path, place: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(furnished)
    before = theirs(furnished)
    with pytest.raises(SiteUnbuildable) as refused:
        build(Centre(furnished), Path("site" if place is None else place))
    for said in refused.value.why:
        one_line(f"banshi: {said}\n")
    assert theirs(furnished) == before


@pytest.mark.parametrize("place", ["policies", "own", "afile", "/proc/x"])
def test_the_command_refuses_in_one_line(furnished: Path, place: str) -> None:
    before = held(furnished / "policies") | held(furnished / "own")
    for lang in ("zh", "en"):
        done = banshi("build", "--site-dir", place, "--lang", lang, cwd=furnished)
        assert (done.returncode, done.stdout) == (2, "")
        assert place in one_line(done.stderr)
    assert held(furnished / "policies") | held(furnished / "own") == before


@pytest.fixture
def no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build lays hands on its folders as always, but makes no page and lays nothing out."""
    monkeypatch.setattr("banshi.site.build.render", lambda *_: Rendered(0, 0))
    monkeypatch.setattr("banshi.site.build._run_mkdocs", lambda *_: None)


@pytest.mark.usefixtures("no_pages")
def test_a_foreign_folder_is_replaced_only_by_force(luzhou_alone: Path) -> None:
    (luzhou_alone / "own").mkdir()
    (luzhou_alone / "own/a.txt").touch()
    with pytest.raises(SiteUnbuildable, match="--force"):
        build(Centre(luzhou_alone), luzhou_alone / "own")
    build(Centre(luzhou_alone), luzhou_alone / "own", force=True)
    assert (luzhou_alone / "own" / MARKER).is_file() and not (luzhou_alone / "own/a.txt").exists()
    with pytest.raises(SiteUnbuildable, match="人写的"):
        build(Centre(luzhou_alone), luzhou_alone / "policies", force=True)


@pytest.mark.usefixtures("no_pages")
def test_a_build_that_fails_leaves_the_old_site(luzhou_alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    place = luzhou_alone / "site"
    place.mkdir()
    (place / MARKER).touch()
    (place / "index.html").write_text("旧", encoding="utf-8")
    monkeypatch.setattr("banshi.site.build._run_mkdocs", fail)
    with pytest.raises(SiteUnbuildable, match="磁盘满了"):
        build(Centre(luzhou_alone), place)
    assert (place / "index.html").read_text(encoding="utf-8") == "旧"
    assert sorted(path.name for path in luzhou_alone.iterdir()) == ["build", "policies", "site"]


@pytest.mark.parametrize("name", ["pages/a.md", "theme/a.html", "mkdocs.yml", "pages"])
def test_a_build_folder_of_one_s_own_is_left_alone(luzhou_alone: Path, name: str) -> None:
    path = luzhou_alone / "build" / name
    path.parent.mkdir(parents=True)
    path.write_text("site_name: 不能丢\n", encoding="utf-8")
    before = held(luzhou_alone)
    done = banshi("build", "--trust-project", cwd=luzhou_alone)
    assert (done.returncode, done.stdout) == (2, "")
    assert "build/" in one_line(done.stderr)
    assert held(luzhou_alone) == before


def test_a_link_to_one_s_own_pages_is_not_tidied(luzhou_alone: Path) -> None:
    (luzhou_alone / "build").mkdir()
    (luzhou_alone / "build" / WORK_MARKER).touch()
    (luzhou_alone / "build/pages").symlink_to(luzhou_alone / "policies")
    with pytest.raises(SiteUnbuildable, match="build/pages"):
        build(Centre(luzhou_alone), luzhou_alone / "site")
    assert (luzhou_alone / POLICY).is_file()


@pytest.mark.usefixtures("no_pages")
def test_a_site_is_built_again_beside_what_else_lies_in_build(luzhou_alone: Path) -> None:
    (luzhou_alone / "build/lib").mkdir(parents=True)
    (luzhou_alone / "build/lib/mine.py").touch()
    place = luzhou_alone / "site"
    build(Centre(luzhou_alone), place)
    assert (place / MARKER).is_file()
    (place / "old.html").touch()
    build(Centre(luzhou_alone), place)
    assert not [path for path in luzhou_alone.iterdir() if path.name.startswith(".")]
    assert (place / MARKER).is_file() and not (place / "old.html").exists()
    # as a version without markers left it
    (place / MARKER).unlink()
    for name in ("search/index.json", "sitemap.xml", "schemas/policy.schema.json"):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).touch()
    for name in ("check", "forms", "notices", "revisions", "try"):
        shutil.rmtree(place / name, ignore_errors=True)
    (luzhou_alone / "build" / WORK_MARKER).unlink()
    config = luzhou_alone / "build/mkdocs.yml"
    wrote = YAML(typ="safe", pure=True).load(config.read_text(encoding="utf-8"))
    write_yaml(config, {key: wrote[key] for key in ("INHERIT", "docs_dir", "site_dir", "theme")})
    build(Centre(luzhou_alone), place)
    assert (place / MARKER).is_file()
    assert (luzhou_alone / "build/lib/mine.py").is_file()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("site_name: x\ntheme: {name: material}\nnav:\n  - 甲: nothing.md\n", "nothing.md"),
        ("site_name: [\n", "parsing the configuration file"),
        ("site_name: x\ntheme: nothing\n", "theme"),
        ("site_name: x\ntheme: {name: material}\nhooks: [hook.py]\n", "做不了"),
    ],
)
def test_what_mkdocs_says_is_one_plain_line(
    luzhou_alone: Path, few_pages: set[str], settings: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        rendering, "pages", lambda content: list(all_pages(content))[:1]
    )  # mkdocs fails before it reads any
    (luzhou_alone / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (luzhou_alone / "hook.py").write_text("def on_files(*a, **k):\n    raise ValueError('做不了')\n", encoding="utf-8")
    done = banshi("build", "--trust-project", cwd=luzhou_alone)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in one_line(done.stderr)


def test_a_used_port_is_one_plain_line(luzhou_alone: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = banshi("serve", "--port", str(port), cwd=luzhou_alone)
    assert done.returncode == 2
    assert "端口已被占用" in one_line(done.stderr)
