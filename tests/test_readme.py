"""The README is true: its commands run and print what it shows, its files exist, its make targets are there."""

import re
import shlex
from pathlib import Path

import pytest
from conftest import ROOT, banshi

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)


def sessions() -> list[tuple[str, str]]:
    """Each command shown after ``$``, with the output shown below it."""
    found = []
    for block in BLOCKS:
        for part in block.split("$ ")[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize(("command", "output"), sessions(), ids=lambda value: value.partition("\n")[0])
def test_a_command_prints_what_the_readme_shows(command: str, output: str) -> None:
    name, *words = shlex.split(command)
    assert name == "banshi"
    done = banshi(*words)
    printed = re.sub(r"摘要 [0-9a-f]{12}$", "摘要 …", done.stdout.strip())  # another one with every edit of a policy
    assert printed == output.strip()
    assert done.stderr == ""


def examples() -> list[str]:
    """Each command of the other blocks, without its comment."""
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in dict.fromkeys(lines) if line.startswith("banshi ")]


@pytest.mark.parametrize("command", examples())
def test_an_example_works(command: str, tmp_path: Path) -> None:
    for folder in ("examples", "policies"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    words = shlex.split(command)[1:]
    done = banshi(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    written = next((words[n + 1] for n, word in enumerate(words) if word in ("-o", "--template")), None)
    assert (tmp_path / written).stat().st_size if written else done.stdout


def test_every_command_is_described_and_exists() -> None:
    from banshi.base.command_names import COMMANDS

    assert set(re.findall(r"`banshi (\w+)", README)) >= set(COMMANDS)


def test_links_and_folders_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    folders = re.findall(r"^\| `([a-z_/]+)`", README, flags=re.MULTILINE)
    assert links
    for name in (*links, *folders):
        assert (ROOT / name).exists(), name


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:^|`)make ([a-z]+)", README, flags=re.MULTILINE)):
        assert re.search(rf"^([a-z]+ )*{target}( [a-z]+)*:", makefile, flags=re.MULTILINE), target


def test_both_languages_show_the_same_quick_start() -> None:
    blocks = re.findall(r"```bat\n(.*?)```", README, flags=re.DOTALL)
    assert len(blocks) == 2
    assert blocks[0] == blocks[1]


def test_the_licence_is_named_alike() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert 'license = "Apache-2.0"' in (Path(ROOT) / "pyproject.toml").read_text(encoding="utf-8")
