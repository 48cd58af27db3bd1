"""What a page is about, for machines: JSON-LD in the words of schema.org, of facts that the page prints."""

from typing import Any

from banshi.law.instruments import PolicyVersion

_CONTEXT = "https://schema.org"


def legislation(version: PolicyVersion) -> dict[str, Any]:
    """A text of an instrument; what its source does not state is left out, and nothing is said of its validity."""
    said = {
        "@context": _CONTEXT,
        "@type": "Legislation",
        "name": version.title,
        "legislationIdentifier": version.number,
        "legislationPassedBy": [{"@type": "GovernmentOrganization", "name": name} for name in version.issuers],
        "legislationDate": _day(version.dates.issued),
        "legislationDateVersion": _day(version.dates.in_force),
        "legislationJurisdiction": version.jurisdiction_name,
        "inLanguage": "zh-CN",
    }
    return {key: value for key, value in said.items() if value}


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
