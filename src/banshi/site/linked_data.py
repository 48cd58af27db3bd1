"""What a page is about, for machines: JSON-LD in the words of schema.org, of facts that the page prints."""

from collections.abc import Sequence
from typing import Any

from banshi.law.guide_elements import Service
from banshi.law.guides import Guide
from banshi.law.instruments import PolicyVersion
from banshi.site.items import ItemView

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
    return _stated(said)


def guide_service(guide: Guide, versions: Sequence[PolicyVersion]) -> dict[str, Any]:
    """What a guide leads through, as a public service, with the texts that it follows."""
    own = versions[0]
    return _stated(
        {
            "@context": _CONTEXT,
            "@type": "GovernmentService",
            "name": guide.title,
            "description": guide.summary,
            "serviceType": own.subject,
            "provider": [_body(name) for name in own.issuers],
            "jurisdiction": {"@type": "AdministrativeArea", "name": own.jurisdiction_name},
            "subjectOf": [
                _stated({"@type": "Legislation", "name": each.title, "legislationIdentifier": each.number})
                for each in versions
            ],
            **_of_service(guide.service or Service()),
        }
    )


def item_service(view: ItemView) -> dict[str, Any]:
    """An item of a catalogue as a public service; what the catalogue does not state is left out."""
    item, catalogue = view.item, view.of.catalogue
    return _stated(
        {
            "@context": _CONTEXT,
            "@type": "GovernmentService",
            "name": item.name,
            "identifier": item.code or item.id,
            "serviceType": item.kind,
            "provider": [_body(catalogue.department_name(department)) for department in item.departments],
            "serviceOperator": _body(catalogue.centre),
            **_of_service(item),
        }
    )


def _of_service(service: Any) -> dict[str, Any]:
    """What a guide and an item state alike: whom it serves, what comes of it, where it is to be had."""
    place = {"@type": "Place", "name": service.place} if service.place else None
    phone = {"@type": "ContactPoint", "telephone": service.phone} if service.phone else None
    channel = _stated({"@type": "ServiceChannel", "serviceLocation": place, "servicePhone": phone})
    result = service.result.name if service.result else None
    return {
        "audience": [{"@type": "Audience", "audienceType": name} for name in service.served or ()],
        "serviceOutput": {"@type": "Thing", "name": result} if result else None,
        "availableChannel": channel if len(channel) > 1 else None,
    }


def _body(name: str) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": name}


def _stated(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value}


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
