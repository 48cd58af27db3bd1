"""``banshi check`` beside check-jsonschema, on the same files, in one run.

check-jsonschema only compares files with a schema; banshi also holds every rule. Ratios are what counts: both sides run
alternately, and the smallest time of each is taken. Usage: ``python benchmarks/check_speed.py [FORMS] [RUNS]``.
"""

import copy
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import curves
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
FORMS_A_PROJECT = 10


def write_projects(folder: Path, forms: int) -> list[Path]:
    """Projects of ten forms each, made from the base example of the rules; the files of all forms."""
    yaml = YAML()
    base = yaml.load((ROOT / "validators/change/_example.yaml").read_text(encoding="utf-8"))
    written = []
    for number in range(forms):
        project = folder / f"project-{number // FORMS_A_PROJECT:05}"
        if number % FORMS_A_PROJECT == 0:
            (project / "changes").mkdir(parents=True)
            with open(project / "project.yaml", "w", encoding="utf-8") as stream:
                yaml.dump(base["project"] | {"name": f"{project.name} 号路（虚构）"}, stream)
        path = project / "changes" / f"{number % FORMS_A_PROJECT + 1:03}.yaml"
        with open(path, "w", encoding="utf-8") as stream:
            yaml.dump(_form(base["changes"][0], number % FORMS_A_PROJECT), stream)
        written.append(path)
    return written


def _form(base: Any, index: int) -> Any:
    """The same change again, as the next one: only the first counts towards the total, the others were withdrawn."""
    form = copy.deepcopy(base)
    form["sequence"], form["number"] = index + 1, f"变-2012-样例-{index + 1:03}"
    if index:
        form["status"] = "withdrawn"
        form["amounts"].update(cumulative_before=80000, cumulative=160000)
        form["tier"], form["opinions"] = "government", []
        del form["implemented_on"]
        form["items"][0].update(quantity_before=5000, quantity_after=9000)
    return form


def run(command: list[str]) -> tuple[float, int]:
    """Seconds and peak memory (MB) of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)[:200]} … gave {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss // 1024


def best(commands: dict[str, list[str]], runs: int) -> dict[str, tuple[float, int]]:
    """The fastest of ``runs`` alternating runs of each command."""
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(run(command))
    return {name: min(times) for name, times in found.items()}


def compare(title: str, ours: list[str], theirs: list[str], runs: int) -> list[tuple[str, float, int]]:
    """Print one comparison, and give what each side took."""
    times = best({"banshi": ours, "check-jsonschema": theirs}, runs)
    (mine, memory), (other, other_memory) = times["banshi"], times["check-jsonschema"]
    print(
        f"{title}: banshi {mine:.2f} s, {memory} MB; check-jsonschema {other:.2f} s, {other_memory} MB; "
        f"ratio {mine / other:.2f}"
    )
    return [
        (f"banshi，{title}，经过的时间", mine, memory),
        (f"check-jsonschema，{title}，经过的时间", other, other_memory),
    ]


def main() -> None:
    forms = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    folder = Path(tempfile.mkdtemp(prefix="banshi-bench-"))
    try:
        paths = write_projects(folder, forms)
        schema = ["--schemafile", str(ROOT / "schemas/change.schema.json")]
        banshi, peer = str(BIN / "banshi"), str(BIN / "check-jsonschema")
        compare("one form, cold", [banshi, "check", str(paths[0])], [peer, *schema, str(paths[0])], max(runs, 5))
        everything = [str(path) for path in paths]
        sides = compare(f"{forms} forms", [banshi, "check", str(folder)], [peer, *schema, *everything], runs)
        _, small = run([banshi, "check", str(paths[0].parent.parent)])
        _, large = run([banshi, "check", str(folder)])
        curves.measure("check-forms", 4, keep=True, peers=sides)
        print(f"memory: one project {small} MB, {forms // FORMS_A_PROJECT} projects {large} MB")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
