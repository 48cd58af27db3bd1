"""Fetches what the checker in the browser runs on, as requirements/checker.toml locks it, into site_templates/vendored/.

    make checker

By the clients of npm and PyPI. What a check loads of Python's library and of the packages is compiled (by the fetched Python itself,
in Node); nothing else is built. ``banshi build`` copies the folder into the site where it is there. Where it cannot be had,
this says why, and its tests are skipped; what is had but is not what was locked, or does not run, is a failure.
"""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from banshi.centre.centre import Centre
from banshi.site.checker import engine

ROOT = Path(__file__).resolve().parent.parent
LOCK, PLACE = ROOT / "requirements/checker.toml", ROOT / "site_templates/vendored"
# For which systems a wheel may be: any, Pyodide's, and one of which only the Python files are taken.
PLATFORMS = ("any", "pyemscripten_2026_0_wasm32", "manylinux2014_x86_64")
KEPT = (".py", ".json", ".cpython-314-wasm32-emscripten.so")
LEFT_OUT = ("/tests/", "/benchmarks/", ".dist-info/", "/_yaml/")
THEN = (1980, 1, 1, 0, 0, 0)
LICENCES = "licences.txt"
INDEX = "pyodide-lock.json"  # of Pyodide's own packages, of which none is used
PACKAGES = "packages.zip"
COMPILING = ROOT / "tools/checker_compiled.mjs"
TRIED = ("attendance/2010-03/考勤登记.xlsx", "change/binhe-road/changes/001.yaml")  # by these it is seen what is loaded


class _NotToBeHad(Exception):
    """No client, or a registry does not give what is locked."""


def main() -> None:
    """Fetch, unless what is there is what is locked; say so where it cannot be had."""
    try:
        _fetch()
    except _NotToBeHad as why:
        zh, en = "浏览器里的检查取不到，它的测试跳过", "the checker in the browser cannot be had, its tests are skipped"
        print(f"{zh} ／ {en}: {why}", file=sys.stderr)


def _fetch() -> None:
    wanted = tomllib.loads(LOCK.read_text(encoding="utf-8"))
    stamp = hashlib.sha256(b"".join(path.read_bytes() for path in (LOCK, Path(__file__), COMPILING))).hexdigest()
    made = PLACE / "manifest.json"
    if made.is_file() and json.loads(made.read_text(encoding="utf-8"))["lock"] == stamp:
        return
    with tempfile.TemporaryDirectory(prefix="banshi-checker-") as folder:
        runtime = _pyodide(wanted["pyodide"], Path(folder))
        packages, licences = _packages(wanted["package"], Path(folder))
        files = {**runtime, PACKAGES: packages, LICENCES: _licences(wanted, licences).encode()}
        files |= _compiled(files, Path(folder) / "compiled")
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    for name, data in files.items():
        (PLACE / name).write_bytes(data)
    sizes = {name: len(data) for name, data in files.items()}
    made.write_text(json.dumps({"lock": stamp, "sizes": sizes}, indent=1) + "\n", encoding="utf-8")
    print(f"{PLACE.relative_to(ROOT)}/: {sum(sizes.values()) / 1e6:.1f} MB")


def _pyodide(wanted: dict[str, Any], folder: Path) -> dict[str, bytes]:
    npm = shutil.which("npm")
    if npm is None:
        raise _NotToBeHad("没有 npm ／ no npm")
    name = f"pyodide@{wanted['version']}"
    done = subprocess.run([npm, "pack", "--silent", name], cwd=folder, capture_output=True, check=False)
    if done.returncode:
        raise _NotToBeHad(f"npm pack {name}: {done.stderr.decode('utf-8', 'replace').strip()}")
    packed = _checked(folder / f"pyodide-{wanted['version']}.tgz", wanted["sha256"])
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = {each: archive.extractfile(f"package/{each}").read() for each in (*wanted["files"], INDEX)}  # type: ignore[union-attr]
    files[INDEX] = json.dumps({"info": json.loads(files[INDEX])["info"], "packages": {}}).encode()
    return files


def _packages(wanted: list[dict[str, str]], folder: Path) -> tuple[bytes, dict[str, str]]:
    """One archive of all packages, and their licences."""
    lines = (f"{each['name']}=={each['version']} --hash=sha256:{each['sha256']}\n" for each in wanted)
    (folder / "checker.txt").write_text("".join(lines), encoding="utf-8")
    platforms = [word for platform in PLATFORMS for word in ("--platform", platform)]
    words = ["--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--python-version", "3.14"]
    words += [*platforms, "--implementation", "cp", "--abi", "cp314", "--abi", "none", "--dest", str(folder)]
    command = [sys.executable, "-m", "pip", "download", *words, "-r", "checker.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        raise _NotToBeHad(f"pip download: {done.stderr.decode('utf-8', 'replace').strip()}")
    files: dict[str, bytes] = {}
    licences: dict[str, str] = {}
    for path in sorted(folder.glob("*.whl")):
        _checked(path, next(e["sha256"] for e in wanted if path.name.startswith(e["name"].replace("-", "_") + "-")))
        with zipfile.ZipFile(path) as wheel:
            for name in wheel.namelist():
                if ".dist-info/licenses/" in name and not name.endswith("/"):
                    licences[path.name] = wheel.read(name).decode("utf-8", "replace")
                elif name.endswith(KEPT) and not any(part in f"/{name}" for part in LEFT_OUT):
                    files[name] = wheel.read(name)
    return _zipped(files), licences


def _compiled(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The archives of Python files, with what a check loads of them compiled."""
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "engine.zip").write_bytes(engine(Centre(ROOT)))
    tried = [ROOT / "examples" / name for name in TRIED]
    node = shutil.which("node")
    if node is None:
        raise _NotToBeHad("没有 node ／ no node")
    done = subprocess.run([node, COMPILING, folder, folder / "engine.zip", *tried], capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{COMPILING.name}: {done.stderr.decode('utf-8', 'replace').strip()}")
    return {name: (folder / name).read_bytes() for name in ("python_stdlib.zip", PACKAGES)}


def _checked(path: Path, sha256: str) -> bytes:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise SystemExit(f"{path.name}：SHA-256 与 {LOCK.name} 写的不符 ／ is not what {LOCK.name} locks")
    return data


def _zipped(files: dict[str, bytes]) -> bytes:
    """An archive that is the same whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, THEN), files[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _licences(wanted: dict[str, Any], texts: dict[str, str]) -> str:
    said = ["The checker in the browser contains:\n"]
    runtime = wanted["pyodide"]
    said.append(
        f"Pyodide {runtime['version']}, {runtime['licence']} (https://mozilla.org/MPL/2.0/), some of its Python files compiled; its source:"
        f" https://github.com/pyodide/pyodide/tree/{runtime['version']}. It holds Python (PSF-2.0) and its standard library.\n"
    )
    said += [f"{each['name']} {each['version']}, {each['licence']}\n" for each in wanted["package"]]
    said += [f"\n{'-' * 80}\n{name}\n\n{text}" for name, text in sorted(texts.items())]
    return "".join(said)


if __name__ == "__main__":
    main()
