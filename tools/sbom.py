"""Writes what is installed with banshi, and under which licences: a CycloneDX document and a list, both in dist/.

    make sbom

Read off the environment that ``make package`` leaves, and cut down to what banshi itself needs. Ends with an error where a
licence is not among those that a user may take for granted: nothing under the GPL or the AGPL, nothing without a licence.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DIST, PLACE = ROOT / "dist", ROOT / "build/package"
# One licence, or a choice of several (OR) of which one is enough; SPDX's short names and the longer ones of classifiers.
FREE = re.compile(
    r"(License :: OSI Approved :: )?(MIT|BSD|0BSD|Apache|PSF|Python Software|MPL|Mozilla|ISC|Unlicense)\b.*", re.S
)


def document() -> dict[str, Any]:
    """The CycloneDX document of the whole environment, checked against its schema by its maker."""
    scripts = PLACE / ("Scripts" if sys.platform == "win32" else "bin")
    words = (
        "environment",
        "--pyproject",
        "pyproject.toml",
        "--mc-type",
        "application",
        "--output-reproducible",
        "--of",
        "JSON",
    )
    command = [sys.executable, "-m", "cyclonedx_py", *words, str(scripts / "python")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"sbom: {done.stderr.decode('utf-8', 'replace')}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def needed(sbom: dict[str, Any]) -> set[str]:
    """The references that banshi leads to, itself included: pip and the build backend are not among them."""
    leads_to = {entry["ref"]: entry.get("dependsOn", []) for entry in sbom["dependencies"]}
    found: set[str] = set()
    waiting = [sbom["metadata"]["component"]["bom-ref"]]
    while waiting:
        reference = waiting.pop()
        if reference not in found:
            found.add(reference)
            waiting += leads_to.get(reference, [])
    return found


def cut_down(sbom: dict[str, Any]) -> dict[str, Any]:
    """The same document with nothing but what banshi needs."""
    keep = needed(sbom)
    components = [component for component in sbom["components"] if component["bom-ref"] in keep]
    return sbom | {"components": components, "dependencies": [d for d in sbom["dependencies"] if d["ref"] in keep]}


def licences(component: dict[str, Any]) -> list[str]:
    """A component's licences as its maker declares them."""
    stated = component.get("licenses", [])
    return [s.get("expression") or s["license"].get("id") or s["license"]["name"] for s in stated]


def is_free(stated: list[str]) -> bool:
    """Whether every licence stated (of a choice: one) is one of the free ones without further conditions on our own work."""
    return bool(stated) and all(
        any(all(FREE.fullmatch(part.strip("( )")) for part in choice.split(" AND ")) for choice in one.split(" OR "))
        for one in stated
    )


def main() -> int:
    """Write both files and say what is in them."""
    sbom = cut_down(document())
    version = (ROOT / "src/banshi/__init__.py").read_text(encoding="utf-8").split('"')[-2]
    sbom["metadata"]["component"]["version"] = version
    name = f"banshi-{version}.cdx.json"
    (DIST / name).write_text(json.dumps(sbom, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    rows = [(c["name"], c["version"], "; ".join(licences(c))) for c in sbom["components"]]
    (DIST / "licences.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    refused = [
        f"{c['name']}: {licences(c) or 'no licence stated'}" for c in sbom["components"] if not is_free(licences(c))
    ]
    if refused:
        raise SystemExit("sbom: not to be relied on at run time:\n" + "\n".join(refused))
    print(
        f"dist/{name} and dist/licences.tsv: {len(rows)} packages, all under free licences without copyleft on banshi"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
