"""A file that is replaced by a link between the look and the opening, and links that choose where we write."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from banshi.base import writing
from banshi.base.writing import NotWritten, whole_stream, write_whole
from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files import regular_files
from banshi.files.regular_files import Moved, open_regular, stays_inside

LEDGER = "kind: ledger\njurisdiction: luzhou\nproject: {id: geheim-1}\n"
LOG = "kind: cases\nfictional: true\njurisdiction: luzhou\ncentre: 甲\nlevel: city\nas_of: 2012-12-31\nlog: 办件.csv\n"
SECRET = "geheim-2,geheim-3\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text(SECRET, "utf-8")
    (tmp_path / "in").mkdir()
    return tmp_path


def swapped(path: Path, monkeypatch: pytest.MonkeyPatch, by: Callable[[], None]) -> None:
    """At the moment of opening ``path``, it is something else."""
    plain = os.open

    def opened(name: object, flags: int, *rest: int) -> int:
        if os.path.abspath(os.fspath(name)) == str(path):  # type: ignore[call-overload]
            by()
        return plain(name, flags, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(regular_files.os, "open", opened)


@pytest.mark.parametrize("what", ["the file", "its folder"])
@pytest.mark.parametrize("name", ["a.yaml", "办件.csv"])
def test_nothing_outside_is_read(
    what: str, name: str, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = place / "in/sub"
    folder.mkdir()
    (folder / "log.yaml").write_text(LOG, "utf-8")
    (folder / "办件.csv").write_text("办件编号,类别\n1,甲\n", "utf-8")
    (folder / "a.yaml").write_text(LEDGER, "utf-8")
    (place / "out").mkdir()
    (place / "out" / name).write_text(SECRET, "utf-8")

    def by() -> None:
        if what == "the file":
            (folder / name).unlink(missing_ok=True)
            (folder / name).symlink_to(place / "out" / name)
        elif not folder.is_symlink():
            folder.rename(place / "in/was")
            folder.symlink_to(place / "out")

    swapped(folder / name, monkeypatch, by)
    assert main(["check", str(place / "in")]) == 1
    said = capsys.readouterr().out
    assert "geheim-2" not in said and "geheim-3" not in said and "内部错误" not in said
    assert "换成了别处的文件" in said


@pytest.mark.parametrize("linked", [True, False])
def test_what_was_looked_at_is_what_is_opened(linked: bool, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link inside the folder holds, and so does a file that was saved anew; also where the system tells less."""
    path, real = place / "in/a", place / "in/b"
    real.write_bytes(b"1")
    path.symlink_to(real) if linked else path.write_bytes(b"1")
    for less in (False, True):
        if less:
            monkeypatch.setattr(regular_files, "_OPENED", str(place / "nothing/%d"))
        assert stays_inside(path, place / "in")
        open_regular(path).close()
        fresh = place / "in/c"
        fresh.write_bytes(b"2")
        fresh.replace(real if linked else path)
        open_regular(path).close()
        kept = path.readlink() if linked else path.read_bytes()
        path.unlink()
        path.symlink_to(place / "secret")
        with pytest.raises(Moved):
            open_regular(path)
        path.unlink()
        path.symlink_to(kept) if isinstance(kept, Path) else path.write_bytes(kept)
    assert not stays_inside(place / "secret", place / "in")


@pytest.mark.parametrize("there", ["nothing", "a file", "ours"])
def test_a_link_does_not_choose_where_we_write(there: str, place: Path) -> None:
    target, link = place / "target.html", place / "in/out.html"
    if there == "a file":
        target.write_bytes(b"theirs")
    elif there == "ours":
        write_whole(target, b"ours")
    link.symlink_to(target)
    before = target.read_bytes() if target.exists() else None
    with pytest.raises(NotWritten):
        write_whole(link, b"new")
    with pytest.raises(NotWritten), whole_stream(link):
        pass
    assert (target.read_bytes() if target.exists() else None) == before and link.is_symlink()
    write_whole(link, b"new", force=True)
    assert target.read_bytes() == b"new"


def test_a_link_within_the_folder_is_written_through(place: Path) -> None:
    (place / "in/latest.html").symlink_to("a.html")
    write_whole(place / "in/latest.html", b"new")
    assert (place / "in/a.html").read_bytes() == b"new" and (place / "in/latest.html").is_symlink()


@pytest.mark.parametrize("by", ["link", "file"])
def test_a_pipe_that_is_something_else_by_then(by: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = place / "in/pipe"
    os.mkfifo(pipe)
    plain = os.open

    def opened(name: object, flags: int, *rest: int) -> int:
        if os.fspath(name) == str(pipe):  # type: ignore[call-overload]
            pipe.unlink()
            pipe.symlink_to(place / "secret") if by == "link" else pipe.hardlink_to(place / "secret")
        return plain(name, flags, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(writing.os, "open", opened)
    with pytest.raises(NotWritten):
        write_whole(pipe, b"new")
    assert (place / "secret").read_text("utf-8") == SECRET


def test_what_lies_where_we_prepare_is_not_written_through(place: Path) -> None:
    """The name of the file that is prepared can be guessed; what lies there is another's."""
    target = place / "in/a.html"
    part = writing.beside(target, "banshi-part")
    part.symlink_to(place / "secret")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new" and not target.is_symlink()
    assert (place / "secret").read_text("utf-8") == SECRET and not os.path.lexists(part)


def test_many_are_looked_at(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regular_files, "_MOST_LOOKED_AT", 3)
    for n in range(9):
        (place / f"in/{n}.yaml").write_text(LEDGER, "utf-8")
    Checker(place).check([place / "in"])
    assert len(regular_files._kept_places) <= 3
