"""Templates of the theme, a project's overrides among them, run in the sandbox, whatever mkdocs's own environment allows."""

import importlib.util
import shutil
from pathlib import Path
from typing import Any

import jinja2
import pytest
from conftest import ROOT, banshi
from jinja2.exceptions import SecurityError
from mkdocs.config import load_config

HOOK = ROOT / "src/banshi/site/hooks/theme_sandbox.py"
SPEC = importlib.util.spec_from_file_location("theme_sandbox", HOOK)
assert SPEC is not None and SPEC.loader is not None
hook = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(hook)

ATTACKS = [
    "{{ cycler.__init__.__globals__.os.getpid() }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ config.theme.get_env().from_string('x').render() }}",
    "{% set e = config.theme.get_env() %}",
    "{{ config.load_dict({}) }}",
    "{{ config.load_file('/etc/passwd') }}",
    "{{ config.plugins.on_env(1, config=config, files=[]) }}",
    "{{ config.extra.update({'a': 1}) }}",
    "{{ config.hooks['os'].getpid() }}",
    "{{ page.file.copy_file('/tmp') }}",
    "{{ ([config.theme]|map(attribute='get_env')|first)() }}",
    "{{ (config.theme|attr('get_env'))() }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ range(99999999)|list }}",
]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    import os

    folder = tmp_path_factory.mktemp("docs")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text("site_name: 甲\nplugins: []\n", encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"))
    config["hooks"] = {"os": os}
    return {"config": config}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_cannot_leave(attack: str, given: dict[str, Any]) -> None:
    bare = given["config"].theme.get_env()
    boxed = hook.on_env(bare, config=given["config"], files=[])
    with pytest.raises((SecurityError, OverflowError, jinja2.UndefinedError)):
        boxed.from_string(attack).render(**given)


def test_what_the_theme_needs_goes_on_working(given: dict[str, Any]) -> None:
    bare = given["config"].theme.get_env()
    bare.get_template("main.html")  # compiled before: must not be what is used
    boxed = hook.sandboxed(bare)
    assert boxed.sandboxed and not bare.sandboxed
    assert boxed.get_template("main.html").environment is boxed
    assert set(bare.filters) == set(boxed.filters) and set(bare.extensions) == set(boxed.extensions)
    assert all(each.environment is boxed for each in boxed.extensions.values())
    text = "{% set a = namespace(n=1) %}{{ ','.join(['x', 'y']) }}{{ {'k': 2}.get('k') }}{{ _('z') }}{{ 'a'.upper() }}"
    assert boxed.from_string(text).render() == bare.from_string(text).render() == "x,y2zA"


def test_an_override_that_tries_stops_the_build_in_one_line(
    tmp_path: Path, few_pages: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    folder = tmp_path / "ours"
    shutil.copytree(ROOT / "policies/cn", folder / "policies/cn")
    place = folder / "site_templates/overrides/404.html"
    place.parent.mkdir(parents=True)
    evil = "{{ cycler.__init__.__globals__.os.system('touch " + str(tmp_path / "mark") + "') }}"
    place.write_text("{{ config.theme.get_env().from_string(" + repr(evil) + ").render() }}", encoding="utf-8")
    done = banshi("build", "--trust-project", cwd=folder)
    assert not (tmp_path / "mark").exists()
    assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
    assert "mkdocs 没有生成网站" in done.stderr and not (folder / "site").exists()
