"""Where content lives: a project's own folders first, the shipped ones after them."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def project_of(*starts: Path) -> Path:
    """The folder of the centre: the first ancestor of a start that has ``policies`` or ``banshi.toml``; else the first."""
    for start in starts:
        for folder in (start, *start.parents):
            if (folder / "policies").is_dir() or (folder / "banshi.toml").is_file():
                return folder
    return starts[0]


def shipped(name: str) -> Path:
    """The shipped folder or file ``name``: inside the wheel, or at the top of a checkout."""
    inside = _PACKAGE / name
    return inside if inside.exists() else _PACKAGE.parent.parent / name


def layered(project: Path, name: str) -> list[Path]:
    """The project's own folder ``name`` (if any), then the shipped one; each at most once."""
    own, ours = (project / name).resolve(), shipped(name).resolve()
    return [folder for folder in dict.fromkeys((own, ours)) if folder.is_dir()]


def first_file(project: Path, name: str) -> Path:
    """The project's own file ``name`` if it has one, else the shipped one."""
    own = project / name
    return own if own.is_file() else shipped(name)


def own_policies(project: Path) -> Path | None:
    """The project's own policies folder, or None when it has none."""
    own = project / "policies"
    return own if own.is_dir() else None
