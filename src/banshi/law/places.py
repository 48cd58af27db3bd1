"""Jurisdictions: paths such as ``city/county``, under the nation whose law holds in every one."""

NATION = "cn"  # whose law holds in every jurisdiction


def places_above(jurisdiction: str) -> list[str]:
    """The nation, then a jurisdiction's parents and itself: ``city/county`` gives cn, city and city/county."""
    parts = jurisdiction.split("/")
    places = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    return places if places[0] == NATION else [NATION, *places]


def place_above(jurisdiction: str) -> str:
    """The next place above a jurisdiction: the city of ``city/county``, the nation of ``city``."""
    return ([NATION, *places_above(jurisdiction)])[-2]
