"""``python -m banshi``, and the command ``banshi``. The folder that one stands in is no place for modules: it may hold anybody's files."""

import gc
import os
import sys

_SELDOM = 1 << 14  # things that may hold others and came to be since it was looked last


def main() -> int:
    """Run the command line. Importing its modules leaves no garbage, so none is looked for then, and seldom later."""
    gc.disable()
    from banshi.cli import main as run  # late: it imports nearly all there is

    gc.freeze()
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    gc.enable()
    return run()


if __name__ == "__main__":
    try:
        here = os.getcwd()
    except OSError:  # it is gone, which is told later
        here = ""
    if not sys.flags.safe_path and sys.path[0] in ("", here):
        del sys.path[0]
    sys.exit(main())
