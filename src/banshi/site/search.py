from pathlib import Path


def index(place: Path) -> None:
    pass
