"""Setting up never trips over what stands at ``.venv``, and says in one line what is missing."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

SPEC = importlib.util.spec_from_file_location("environment", ROOT / "tools/environment.py")
assert SPEC is not None
assert SPEC.loader is not None
environment = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(environment)


class Trial(environment.Environment):  # type: ignore[name-defined,misc]
    """An environment that writes down what it would install, and makes a Python that can only say who it is."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.log: list[str] = []

    def create(self) -> None:
        self.log.append("create")
        (self.place / "bin").mkdir(parents=True)
        (self.place / "pyvenv.cfg").touch()
        (self.place / "bin/pip").write_text(f"#!{self.place}/bin/python\n")
        (self.place / "bin/python").write_text(f"#!/bin/sh\necho {environment.HERE}\necho '{self.place}'\n")
        (self.place / "bin/python").chmod(0o755)

    def install(self, *what: str) -> None:
        self.log.append(Path(what[-1]).name)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "办 事"
    (place / "requirements").mkdir(parents=True)
    (place / "pyproject.toml").touch()
    for level in environment.LEVELS:
        (place / f"requirements/{level}.txt").write_text(level)
    return place


def after(root: Path, level: str = "run") -> list[str]:
    trial = Trial(root)
    trial.set_up(level)
    assert not trial.unfinished.exists()
    return trial.log


def test_what_is_there_is_left_alone_and_what_has_changed_is_installed(root: Path) -> None:
    assert after(root) == ["create", "run.txt", "办 事"]
    assert after(root) == []
    assert after(root, "lock") == ["lock.txt", "办 事"]
    assert after(root) == []
    (root / "requirements/run.txt").write_text("other")
    assert after(root) == ["run.txt", "办 事"]
    (root / "pyproject.toml").write_text("other")
    assert after(root, "lock") == ["lock.txt", "办 事"]


def half_made(place: Path) -> None:
    (place / "bin/pip").unlink()


def without_python(place: Path) -> None:
    (place / "bin/python").unlink()


def another_python(place: Path) -> None:
    (place / "bin/python").write_text(f"#!/bin/sh\necho 3.99\necho '{place}'\n")


def interrupted(place: Path) -> None:
    (place / ".setting-up").touch()


def never_begun(place: Path) -> None:
    shutil.rmtree(place)
    place.mkdir()


def dangling(place: Path) -> None:
    shutil.rmtree(place)
    place.symlink_to(place.parent / "nowhere")


def pip_of_another_place(place: Path) -> None:
    (place / ".set-up.json").unlink()
    (place / "bin/pip").write_text("#!/somewhere/else/bin/python\n")


def moved_record(place: Path) -> None:
    done = json.loads((place / ".set-up.json").read_text())
    (place / ".set-up.json").write_text(json.dumps(done | {"place": "/somewhere/else"}))


@pytest.mark.parametrize(
    "broken",
    [half_made, without_python, another_python, interrupted, never_begun, dangling, pip_of_another_place, moved_record],
)
def test_what_is_of_no_use_is_made_anew(broken: Any, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    after(root)
    broken(root / ".venv")
    assert after(root) == ["create", "run.txt", "办 事"]
    assert "重建 .venv" in capsys.readouterr().out
    assert after(root) == []


def test_a_moved_folder(root: Path) -> None:
    after(root)
    moved = root.rename(root.parent / "moved")
    assert after(moved) == ["create", "run.txt", "moved"]


def test_what_is_no_environment_is_not_touched(root: Path) -> None:
    (root / ".venv").mkdir()
    (root / ".venv/letters.txt").write_text("mine")
    with pytest.raises(environment.Refusal, match="移走"):
        after(root)
    assert (root / ".venv/letters.txt").read_text() == "mine"


def test_a_failed_installation_is_begun_anew(root: Path) -> None:
    class Failing(Trial):
        def install(self, *what: str) -> None:
            raise environment.Refusal("没有装成", "failed")

    with pytest.raises(environment.Refusal):
        Failing(root).set_up("run")
    assert after(root) == ["create", "run.txt", "办 事"]


def test_a_python_without_ensurepip_leaves_nothing_behind(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    monkeypatch.setattr(environment.shutil, "which", lambda name: name)
    with pytest.raises(environment.Refusal) as refused:
        environment.Environment(root).set_up("run")
    said = str(refused.value)
    assert said.count(f"sudo apt-get install python{environment.HERE}-venv") == 2
    assert "\n" not in said
    assert not (root / ".venv").exists()


def test_a_python_that_fails_to_make_one_leaves_nothing_behind(root: Path) -> None:
    with pytest.raises(environment.Refusal):
        environment.Environment(root, python="false").set_up("run")
    assert not (root / ".venv").exists()


def test_a_real_environment_without_pip_is_seen(root: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")], check=True)
    assert environment.Environment(root).fault() is not None


def test_an_unknown_level_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert environment.main(["everything"]) == 2
    assert "run|lock|tools" in capsys.readouterr().err
