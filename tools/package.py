"""Builds the sdist and the wheel into dist/, installs them into an empty environment and tries them there.

    make package

What is tried: the sdist gives the very wheel that the checkout gives; nothing but the locked run-time requirements is needed;
``banshi check`` and ``banshi build`` work in a project that holds nothing but a policy of its own. The environment stays in
build/package, for ``make sbom``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST, PLACE = ROOT / "dist", ROOT / "build/package"
OWN = "policies/luzhou/change-management"
# A change after the bid that the shipped policies judge, and one that they must find fault with.
GOOD = ROOT / "examples/change/binhe-road"
BAD = ROOT / "tests/cases/change/late-by-one-working-day.yaml"


def run(*command: object, cwd: Path = ROOT, expected: int = 0) -> str:
    """Run a command away from the checkout's environment; its output, if it ends as expected."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PIP_USER")}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env=environment | {"PYTHONUTF8": "1"}, capture_output=True, check=False)
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    if done.returncode != expected:
        raise SystemExit(f"package: {' '.join(words)} ended with {done.returncode}, not {expected}:\n{output}")
    return output


def built() -> tuple[Path, Path]:
    """The sdist and the wheel, built by the locked build backend."""
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-m", "hatchling", "build", "--directory", DIST)
    (sdist,), (wheel,) = DIST.glob("*.tar.gz"), DIST.glob("*.whl")
    return sdist, wheel


def content(wheel: Path) -> dict[str, int]:
    """The names in a wheel, with the checksum of each file."""
    with zipfile.ZipFile(wheel) as archive:
        return {entry.filename: entry.CRC for entry in archive.infolist()}


def same_wheel_from(sdist: Path, wheel: Path) -> None:
    """Ends the run where the wheel that the sdist builds is not the one that the checkout builds."""
    with tempfile.TemporaryDirectory() as folder:
        words = ("-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder)
        run(sys.executable, *words, sdist)
        (again,) = Path(folder).glob("*.whl")
        ours, theirs = content(wheel), content(again)
    different = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    if different:
        raise SystemExit(f"package: the sdist builds another wheel: {', '.join(different[:10])}")


def installed(wheel: Path) -> Path:
    """The folder of the scripts of an environment with the wheel and the locked requirements: not even pip is there."""
    shutil.rmtree(PLACE, ignore_errors=True)
    venv.create(PLACE, symlinks=os.name != "nt")
    scripts = PLACE / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check", "--python", scripts / "python")
    run(*pip, "install", "--require-hashes", "--requirement", ROOT / "requirements/run.txt")
    run(*pip, "install", "--no-deps", "--no-index", "--find-links", DIST, f"banshi=={version(wheel)}")
    run(*pip, "check")
    return scripts


def version(wheel: Path) -> str:
    """The version in a wheel's name."""
    return wheel.name.split("-")[1]


def tried(scripts: Path) -> None:
    """Ends the run where the installed commands do not work in a folder far from the checkout."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "项目"
        shutil.copytree(GOOD, project / "报批")
        shutil.copy(BAD, project / "迟.yaml")
        run(scripts / "banshi", "check", "报批", cwd=project)
        found = run(scripts / "banshi", "check", "迟.yaml", cwd=project, expected=1)
        if "change/decided-in-time" not in found:
            raise SystemExit(f"package: the installed check says something else:\n{found}")
        run(scripts / "banshi", "explain", "change/decided-in-time", cwd=project)
        empty = Path(folder) / "空"
        shutil.copytree(ROOT / OWN, empty / OWN)
        run(scripts / "banshi", "check", cwd=empty)
        run(scripts / "banshi", "build", cwd=empty)
        if not list(empty.glob("site/instruments/**/index.html")):
            raise SystemExit("package: the site that the installed build made has no instruments")


def main() -> int:
    """Build, compare, install, try; says what came of it."""
    sdist, wheel = built()
    same_wheel_from(sdist, wheel)
    tried(installed(wheel))
    print(f"{wheel.name} and {sdist.name} are in dist/; installed and tried on Python {sys.version.split()[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
