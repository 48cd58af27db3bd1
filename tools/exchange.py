"""Fetches the public schema of OC4IDS into build/exchange/, for tests/test_oc4ids.py; never fails, only says why not.

It is in no package of a registry: it comes from its publisher's own address, or by hand, where that cannot be reached.
"""

import json
import sys
import urllib.request
from pathlib import Path

PLACE = Path(__file__).resolve().parent.parent / "build/exchange"
ADDRESS = "https://standard.open-contracting.org/infrastructure/schema/0__9__4/"
FILES = ("project-package-schema.json", "project-schema.json")
PATIENCE = 20


def main() -> None:
    """Fetch what is not there yet."""
    PLACE.mkdir(parents=True, exist_ok=True)
    try:
        for name in FILES:
            if not (PLACE / name).is_file():
                with urllib.request.urlopen(ADDRESS + name, timeout=PATIENCE) as answer:  # noqa: S310 - it is https
                    data = answer.read()
                json.loads(data)
                (PLACE / name).write_bytes(data)
    except (OSError, ValueError) as error:
        zh = f"取不到 OC4IDS 的公开模式（{error}），它的测试将跳过；也可以把 {ADDRESS} 的两个文件放进 build/exchange/"
        en = f"the public schema of OC4IDS cannot be had ({error}); its test is skipped. Its two files may be put there by hand"
        print(f"{zh} ／ {en}", file=sys.stderr)


if __name__ == "__main__":
    main()
