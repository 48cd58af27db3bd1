"""``python -m banshi``. The folder that one stands in is no place for modules: it may hold anybody's files."""

import os
import sys

try:
    here = os.getcwd()
except OSError:  # it is gone, which is told later
    here = ""
if not sys.flags.safe_path and sys.path[0] in ("", here):
    del sys.path[0]

from banshi.cli import main

sys.exit(main())
