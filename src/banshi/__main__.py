"""``python -m banshi``, and the command ``banshi``. The folder that one stands in is no place for modules: it may hold anybody's files."""

import gc
import importlib
import os
import sys

_BACKPORTS = "typing_extensions"
_SELDOM = 1 << 14  # things that may hold others and came to be since it was looked last


def main() -> int:
    """Run the command line. Importing its modules leaves no garbage, so none is looked for then, and seldom later."""
    gc.disable()
    _without_backports()
    from banshi.cli import main as run  # late: it imports nearly all there is

    gc.freeze()
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    gc.enable()
    return run()


def _without_backports() -> None:
    """Import msgspec as it is where nobody has installed what backports types to older Pythons: that imports a good deal."""
    if _BACKPORTS in sys.modules:
        return
    sys.modules[_BACKPORTS] = None  # type: ignore[assignment]  # as the import system has it: not to be found
    try:
        importlib.import_module("msgspec")
    finally:
        del sys.modules[_BACKPORTS]


if __name__ == "__main__":
    try:
        here = os.getcwd()
    except OSError:  # it is gone, which is told later
        here = ""
    if not sys.flags.safe_path and sys.path[0] in ("", here):
        del sys.path[0]
    sys.exit(main())
