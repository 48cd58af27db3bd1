"""Writes schemas/*.schema.json from the types: what a field is called and what it means stands beside its type alone.

make schemas
"""

import sys
from pathlib import Path

from banshi.files.kinds import KINDS, function
from banshi.files.shape import SUFFIX
from banshi.files.written_schemas import common, schema_of, text_of

FOLDER = Path(__file__).resolve().parent.parent / "schemas"


def written() -> dict[str, str]:
    """Name → text of each schema file."""
    forms = {kind.name: function(kind.typed) for kind in KINDS.values()}
    schemas = {"common": common(), **{kind: schema_of(kind, forms) for kind in forms}}
    return {f"{name}{SUFFIX}": text_of(schema) for name, schema in schemas.items()}


def main() -> int:
    """Write those that differ, and say which."""
    for name, text in written().items():
        path = FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"schemas/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
