"""Where a centre's site is to be found, as far as its settings say so."""

from banshi.base.folders import CONFIG
from banshi.centre.centre import Centre
from banshi.centre.mkdocs_settings import wanted


def site_address(centre: Centre) -> str:
    """``address`` of banshi.toml, else ``site_url`` of the project's mkdocs.yml; ends with a slash; empty where none says so."""
    own = centre.folder / CONFIG
    said = centre.settings.address or (wanted(own).safe.get("site_url") if own.is_file() else "") or ""
    return f"{str(said).rstrip('/')}/" if said else ""
