"""How far long work has come: a bar with rate and time left on a terminal, a line where it was interrupted."""

import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from banshi.base.folders import files_below
from banshi.base.text import Lang, Text
from banshi.files.regular_files import STDIN, watched
from banshi.files.units import ProjectFolder, Unit
from banshi.output.terminal import bare

_FIRST, _EVERY = 1.0, 0.2  # seconds: most work is done before anything is shown
_WIDE = 20  # characters of the bar
_MB = 10**6

_NOTHING = Text("没有写任何结果", "no result was written")


class Interrupted(KeyboardInterrupt):
    """Somebody stopped the work; ``why`` says how far it came."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


class Progress:
    """Counts what is done while a ``with`` block lasts: bytes that are read, or what ``step`` is told of.

    On a terminal (unless ``quiet``) a line on standard error shows it, once the work has taken a second; elsewhere
    nothing is written. An interrupt becomes ``Interrupted``. ``unit``: what is counted where it is no bytes.
    ``total``: how much there is, if that is known; asked only where it is shown.
    """

    def __init__(
        self,
        label: Text,
        total: Callable[[], int | None] = lambda: None,
        *,
        unit: Text | None = None,
        lang: Lang = "zh",
        quiet: bool = False,
        stays: Text = _NOTHING,
        stream: IO[str] | None = None,
    ) -> None:
        """``label``: what is being done, as it stands before the count: 已检查. ``stays``: what is there after an interrupt."""
        self._stream = bare(stream or sys.stderr)
        self._label, self._unit, self._lang, self._asked = label, unit, lang, total
        self._stays = stays
        self._shows = not quiet and self._stream.isatty()
        self._process, self._began = os.getpid(), time.monotonic()
        self._next, self._shown = self._began + _FIRST, False
        self._total: int | None = None
        self._known = False
        self._done, self._new, self._files = 0, 0, dict[int, int]()
        self._block = ExitStack()

    def __enter__(self) -> Self:
        if self._unit is None:
            self._block.enter_context(watched(self._read))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Clear the line; of an interrupt it is said how far the work came."""
        self._block.close()
        self._clear()
        if isinstance(error, KeyboardInterrupt) and not isinstance(error, Interrupted):
            raise Interrupted(self._stopped()) from None

    @property
    def shows(self) -> bool:
        """Whether anybody watches."""
        return self._shows

    def step(self, more: int = 1) -> None:
        """So many more are done."""
        self._done += more
        if self._shows and time.monotonic() >= self._next:
            self._show()

    def unit_done(self, unit: Unit) -> None:
        """A unit of work is done; of a folder that another process has read, nothing was seen here."""
        if self._shows and not self._new and isinstance(unit, ProjectFolder):
            self.step(size_of([unit.folder]))
        self._new = 0

    def again(self) -> None:
        """All of it once more, now that every part knows of the others."""
        self._clear()
        self._label = Text("再核对一遍，" + self._label.zh, "once more, " + self._label.en)
        self._done, self._began = 0, time.monotonic()
        self._files.clear()

    def _read(self, file: int, size: int, count: int) -> None:
        """Some bytes of a file; what is read twice counts once."""
        before = self._files.get(file, 0)
        after = self._files[file] = min(size, before + count)
        self._new += count
        self.step(after - before)

    # What is said

    def _show(self) -> None:
        now = time.monotonic()
        self._next, self._shown = now + _EVERY, self._process == os.getpid()
        if self._shown:  # a process that was started for a share of the work says nothing
            self._write(f"\r{self._line(now - self._began)}\033[K")

    def _line(self, seconds: float) -> str:
        total, rate = self._all(), self._done / max(seconds, 0.001)
        parts = [self._label.say(self._lang), self._counted()]
        if total:
            share = min(1.0, self._done / total)
            left = max(0, total - self._done) / rate if rate else 0.0  # law and rules are read besides
            full = round(share * _WIDE)
            parts[1:1] = [f"{'█' * full}{'░' * (_WIDE - full)} {share:.0%}"]
            parts += [Text(f"还要 {_clock(left)}", f"{_clock(left)} left").say(self._lang)]
        parts[-1:-1] = [f"{self._amount(round(rate))}/{Text('秒', 's').say(self._lang)}"]
        return "  ".join(parts)

    def _counted(self) -> str:
        total = self._all()
        return self._amount(min(self._done, total or self._done)) + (f" / {self._amount(total)}" if total else "")

    def _amount(self, count: int) -> str:
        if self._unit is None:
            return f"{count / _MB:,.1f} MB"
        return f"{count:,} {self._unit.say(self._lang)}"

    def _all(self) -> int | None:
        if not self._known:
            self._known, self._total = True, self._asked()
        return self._total

    def _stopped(self) -> Text:
        self._lang = "zh"
        zh = f"已中断：{self._label.zh} {self._counted()}；{self._stays.zh}"
        self._lang = "en"
        return Text(zh, f"interrupted: {self._label.en} {self._counted()}; {self._stays.en}")

    def _clear(self) -> None:
        if self._shown and self._process == os.getpid():
            self._write("\r\033[K")
            self._shown = False

    def _write(self, text: str) -> None:
        with suppress(OSError):  # the terminal may be gone; the work goes on
            self._stream.write(text)
            self._stream.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def size_of(paths: Iterable[Path]) -> int:
    """How many bytes lie under some paths; of what cannot be looked at, none."""
    return sum(_size(path) for path in paths if str(path) != STDIN)


def _size(path: Path) -> int:
    try:
        if not path.is_dir():
            return path.stat().st_size
        return sum(each.stat().st_size for each in files_below(path) if not each.is_symlink())
    except (OSError, ValueError):
        return 0
