"""``banshi serve``: the site on this machine while one works on it."""

import argparse
import sys
from pathlib import Path

from banshi.site.serve import serve
from banshi.text import Text


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000；0 为任选）")
    parser.add_argument("--host", default="127.0.0.1", help="地址（默认只有本机能看）")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted; 2 where the address cannot be used."""
    try:
        serve(Path.cwd(), options.host, options.port)
    except KeyboardInterrupt:
        return 0
    except (OSError, OverflowError) as error:
        address = f"{options.host}:{options.port}"
        say = Text(
            f"地址 {address} 不能用：{error}。换一个 --port", f"cannot use {address}: {error}. Try another --port"
        )
        print(f"banshi: {say.say(options.lang)}", file=sys.stderr)
        return 2
    return 0
