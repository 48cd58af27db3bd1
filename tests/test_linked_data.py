"""What pages say of themselves to machines is what they print: nothing more, nothing that is not stated."""

import json
from typing import Any

import pytest
from conftest import ROOT

from banshi.centre.centre import Centre
from banshi.site.content import Content
from banshi.site.pages import Page, pages


@pytest.fixture(scope="module")
def made() -> list[Page]:
    return [page for page in pages(Content(Centre(ROOT))) if page.template in ("guide.md.j2", "item.md.j2")]


def texts(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for key, value in data.items() if not key.startswith("@") for text in texts(value)]
    return [text for each in data for text in texts(each)] if isinstance(data, list) else [data]


def test_every_guide_and_item_is_a_service_of_what_it_prints(made: list[Page]) -> None:
    assert {page.template for page in made} == {"guide.md.j2", "item.md.j2"}
    for page in made:
        data = page.data
        assert data is not None and data["@type"] == "GovernmentService"
        assert json.loads(json.dumps(data)) == data
        assert all(isinstance(text, str) and text for text in texts(data))
        assert data["name"] == page.title


def test_an_item_says_who_decides_it_and_what_comes_of_it(made: list[Page]) -> None:
    for page in (page for page in made if page.template == "item.md.j2"):
        view, data = page.context["view"], page.data
        assert data is not None
        assert view.department in [each["name"] for each in data["provider"]]
        assert data["serviceOperator"]["name"] == view.of.catalogue.centre
        result = view.item.result.name if view.item.result else None
        assert data.get("serviceOutput", {}).get("name") == result
        assert [each["audienceType"] for each in data.get("audience", ())] == list(view.item.served or ())


def test_a_guide_names_the_texts_that_it_follows(made: list[Page]) -> None:
    for page in (page for page in made if page.template == "guide.md.j2"):
        assert page.data is not None
        said = {each["name"] for each in page.data["subjectOf"]}
        assert said == {version.title for version in page.context["view"].versions}
