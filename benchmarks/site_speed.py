"""A site that grows: what ``banshi build`` costs itself, and what it costs mkdocs, in three sizes.

    python benchmarks/site_speed.py [PAGES …] [--keep FOLDER]

A made-up centre of about 280, 1,000 and 5,000 pages (or as many as are given): a fifth are instruments of ten provisions,
the rest items of catalogues. Printed: seconds of processor of our own share (check, render, index) and of mkdocs, their
ratio, the peak memory of each, and the exponent of our share between the last two sizes. ``--keep``: the centres and
their sites stay there.
"""

import argparse
import json
import math
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from law_speed import PLACE, day, head

SIZES = (280, 1000, 5000)
_ONCE = 250  # pages that every centre has: rules, formats, days off
_ITEMS_A_CATALOGUE = 200
_RUN = """
import json, resource, sys
from banshi.cli import main
code = main(sys.argv[1:])
own, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
found = {"code": code} | {
    name: {"seconds": each.ru_utime + each.ru_stime, "memory": each.ru_maxrss // 1024}
    for name, each in (("own", own), ("builder", theirs))
}
print(json.dumps(found))
"""
_WORDS = [
    "受理",
    "审查",
    "材料",
    "申请人",
    "办结",
    "期限",
    "工作日",
    "公示",
    "主管部门",
    "中心",
    "窗口",
    "登记",
    "备案",
    "许可",
    "证明",
    "复印件",
    "审批",
    "现场",
    "勘验",
    "意见",
    "听证",
    "决定",
    "送达",
    "收费",
    "标准",
    "减免",
    "补正",
    "告知",
    "承诺",
    "联合",
    "并联",
    "牵头",
    "会签",
    "抄送",
    "考核",
    "通报",
    "整改",
    "责任",
    "监督",
    "投诉",
    "回访",
    "档案",
    "归档",
    "公开",
    "目录",
    "清单",
    "流程",
    "环节",
    "时限",
    "压缩",
    "提速",
    "网上",
    "预约",
]


def main() -> None:
    """Measure each size and print a line on it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=int, default=SIZES)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="banshi-bench-") as name:
        found = [measure(pages, (options.keep or Path(name)) / str(pages)) for pages in options.pages]
    if len(found) > 1:
        (fewer, less), (more, much) = found[-2:]
        print(f"exponent of our own share {math.log(much / less) / math.log(more / fewer):.2f}")


def measure(pages: int, folder: Path) -> tuple[int, float]:
    """Pages of the site, and seconds of our own share."""
    write(folder, pages)
    command = [sys.executable, "-c", _RUN, "build", "--no-checker", "--project", ".", "--site-dir", "site", "--force"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {"code": None}
    if found["code"] != 0:
        raise SystemExit(f"{folder}: {done.stdout[-1600:]}{done.stderr[-600:]}")
    built = sum(1 for _ in (folder / "site").rglob("index.html"))
    own, builder = found["own"], found["builder"]
    size = sum(each.stat().st_size for each in (folder / "site/search").iterdir())
    print(
        f"{built:,} pages: own {own['seconds']:.1f} s, {own['memory']} MB; mkdocs {builder['seconds']:.1f} s, "
        f"{builder['memory']} MB; own share {own['seconds'] / builder['seconds']:.0%} of it; index {size / 1e6:.1f} MB",
        flush=True,
    )
    return built, own["seconds"]


def write(folder: Path, pages: int) -> None:
    """A centre's folder whose site has about so many pages."""
    more = max(pages - _ONCE, 10)
    policies = folder / "policies" / PLACE
    files = {folder / "banshi.toml": f'name = "样城市政务服务中心（虚构）"\njurisdiction = "{PLACE}"\nlevel = "city"\n'}
    for number in range(more // 5):
        files[policies / f"rules-{number:04}" / f"{day(number % 400)}.yaml"] = as_json(instrument(number))
    items = more - more // 5
    for number, first in enumerate(range(0, items, _ITEMS_A_CATALOGUE)):
        held = range(first, min(first + _ITEMS_A_CATALOGUE, items))
        files[policies / "catalogues" / f"list-{number:02}.yaml"] = as_json(catalogue(number, held))
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def as_json(data: object) -> str:
    """YAML takes it, and it is quick to write."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def words(chance: random.Random, count: int) -> str:
    return "".join(chance.choices(_WORDS, k=count))


def instrument(number: int) -> dict[str, Any]:
    """An instrument of ten provisions that says who does what, as most do."""
    chance, since = random.Random(number), day(number % 400)
    found = head(f"{PLACE}/rules-{number:04}", since)
    title, subject = f"{words(chance, 3)}办法（虚构第{number}号）", words(chance, 2)
    offices = {f"office_{n}": {"name": f"{words(chance, 1)}科{n}"} for n in range(4)}
    return {**found, "title": title, "subject": subject, "offices": offices, "provisions": list(provisions(chance))}


def provisions(chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(1, 11):
        duties = [{"office": f"office_{n}", "task": words(chance, 8)} for n in chance.sample(range(4), 2)]
        norm = {"id": f"norm-{number}", "kind": "duty", "statement": "{duties}。", "duties": duties}
        heading = words(chance, 2)
        yield {
            "id": str(number),
            "label": f"第{number}条",
            "heading": heading,
            "source": {"note": "虚构"},
            "norms": [norm],
        }


def catalogue(number: int, held: range) -> dict[str, Any]:
    """A catalogue of items, of twenty departments."""
    chance = random.Random(-number - 1)
    departments = [{"id": f"d-{n:02}", "name": f"{words(chance, 1)}{n}"} for n in range(20)]
    return {
        "kind": "catalogue",
        "jurisdiction": PLACE,
        "centre": "样城市政务服务中心（虚构）",
        "title": f"事项目录{number}（虚构）",
        "case_kind": "investment_project",
        "in_use_from": "2011-06-01",
        "departments": departments,
        "items": [item(chance, each) for each in held],
    }


def item(chance: random.Random, number: int) -> dict[str, Any]:
    statutory = chance.randrange(10, 30)
    return {
        "id": f"item-{number:05}",
        "name": f"{words(chance, 3)}（虚构{number}）",
        "department": f"d-{number % 20:02}",
        "handling": "promised",
        "limits": {"statutory": statutory, "promised": statutory // 2, "unit": "工作日"},
        "materials": [
            {"id": f"m-{number}-{n}", "name": f"{words(chance, 3)}{n}", "form": "paper", "copies": 1} for n in range(4)
        ],
        "result": {"name": "批复", "kind": "批文", "sample": "样例.pdf"},
        "fields": [{"id": f"f-{number}-{n}", "name": f"{words(chance, 2)}{n}", "type": "text"} for n in range(4)],
    }


if __name__ == "__main__":
    main()
