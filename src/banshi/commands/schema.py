"""``banshi schema DIR``: the schemas as files, each with its ``$id``, for editors and other programs."""

import argparse
from pathlib import Path

from banshi.base.text import Text
from banshi.centre.starters import SCHEMAS, schema_files
from banshi.commands.output import write_all
from banshi.commands.standing import centre_of, project_option


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help=f"写到哪里（默认：项目的 {SCHEMAS}，编辑器从那里取）"
    )
    parser.add_argument("--force", action="store_true", help="已有的文件不是 banshi 写的，或者写后有人改过，也覆盖")
    project_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write what differs; 2 where a file cannot be written."""
    centre = centre_of(options)
    folder: Path = options.folder or centre.folder / SCHEMAS
    files = {folder / name: data for name, data in schema_files(centre.folder).items()}
    differing = {path: data for path, data in files.items() if not path.is_file() or path.read_bytes() != data}
    if status := write_all(options, differing, force=options.force):
        return status
    say = Text(f"{folder}：{len(files)} 个格式文件。", f"{folder}: {len(files)} schemas.")
    print(say.say(options.lang))
    print(centre.law.said.say(options.lang))
    return 0
