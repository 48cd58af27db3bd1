"""Trust comes from the person: whatever a folder brings, no code of it runs and no law of it applies unasked."""

import importlib.util
import json
import os
import py_compile
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml
from conftest import ROOT, banshi, banshi_process, write_yaml
from few_pages import in_processes
from lengths import longer, some

from banshi.centre.centre import Centre
from banshi.centre.mkdocs_settings import wanted
from banshi.centre.own_code import CONFIG, RULES, TEMPLATES, own_code
from banshi.centre.trust import CodeStanding
from banshi.cli import main
from banshi.output.report_pages import TemplateBroken, report_page
from banshi.site.build import NOBODY
from banshi.site.serve import Site, _build

RULE = """\
\"\"\"自己的规则\"\"\"
from banshi.checking.rules import Problem, Text
open({mark!r}, "a").write("rule ")
TITLE, SEVERITY, BASIS, GOOD, BAD = Text("自己的规则", "own"), "error", (), "", ""
def check(case):
    yield Problem(where=(), message=Text("自己的规则说的", "said by an own rule"))
"""
MARKS = 'open({mark!r}, "a").write("{name} ")\n'
HOOK = MARKS + "def on_config(config):\n    return config\n"


@pytest.fixture(autouse=True)
def settings_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of settings of nobody else's."""
    place = tmp_path / "user"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(place))
    return place / "banshi" / "trust.json"


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """What every piece of hostile code writes into."""
    return tmp_path / "it-ran"


@pytest.fixture
def hostile(tmp_path: Path, mark: Path, sound_ledger: dict[str, Any]) -> Path:
    """A folder with a project's own everything, and files of every kind to answer from."""
    folder = tmp_path / "theirs"
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("linjiang", "qinghe"))
    place = folder / "policies/luzhou/change-management"
    place.mkdir(parents=True)
    text = (ROOT / "policies/luzhou/change-management/2011-11-04.yaml").read_text(encoding="utf-8")
    (place / "2011-11-04.yaml").write_text(text.replace("value: 100000", "value: 70000"), "utf-8")
    for subject in ("change", "attendance", "assessment", "cases", "catalogue", "parallel-case", "policy"):
        (folder / "validators" / subject).mkdir(parents=True)
        (folder / f"validators/{subject}/own.py").write_text(RULE.format(mark=str(mark)), "utf-8")
    for name in ("attendance", "assessment", "cases", "schedule", "one_form", "notice"):
        written(folder / f"site_templates/reports/{name}.html.j2", "来自他们的模板")
    written(folder / "site_templates/home.md.j2", "# 来自他们的模板")
    written(folder / "site_templates/overrides/main.html", "来自他们的模板")
    written(folder / "site_templates/assets/page.js", "来自他们的模板")
    written(folder / "hooks.py", HOOK.format(mark=str(mark), name="hook"))
    written(folder / "mkdocs.yml", "site_name: 他们的名字\nhooks: [hooks.py, ../hooks.py]\n")
    for name in ("mkdocs", "markdown", "sitecustomize", "usercustomize", "yaml", "jinja2", "material"):
        written(folder / f"{name}.py", MARKS.format(mark=str(mark), name=name))
    write_yaml(folder / "sound.yaml", sound_ledger)  # by the shipped law; by theirs its tier is wrong
    return folder


def written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def rules_of(done: CompletedProcess[str]) -> list[str]:
    return [finding["rule"] for finding in json.loads(done.stdout)["findings"]]


PLACES = {
    "check": "examples",
    "tier": "examples/change/binhe-road",
    "due": "examples/change/binhe-road",
    "attendance": "examples/attendance/2010-02",
    "assess": "examples/assessment/2012-Q1.yaml",
    "cases": "examples/cases/yangliqu",
    "schedule": "examples/parallel/investment/case.yaml",
    "form": "examples/parallel/registration",
    "notice": "examples/parallel/registration/case.yaml",
}
FORMS = {
    **dict.fromkeys(PLACES, ("text", "json")),
    "check": ("text", "json", "jsonl", "sarif", "github"),
    **dict.fromkeys(("attendance", "assess", "cases", "schedule", "form"), ("text", "json", "html", "xlsx")),
    **dict.fromkeys(("tier", "due"), ("text", "json", "html")),
    "notice": ("text", "json", "html"),
}
FEWER = ("jsonl", "sarif", "github")  # of check: what all rules find is told in text and JSON
RUNS = [(name, form) for name, forms in FORMS.items() for form in forms]


# A folder that is only checked -----------------------------------------------------------------------------------------


@longer
@pytest.mark.parametrize(("command", "form"), some(RUNS, 10))
def test_a_folder_that_is_answered_from_runs_nothing(
    command: str,
    form: str,
    hostile: Path,
    mark: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    here = tmp_path / "mine"
    here.mkdir()
    out = tmp_path / f"out.{form}"
    for cwd in (here, hostile):
        monkeypatch.chdir(cwd)
        place = "examples/change" if form in FEWER else PLACES[command]
        path = os.path.relpath(hostile / place, cwd)
        words = ["-o", str(out)] if form in ("html", "xlsx") else []
        assert main([command, path, "--format", form, *words]) == int(command == "check" and cwd is hostile)
        told = capsys.readouterr()
        assert not mark.exists(), (cwd, mark.read_text())
        page = out.read_text(encoding="utf-8") if form == "html" else told.out
        assert "来自他们的模板" not in page
        said = told.out if command == "check" else told.err
        if cwd is here:
            assert "input/not-applied" in said or "--project" in said
        elif form == "html" or command == "check":
            assert "banshi trust" in told.out + told.err


@pytest.mark.parametrize("command", ["explain", "coverage"])
def test_other_commands_run_nothing_of_where_one_stands(command: str, hostile: Path, mark: Path) -> None:
    shutil.copy(ROOT / "tests/inventory.csv", hostile / "inventory.csv")
    words = ["--inventory", "inventory.csv"] if command == "coverage" else []
    done = banshi_process(command, *words, cwd=hostile)
    assert done.returncode < 2 and "validators" in done.stderr and "banshi trust" in done.stderr
    assert not mark.exists() and "change/own " not in done.stdout


def test_a_checked_folder_brings_no_law(hostile: Path, tmp_path: Path) -> None:
    asked = ("check", str(hostile / "sound.yaml"), "--format", "json")
    done = banshi(*asked, cwd=tmp_path)
    assert rules_of(done) == ["input/not-applied"] and done.returncode == 0
    note = next(f for f in json.loads(done.stdout)["findings"] if f["rule"] == "input/not-applied")
    assert note["severity"] == "note" and "policies/" in note["message"] and str(hostile) in note["fix"]
    own = banshi(*asked, "--project", str(hostile), cwd=tmp_path)
    assert set(rules_of(own)) == {"project/not-trusted", "change/tier-matches-amount"}  # its law, not its code


def test_a_project_further_down_brings_nothing_either_and_is_said(hostile: Path, tmp_path: Path) -> None:
    found = json.loads(banshi("check", ".", "--format", "json", cwd=tmp_path).stdout)["findings"]
    assert [f["path"] for f in found if f["rule"] == "input/not-applied"] == ["theirs"]
    assert "change/tier-matches-amount" not in [f["rule"] for f in found]


def test_a_schema_of_the_checked_folder_is_not_used(sound_project: Path, tmp_path: Path) -> None:
    written(sound_project / "banshi.toml", "run_project_rules = true\n")
    written(sound_project / "schemas/change.schema.json", '{"$schema": "https://json-schema.org/draft/2020-12/schema"}')
    form = sound_project / "changes/001.yaml"
    data = json.loads(form.read_text(encoding="utf-8"))
    write_yaml(form, {**data, "unheard_of": 1})
    done = banshi("check", str(sound_project), "--format", "json", cwd=tmp_path)
    assert "shape/unknown-key" in rules_of(done)


def test_a_folder_above_that_anybody_may_write_into_brings_no_law(hostile: Path) -> None:
    below = hostile / "mine"
    below.mkdir()
    asked = ("check", "../sound.yaml", "--format", "json")
    assert "change/tier-matches-amount" in rules_of(banshi(*asked, cwd=below))
    hostile.chmod(0o777)
    assert rules_of(banshi(*asked, cwd=below)) == ["input/not-applied"]


@pytest.mark.parametrize("name", ["nowhere", "examples"])
def test_what_is_no_project_is_refused(name: str, hostile: Path) -> None:
    done = banshi("check", "sound.yaml", "--project", name, cwd=hostile)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert name in done.stderr


def test_settings_that_mean_nothing_are_refused(hostile: Path) -> None:
    for text, said in (("run_project_rules = true", "banshi trust"), ("other = 1", "other")):
        written(hostile / "banshi.toml", text)
        done = banshi("check", "sound.yaml", cwd=hostile)
        assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1


# Trusting ---------------------------------------------------------------------------------------------------------------


def trusted(folder: Path, *words: str) -> CompletedProcess[str]:
    return banshi("trust", *words, cwd=folder)


@pytest.fixture
def own_rule(tmp_path: Path, mark: Path) -> Path:
    """A project with a rule of its own and a form to check."""
    folder = tmp_path / "ours"
    written(folder / "validators/change/own.py", RULE.format(mark=str(mark)))
    written(folder / "banshi.toml", "")
    return folder


def test_trust_is_asked_for_kept_and_taken_back(
    own_rule: Path, mark: Path, varied: Callable[..., Any], tmp_path: Path, settings_of_the_user: Path
) -> None:
    varied()
    form = str(tmp_path / "ledger.yaml")

    def found() -> list[str]:
        return rules_of(banshi("check", form, "--format", "json", cwd=own_rule))

    assert found() == ["project/not-trusted"] and not mark.exists()
    shown = trusted(own_rule)
    assert shown.returncode == 1 and "validators/change/own.py" in shown.stdout and "--yes" in shown.stderr
    assert found() == ["project/not-trusted"] and not settings_of_the_user.exists()
    assert trusted(own_rule, "--yes").returncode == 0
    assert settings_of_the_user.stat().st_mode & 0o077 == 0
    assert set(found()) == {"change/own"} and mark.read_text() == "rule "
    assert str(own_rule) in banshi("trust", "--list").stdout
    assert trusted(own_rule, "--revoke").returncode == 0
    assert found() == ["project/not-trusted"]
    assert trusted(own_rule, "--revoke").returncode == 2


def changes() -> Iterator[tuple[str, Callable[[Path], object]]]:
    def edit(folder: Path) -> None:
        path = folder / "validators/change/own.py"
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    yield "edited", edit
    yield "added", lambda folder: written(folder / "validators/change/more.py", "raise SystemExit(9)")
    yield "beside", lambda folder: written(folder / "validators/notes.txt", "")
    yield "renamed", lambda folder: (folder / "validators/change/own.py").rename(folder / "validators/change/b.py")
    yield "moved", lambda folder: None
    yield "linked", lambda folder: (folder / "validators/change/c.py").symlink_to(folder / "validators/change/own.py")
    yield "led out", lambda folder: (folder / "validators/out").symlink_to(folder.parent)


@pytest.mark.parametrize(("name", "change"), list(changes()), ids=[name for name, _ in changes()])
def test_whatever_changes_after_trusting_is_left_aside(
    name: str, change: Callable[[Path], object], own_rule: Path, mark: Path, varied: Callable[..., Any], tmp_path: Path
) -> None:
    varied()
    assert trusted(own_rule, "--yes").returncode == 0
    change(own_rule)
    if name == "moved":
        own_rule = own_rule.rename(tmp_path / "elsewhere")
    done = banshi("check", str(tmp_path / "ledger.yaml"), "--format", "json", cwd=own_rule)
    assert rules_of(done) == ["project/not-trusted"] and not mark.exists()
    again = trusted(own_rule, "--yes")
    assert again.returncode == (2 if name in ("linked", "led out") else 0)


def test_a_compiled_copy_beside_a_rule_is_never_run(
    own_rule: Path, mark: Path, varied: Callable[..., Any], tmp_path: Path
) -> None:
    varied()
    rule = own_rule / "validators/change/own.py"
    honest = rule.read_text(encoding="utf-8")
    written(rule, MARKS.format(mark=str(mark), name="compiled") + honest)
    py_compile.compile(
        str(rule),
        importlib.util.cache_from_source(str(rule)),
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    written(rule, honest)
    assert trusted(own_rule, "--yes").returncode == 0
    banshi("check", str(tmp_path / "ledger.yaml"), cwd=own_rule)
    assert mark.read_text() == "rule "


def test_a_flag_trusts_for_one_run(
    own_rule: Path, varied: Callable[..., Any], tmp_path: Path, settings_of_the_user: Path
) -> None:
    varied()
    done = banshi("check", str(tmp_path / "ledger.yaml"), "--format", "json", "--trust-project", cwd=own_rule)
    assert set(rules_of(done)) == {"change/own"} and not settings_of_the_user.exists()


@pytest.mark.parametrize(
    "environment",
    [{"XDG_CONFIG_HOME": "", "HOME": "."}, {"XDG_CONFIG_HOME": "."}, {"XDG_CONFIG_HOME": "settings"}],
)
def test_a_project_cannot_vouch_for_itself(
    environment: dict[str, str],
    own_rule: Path,
    mark: Path,
    varied: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    varied()
    record = {"version": 1, "projects": {str(own_rule): own_code(own_rule, RULES).files}}
    for place in ("banshi", ".config/banshi", "settings/banshi"):
        written(own_rule / place / "trust.json", json.dumps(record))
    monkeypatch.setenv("HOME", str(tmp_path))
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    done = banshi("check", str(tmp_path / "ledger.yaml"), "--format", "json", cwd=own_rule)
    assert rules_of(done) == ["project/not-trusted"] and not mark.exists()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own_rule / "settings"))  # absolute, and yet inside
    assert trusted(own_rule, "--yes").returncode == 2
    banshi("check", str(tmp_path / "ledger.yaml"), cwd=own_rule)
    assert not mark.exists()


@pytest.mark.parametrize("text", ["", "[]", '{"version": 2}', '{"version": 1, "projects": {"/": [1]}}'])
def test_a_broken_record_trusts_nothing(
    text: str, own_rule: Path, mark: Path, varied: Callable[..., Any], tmp_path: Path, settings_of_the_user: Path
) -> None:
    varied()
    written(settings_of_the_user, text)
    done = banshi("check", str(tmp_path / "ledger.yaml"), cwd=own_rule)
    assert "trust.json" in done.stdout and not mark.exists()
    assert trusted(own_rule, "--yes").returncode == 2


def test_without_own_code_there_is_nothing_to_trust(tmp_path: Path) -> None:
    done = trusted(tmp_path)
    assert done.returncode == 0 and "不需要信任" in done.stdout
    assert all(Centre(ROOT).standing(part) is CodeStanding.NONE for part in (RULES, TEMPLATES, CONFIG))


# Templates --------------------------------------------------------------------------------------------------------------

ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ said.__init__.__globals__ }}",
    "{{ rule.module.system('true') }}",
    "{{ place.write_text('x') }}",
    "{{ place.parent.iterdir() }}",
    "{{ said.append('x') }}",
    "{{ '%s'|format(said) ~ ('{0.__class__.__mro__}'.format(said)) }}",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_a_trusted_template_still_cannot_get_out(text: str, tmp_path: Path) -> None:
    import types

    written(tmp_path / "site_templates/reports/own.html.j2", text)
    said: list[str] = []
    given = {"said": said, "place": tmp_path / "x", "rule": types.SimpleNamespace(module=os)}
    with pytest.raises(TemplateBroken, match="unsafe"):
        report_page("own.html.j2", centre=Centre(tmp_path, vouched=True), title="", **given)
    assert not said and not (tmp_path / "x").exists()


# The site ---------------------------------------------------------------------------------------------------------------


def only_the_nation(folder: Path) -> None:
    """A project of which little is shown, for building takes time."""
    shutil.rmtree(folder / "policies", ignore_errors=True)
    shutil.copytree(ROOT / "policies/cn", folder / "policies/cn")


def test_a_build_runs_nothing_and_says_what_it_left_aside(
    hostile: Path, mark: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(("", ".", os.environ.get("PYTHONPATH", str(ROOT / "src")))))
    for key, value in in_processes(tmp_path / "start").items():
        monkeypatch.setenv(key, value)
    only_the_nation(hostile)
    for name in ("sitecustomize", "usercustomize", "yaml", "jinja2"):
        (hostile / f"{name}.py").unlink()  # with such a path Python itself takes these, before any of our code runs
    done = banshi_process("build", cwd=hostile)
    assert done.returncode == 0, done.stderr
    assert not mark.exists(), mark.read_text()
    assert all(part in done.stderr for part in ("validators", "site_templates", "mkdocs.yml", "hooks"))
    pages = "".join(path.read_text(encoding="utf-8") for path in (hostile / "site").glob("*.html"))
    assert "来自他们的模板" not in pages and "他们的名字" in pages
    assert "来自他们的模板" not in (hostile / "site/assets/page.js").read_text(encoding="utf-8")


def test_serving_builds_the_same_way(
    hostile: Path, mark: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in in_processes(tmp_path / "start").items():
        monkeypatch.setenv(key, value)
    only_the_nation(hostile)
    site = Site()
    assert _build(Centre(hostile), site, NOBODY) == ""
    assert site.place is not None and not mark.exists(), mark.read_text()


def test_a_trusted_project_has_its_templates_settings_and_hooks(
    tmp_path: Path, mark: Path, few_pages: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)  # as users have it
    only_the_nation(tmp_path / "ours")
    written(tmp_path / "ours/site_templates/home.md.j2", "# 本中心 { #page }\n")
    written(tmp_path / "ours/tools/hooks.py", HOOK.format(mark=str(mark), name="hook") + "import one\n")
    written(tmp_path / "ours/tools/one.py", "")
    for name in ("hooks", "one"):  # none of which runs
        compiled_otherwise(tmp_path / f"ours/tools/{name}.py", MARKS.format(mark=str(mark), name="compiled"))
    written(
        tmp_path / "ours/mkdocs.yml", f"INHERIT: {ROOT / 'mkdocs.yml'}\nsite_name: 甲中心\nhooks: [tools/hooks.py]\n"
    )
    own = tmp_path / "ours"
    assert "mkdocs.yml" in trusted(own, "--yes").stderr  # it inherits from a file outside
    written(own / "mkdocs.yml", "site_name: 甲中心\nhooks: [tools/hooks.py]\nplugins: []\ntheme: {name: material}\n")
    assert trusted(own, "--yes").returncode == 0
    done = banshi("build", cwd=own)
    assert done.returncode == 0, done.stderr
    assert "本中心" in (own / "site/index.html").read_text(encoding="utf-8") and mark.read_text() == "hook "
    written(own / "tools/helper.py", "")
    assert "改过" in banshi("build", cwd=own).stderr and mark.read_text() == "hook "


def _hook_of(folder: Path) -> str:
    """A hook that has all of what lies beside it do something: modules, packages, compiled ones."""
    return "import importlib, os, sys\n" + "".join(
        f"try:\n    import {name}\nexcept ImportError:\n    pass\n" for name in ("one", "two.three", "four", "five.six")
    )


def others(mark: Path) -> dict[str, Callable[[Path], object]]:
    """What may change beside a trusted hook, or in what its settings name, without a word of these being touched."""
    source = MARKS.format(mark=str(mark), name="other")

    def compiled(path: Path) -> None:
        beside = path.with_suffix(".source")
        written(beside, source)
        py_compile.compile(str(beside), str(path), doraise=True)
        beside.unlink()

    return {
        "a module": lambda own: written(own / "tools/one.py", source),
        "a package": lambda own: written(own / "tools/two/__init__.py", source),
        "in a package": lambda own: written(own / "tools/two/three.py", source),
        "in a folder": lambda own: written(own / "tools/five/six.py", source),
        "without source": lambda own: compiled(own / "tools/four.pyc"),
        "a library": lambda own: written(own / "tools/four.so", ""),
        "a linked package": lambda own: (own / "tools/two").symlink_to(own.parent),
        "a linked module": lambda own: (own / "tools/one.py").symlink_to(own.parent / "x.py"),
        "a script that is named": lambda own: written(own / "scripts/made.py", source),
        "a module that is named": lambda own: written(own / "macros/words.py", source),
        "a package that is named": lambda own: written(own / "macros/words/__init__.py", source),
        "in a folder that is named": lambda own: written(own / "scripts/inner/more.py", source),
        "a page's script": lambda own: written(own / "extra/own.js", "1"),
        "in what is inherited": lambda own: written(own / "base.yml", "plugins: []\nstrict: true\n"),
        "named where it is inherited": lambda own: written(own / "extra/inherited.py", "1"),
    }


@pytest.mark.parametrize("how", others(Path("mark")))
def test_whatever_changes_of_a_trusted_site_ends_trust(how: str, tmp_path: Path, mark: Path) -> None:
    own = tmp_path / "ours"
    written(own / "banshi.toml", "")
    written(own / "tools/hooks.py", _hook_of(own))
    written(own / "base.yml", "plugins: []\nextra: {script: extra/inherited.py}\n")
    written(own / "scripts/inner/a.py", "")
    plugins = "plugins: [{gen: {scripts: [scripts/made.py], folder: scripts, module_name: macros.words}}]\n"
    written(
        own / "mkdocs.yml", f"INHERIT: base.yml\nhooks: [tools/hooks.py]\n{plugins}extra_javascript: [extra/own.js]\n"
    )
    assert trusted(own, "--yes").returncode == 0
    assert Centre(own).standing("mkdocs.yml") is CodeStanding.TRUSTED
    others(mark)[how](own)
    led_out = "linked" in how
    assert Centre(own).standing("mkdocs.yml") is (CodeStanding.UNFIT if led_out else CodeStanding.CHANGED)
    assert trusted(own, "--yes").returncode == (2 if led_out else 0)


def test_a_file_elsewhere_that_settings_name_cannot_be_trusted(tmp_path: Path) -> None:
    written(tmp_path / "x.py", "")
    for name in ("../x.py", str(tmp_path / "x.py"), "../x"):
        written(tmp_path / "ours/mkdocs.yml", f"plugins: [{{gen: {{scripts: [{name}]}}}}]\n")
        assert Centre(tmp_path / "ours", vouched=True).standing("mkdocs.yml") is CodeStanding.UNFIT, name
    words = ["一" * 200, "..", ".", "/", "a\u0000b", "x:y", "https://a.example/x.py", "...", "~", "plugins"]
    written(tmp_path / "ours/mkdocs.yml", yaml.safe_dump({"extra": {"words": words, "more": [words] * 3}}))
    assert Centre(tmp_path / "ours", vouched=True).standing("mkdocs.yml") is CodeStanding.TRUSTED


def compiled_otherwise(path: Path, source: str) -> None:
    """A copy of a module as Python keeps it, of another text, which it is told to take without looking."""
    honest = path.read_text(encoding="utf-8")
    written(path, source)
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(path), importlib.util.cache_from_source(str(path)), invalidation_mode=mode)
    written(path, honest)


SETTINGS = {
    "site_name: 甲": ({"site_name": "甲"}, ()),
    "site_url: https://a.example/": ({"site_url": "https://a.example/"}, ()),
    "site_url: 'javascript:alert(1)'": ({}, ("site_url",)),
    "copyright: <script>1</script>": ({}, ("copyright",)),
    "theme: {name: material, palette: {primary: red}}": ({}, ("theme.palette",)),
    "theme: {name: null, language: zh}": ({"theme": {"language": "zh"}}, ()),
    "theme: {name: other, custom_dir: x, language: zh}": (
        {"theme": {"language": "zh"}},
        ("theme.name", "theme.custom_dir"),
    ),
    "nav: [{甲: index.md}, {乙: [rules/index.md]}]": ({"nav": [{"甲": "index.md"}, {"乙": ["rules/index.md"]}]}, ()),
    "nav: [{甲: https://a.example}]": ({}, ("nav",)),
    "plugins: [x]\nhooks: [y.py]": ({}, ("plugins", "hooks")),
    "site_name: !!python/object/apply:os.system [x]": ({}, ("site_name",)),
    "site_name: !ENV HOME": ({}, ("site_name",)),
    "extra: {tagline: 甲, analytics: {provider: x}}": ({"extra": {"tagline": "甲"}}, ("extra.analytics",)),
    "extra_javascript: [http://a/x.js]": ({}, ("extra_javascript",)),
    "markdown_extensions: [x]": ({}, ("markdown_extensions",)),
    "a: &a [x]\nsite_name: [*a": ({}, ("mkdocs.yml",)),
    "[1]": ({}, ("mkdocs.yml",)),
}


@pytest.mark.parametrize("text", SETTINGS)
def test_only_words_and_colours_are_taken_from_settings(text: str, tmp_path: Path) -> None:
    written(tmp_path / "mkdocs.yml", text)
    found = wanted(tmp_path / "mkdocs.yml")
    assert (found.safe, found.keys) == SETTINGS[text]


def test_settings_that_lead_out_of_the_project_are_not_read(tmp_path: Path) -> None:
    written(tmp_path / "secret", "geheim = [\n")
    (tmp_path / "theirs").mkdir()
    config, settings = tmp_path / "theirs/mkdocs.yml", tmp_path / "theirs/banshi.toml"
    config.write_text("site_name: 甲\nINHERIT: ../secret\n", encoding="utf-8")
    assert not wanted(config).broken and "INHERIT" in wanted(config).keys
    config.unlink()
    config.symlink_to("../secret")
    assert wanted(config).safe == {} and not wanted(config).broken
    settings.symlink_to("../secret")
    done = banshi("tier", cwd=tmp_path / "theirs")
    assert done.returncode == 2 and "通到项目外面的链接" in done.stderr and "geheim" not in done.stderr


def test_settings_that_expand_without_end_are_not_taken(tmp_path: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    written(tmp_path / "mkdocs.yml", "\n".join(["a0: &a0 [x]", *levels, "site_name: *a11"]))
    assert "site_name" in wanted(tmp_path / "mkdocs.yml").keys


def test_a_schema_fetches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from banshi.files.shape import Shapes

    monkeypatch.chdir(tmp_path)
    written(tmp_path / "elsewhere.json", "{}")
    for address in (f"file://{tmp_path}/elsewhere.json", "http://127.0.0.1:9/x.json"):
        written(tmp_path / "schemas/change.schema.json", json.dumps({"$ref": address}))
        with pytest.raises(Exception, match=r"elsewhere|127"):
            list(Shapes([tmp_path / "schemas"]).check({}, "change"))


@pytest.mark.parametrize("name", ["deep", "large", "fifo"])
def test_what_nobody_can_look_at_cannot_be_trusted(name: str, own_rule: Path) -> None:
    folder = own_rule / "validators/change"
    if name == "deep":
        (folder / "/".join("a" * 60)).mkdir(parents=True)
    elif name == "large":
        with open(folder / "large.py", "wb") as stream:
            stream.truncate(1 << 33)
    else:
        os.mkfifo(folder / "pipe.py")
    assert Centre(own_rule, vouched=True).standing(RULES) is CodeStanding.UNFIT
    assert trusted(own_rule, "--yes").returncode == 2
