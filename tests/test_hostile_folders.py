"""Every command in a hostile folder and on one: nothing of it runs, nothing outside it is read, a bad unit leaves the others.

What is opened is heard by an audit hook, so that it holds for every reader there is.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from conftest import ROOT, banshi
from hostile import UNSEEN
from lengths import LONG, longer
from test_hostile import seen

from banshi.base.command_names import COMMANDS
from banshi.centre.centre import Centre
from banshi.commands import build as build_command
from banshi.files import regular_files
from banshi.site.build import Built
from banshi.site.content import Content
from banshi.site.render import render

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and names of any bytes")

# Of every command a question or two; {f}: the folder, {o}: where results go. The first of each is always asked.
ASKED: dict[str, list[str]] = {
    "check": ["{f}", "{f} --format json", "{f} --format sarif", "{f} --format github", "{f} --format jsonl"],
    "build": ["--site-dir {o}"],
    "serve": [],  # it builds as ``build`` does: test_serving_builds_the_same_way
    "explain": ["linjiang/change-rules#ordinary-single", "change/own", ""],
    "tier": ["{f}/change", "{f}/binhe-road --format json", "{f}"],
    "due": ["{f}/change", "{f}/binhe-road --format json"],
    "attendance": ["{f}/2010-02", "{f}/2010-02 --format html -o {o}.html", "{f}/2010-02 --format xlsx -o {o}.xlsx"],
    "assess": ["{f}/assessment", "{f}/assessment --format html -o {o}.html", "--template {o}.xlsx --quarter 2026-Q1"],
    "cases": ["{f}/cases/办件登记.yaml", "{f}/cases/办件登记.yaml --format html -o {o}.html"],
    "publicity": ["{f}/binhe-road", "{f}/binhe-road --format docx -o {o}.docx"],
    "notice": [
        "{f}/registration/case.yaml --from 2012-01-16",
        "{f}/catalogue/目录.yaml --from 2026-03-02 --format html",
    ],
    "schedule": ["{f}/investment/case.yaml", "{f}/investment/case.yaml --format html -o {o}.html"],
    "form": ["{f}/registration", "change-application --format docx -o {o}.docx"],
    "init": ["{f}/new-centre --jurisdiction xincheng --name 新城"],
    "new": ["linjiang/change-rules 2028-01-01", "filing {f}/new-filing", "rule change/mine"],
    "schema": ["{o}"],
    "test": ["{f}/tests"],
    "trust": ["{f}", "--list"],
    "convert": ["{f}/change/riverside.yaml {o}.jsonl", "{f}/binhe-road {o}.xlsx"],
    "fix": ["--check {f}/change"],
    "diff": ["linjiang/change-rules/2026-01-01 @2026-08-01 --format html -o {o}.html", "{f} ."],
    "impact": ["@2026-06-30 @2026-07-01 {f}/change", "@2026-06-30 @2026-07-01 {f}"],
    "batch": ["{f}/lines/a.jsonl {o}", "{f}/lines/a.jsonl {o} --answers"],
    "replay": ["{f}/receipt.json"],
    "text": ["linjiang/change-rules --on 2026-08-01", "linjiang/change-rules --format akn -o {o}.xml"],
    "history": ["linjiang/change-rules", "linjiang/change-rules --told-wrong {f}"],
    "coverage": ["--inventory {f}/i.csv", "--norms"],
}
SECRET = "geheim-7"
MARK = "it-ran"
SUFFIXES = (".yaml", ".json", ".jsonl", ".csv", ".xlsx", ".docx", ".dat", ".toml")
NAMES = [
    f"{UNSEEN}\n::error::x".encode(),
    b"\xd3\xd0\xcf\xde",
    b"\xed\xa0\x80",
    b"x" * 240,
    b"-rf",
    b"$(touch it-ran)",
    b"{{7*7}}<img src=x>",
]


def text(path: Path, said: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(said, encoding="utf-8")


def folders(place: Path) -> list[Path]:
    return [place, *(path for path in place.rglob("*") if path.is_dir() and not path.is_symlink())]


def code(place: Path) -> None:
    """Modules under every name that anything might import, hooks, templates, rules and git's own programs."""
    mark = f"open({str(place.parent / MARK)!r}, 'a').write('ran ')\n"
    for name in (
        "mkdocs",
        "markdown",
        "sitecustomize",
        "usercustomize",
        "yaml",
        "jinja2",
        "msgspec",
        "docx",
        "json",
        "hooks",
    ):
        text(place / f"{name}.py", mark)
        text(place / f"change/{name}.py", mark)
    for subject in ("change", "attendance", "assessment", "cases", "parallel-case", "policy"):
        text(place / f"validators/{subject}/own.py", mark)
    out = "GEHEIM{% include '/etc/passwd' %}{{ cycler.__init__.__globals__.os.system('touch MARK') }}"
    for name in ("attendance", "assessment", "cases", "schedule", "one_form", "notice", "diff", "impact"):
        text(place / f"site_templates/reports/{name}.html.j2", out.replace("MARK", str(place.parent / MARK)))
    text(place / "site_templates/home.md.j2", out)
    text(place / "site_templates/form.py", mark)
    text(place / "mkdocs.yml", "site_name: 甲\nhooks: [hooks.py, ../hooks.py]\nINHERIT: ../outside/secret.yaml\n")
    text(
        place / ".git/config",
        f"[core]\nfsmonitor = touch {MARK}\npager = touch {MARK}\n[diff]\nexternal = touch {MARK}\n",
    )


def links(place: Path) -> None:
    """Links out of the folder, to what never ends, and round in circles."""
    (place / "2010-02/旧").mkdir()
    for folder in folders(place):
        for suffix in SUFFIXES:
            (folder / f"out{suffix}").symlink_to(place.parent / f"outside/secret{suffix}")
            (folder / f"zero{suffix}").symlink_to("/dev/zero")
            (folder / f"circle{suffix}").symlink_to(folder / f"circle{suffix}")
        (folder / "elsewhere").symlink_to(place.parent / "outside")


def pipes(place: Path) -> None:
    for folder in folders(place):
        for suffix in SUFFIXES:
            os.mkfifo(folder / f"pipe{suffix}")


def names(place: Path) -> None:
    """Files with names that no terminal, code host or system likes; of the law too."""
    for folder in folders(place):
        for path in sorted(path for path in folder.iterdir() if path.is_file())[:2]:
            for name in NAMES:
                shutil.copy(path, folder / os.fsdecode(name + path.suffix.encode()))


def units(place: Path) -> None:
    """Everything that once made a reader fail, in every folder."""
    for folder in folders(place):
        for path in [p for p in (ROOT / "tests/corpus").rglob("*") if p.is_file()]:
            shutil.copy(path, folder / f"zz-{path.name}")


ATTACKS: dict[str, Callable[[Path], None]] = {each.__name__: each for each in (code, links, pipes, names, units)}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A centre's folder beside another, sound one (``mine``), and something that is no business of either."""
    for name in ("theirs", "mine"):
        shutil.copytree(ROOT / "examples/linjiang", tmp_path / name)
    for example in ("change/binhe-road", "attendance/2010-02", "parallel/registration", "parallel/investment"):
        shutil.copytree(ROOT / "examples" / example, tmp_path / "theirs" / Path(example).name)
    for suffix in SUFFIXES:
        text(tmp_path / f"outside/secret{suffix}", f"kind: ledger\nname: {SECRET}\n")
    text(tmp_path / "theirs/lines/a.jsonl", '{"kind": "ledger"}\n' + "[" * 900 + "]" * 900 + '\n{"a": "\\ud800"}\n')
    text(tmp_path / "theirs/i.csv", "id,check\nlinjiang/change-rules#ordinary-single,E\n")
    for name in ("theirs", "mine"):
        banshi("tier", "../theirs/change", "--receipt", "../theirs/receipt.json", "--force", cwd=tmp_path / name)
    return tmp_path


HEARD: list[str] = []
LISTENING: list[bool] = []


GIT = shutil.which("git")  # the user's own, by its whole path


def _hear(event: str, told: tuple[Any, ...]) -> None:
    """What is opened otherwise than by ``open_regular``, which does not wait, and every program that is run."""
    if LISTENING and event == "open" and isinstance(told[0], str | bytes) and not told[2] & os.O_NONBLOCK:
        HEARD.append(os.path.realpath(os.fsdecode(told[0])))
    elif LISTENING and event in ("os.system", "os.exec", "os.posix_spawn", "subprocess.Popen") and told[0] != GIT:
        HEARD.append(f"program {told[0]}")


sys.addaudithook(_hear)


@pytest.fixture
def asked(place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str], Path], CompletedProcess[str]]:
    """Ask a command, and see that it opened nothing outside and ran nothing but git."""
    secrets = {path.stat().st_ino for path in (*(place / "outside").iterdir(), Path("/etc/passwd"))}
    ours = (
        ROOT,
        sys.prefix,
        sys.base_prefix,
        "/usr",
        "/lib",
        "/etc/localtime",
        "/dev/null",
        os.environ["PYTEST_DEBUG_TEMPROOT"],
        os.environ["XDG_STATE_HOME"],
    )
    taken: list[int] = []
    plain = regular_files.note_read

    def note(found: os.stat_result) -> None:
        taken.append(found.st_ino)
        plain(found)

    def ask(words: list[str], cwd: Path) -> CompletedProcess[str]:
        HEARD.clear()
        taken.clear()
        LISTENING.append(True)
        try:
            done = banshi(*words, cwd=cwd)
        finally:
            LISTENING.clear()
        assert not secrets & {*taken}, words
        strange = {each for each in HEARD if not each.startswith(tuple(map(str, ours)))}
        strange |= {each for each in HEARD if each.startswith(str(place / "outside"))}
        assert strange == set(), words
        return done

    monkeypatch.setattr(regular_files, "note_read", note)
    return ask


@pytest.fixture(autouse=True)
def no_mkdocs(monkeypatch: pytest.MonkeyPatch, place: Path, few_pages: object) -> None:
    """A build goes as far as the pages: what mkdocs is given is tried in test_trust.py."""

    def pages(centre: Centre, site: Path, **of: Any) -> Built:
        return Built(render(Content(centre, of.get("on")), place / "results/pages").pages, 1.0, site)

    monkeypatch.setattr(build_command, "build", pages)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(place / "user"))


# Attacks of many files, each of which every question would read again; from outside, too, of each command the first is asked.
MANY = ("names", "units")
EVERY = [(attack, inside) for attack in ATTACKS for inside in (True, False)]


@longer
@pytest.mark.parametrize(("attack", "inside"), EVERY if LONG else [("code", True), ("links", False)])
def test_nothing_of_it_runs_and_nothing_else_is_lost(
    attack: str, inside: bool, place: Path, asked: Callable[[list[str], Path], CompletedProcess[str]]
) -> None:
    ATTACKS[attack](place / "theirs")
    cwd, folder = (place / "theirs", ".") if inside else (place / "mine", "../theirs")
    for command, questions in ASKED.items():
        for question in questions if LONG and inside and attack not in MANY else questions[:1]:
            out = str(place / f"results/{command}")
            words = [command, *(word.format(f=folder, o=out) for word in question.split())]
            done = asked(words, cwd)
            said = done.stdout + done.stderr
            assert done.returncode in (0, 1, 2), words
            signs = ["Traceback", SECRET, "GEHEIM", "root:x"]
            if command != "explain":  # whose list of rules names it
                signs.append("engine/unit-failed")
            assert not any(sign in said for sign in signs), said[-2000:]
            assert not (place / MARK).exists(), words
            seen(said)


def test_a_file_that_cannot_be_opened_leaves_the_others_to_be_fixed(place: Path) -> None:
    change = place / "theirs/change"
    os.mkfifo(change / "a.yaml")
    (change / "b.yaml").symlink_to(change / "b.yaml")
    text(change / "z.yaml", (change / "riverside.yaml").read_text("utf-8").replace("2026-03-02", "2026年3月2日"))
    done = banshi("fix", str(change))
    assert done.returncode == 2 and "2026年3月2日 → 2026-03-02" in done.stdout
    assert done.stderr.count("input/unreadable") == 2 and "2026年3月2日" not in (change / "z.yaml").read_text("utf-8")


def test_every_command_is_asked() -> None:
    assert set(ASKED) == set(COMMANDS)
