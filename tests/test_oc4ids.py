"""Projects as OC4IDS: a package worked out by hand, and that what is kept comes back the same.

The public schema is in no package of a registry; ``make exchange`` fetches it, and then every export is held against it. What it asks
of names and types is written out here besides.
"""

import datetime
import json
import random
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, laid_over
from jsonschema import Draft4Validator
from referencing import Registry, Resource

from banshi.subjects.change.oc4ids import NotExported, package

DAY = datetime.date(2012, 6, 1)
EXAMPLE = ROOT / "examples/change/binhe-road"
SCHEMAS = ROOT / "build/exchange"
NO_SCHEMA = (
    "没有 OC4IDS 的公开模式，没有对照：make exchange ／ no public schema of OC4IDS here, not compared: make exchange"
)


def made(*ledgers: dict[str, Any], address: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        package(ledgers, lambda _place: {"design_change": "设计变更"}, "样例中心", address, DAY), parse_float=Decimal
    )
    return found


def test_a_package_worked_out_by_hand(sound_ledger: dict[str, Any]) -> None:
    project, [change] = sound_ledger["project"], sound_ledger["changes"]
    one = laid_over(
        sound_ledger,
        {
            "project": {
                "id": "p",
                "name": "滨河路",
                "code": "2017-510500-48-01-000001",
                "contractor": "丙公司",
                "owner": "甲局",
            },
        },
    )
    one["project"]["contract"] |= {"number": "合-1", "bid_price": "1000000.00", "price": None}
    base = {**change, "status": "approved", "opinions": [], "reason": "地下管线", "type": "design_change"}
    for key in ("supplementary_contract", "government_reply", "emergency"):
        base.pop(key, None)
    opinion = {
        "step": "review",
        "office": "财政",
        "received_on": "2012-02-01",
        "complete_on": "2012-02-01",
        "conclusion": "同意",
    }
    changes = [
        {
            **base,
            "number": "2",
            "sequence": 2,
            "amounts": {**change["amounts"], "net": "-20000.50"},
            "status": "settled",
        },
        {
            **base,
            "number": "1",
            "sequence": 1,
            "amounts": {**change["amounts"], "net": "30000.25"},
            "opinions": [{**opinion, "decided_on": "2012-02-03"}],
            "government_reply": {"document": "批1", "date": "2012-02-07"},
        },
        {
            **base,
            "number": "3",
            "sequence": 3,
            "amounts": {**change["amounts"], "net": "0"},
            "supplementary_contract": {"number": "补", "signed_on": "2012-03-01"},
        },
        {**base, "number": "4", "sequence": 4, "amounts": {**change["amounts"], "net": "9"}, "status": "rejected"},
        {
            **base,
            "number": "5",
            "sequence": 5,
            "amounts": {**change["amounts"], "net": "9"},
            "status": "implemented",
            "emergency": {"records": []},
        },
    ]
    value = lambda amount: {"amount": Decimal(amount), "currency": "CNY"}  # noqa: E731
    owner, contractor = {"id": "owner", "name": "甲局"}, {"id": "contractor", "name": "丙公司"}
    expected = {
        "uri": "https://zw.example.cn/oc4ids.json",
        "version": "0.9",
        "publishedDate": "2012-06-01T00:00:00+08:00",
        "publisher": {"name": "样例中心"},
        "projects": [
            {
                "id": "p",
                "title": "滨河路",
                **({"description": "样例（虚构）"} if project.get("fictional") else {}),
                "identifiers": [{"id": "2017-510500-48-01-000001"}],
                "publicAuthority": owner,
                "parties": [{**owner, "roles": ["publicAuthority"]}, {**contractor, "roles": ["supplier"]}],
                "contractingProcesses": [
                    {
                        "id": "合-1",
                        "summary": {
                            "externalReference": "合-1",
                            "nature": ["construction"],
                            "suppliers": [contractor],
                            "contractValue": value("1000000.00"),
                            "modifications": [
                                {
                                    "id": "1",
                                    "date": "2012-02-07T00:00:00+08:00",
                                    "description": "设计变更",
                                    "rationale": "地下管线",
                                    "type": "value",
                                    "oldContractValue": value("1000000.00"),
                                    "newContractValue": value("1030000.25"),
                                },
                                {
                                    "id": "2",
                                    "description": "设计变更",
                                    "rationale": "地下管线",
                                    "type": "value",
                                    "oldContractValue": value("1030000.25"),
                                    "newContractValue": value("1009999.75"),
                                },
                                {
                                    "id": "3",
                                    "date": "2012-03-01T00:00:00+08:00",
                                    "description": "设计变更",
                                    "rationale": "地下管线",
                                    "type": "scope",
                                    "oldContractValue": value("1009999.75"),
                                    "newContractValue": value("1009999.75"),
                                },
                            ],
                        },
                    }
                ],
            }
        ],
    }
    assert made({**one, "changes": changes}, address="https://zw.example.cn/") == expected


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    """From the package alone: names, numbers, prices, and of each change that passed its number, reason and net amount."""
    out, lines = tmp_path / "o.json", tmp_path / "l.jsonl"
    assert banshi("convert", str(EXAMPLE), str(out), "--as", "oc4ids").returncode == 0
    assert banshi("convert", str(EXAMPLE), str(lines)).returncode == 0
    ledger = json.loads(lines.read_text(encoding="utf-8"))
    [project] = json.loads(out.read_text(encoding="utf-8"), parse_float=Decimal)["projects"]
    [process] = project["contractingProcesses"]
    said = {each["description"] for each in process["summary"]["modifications"]}
    assert said and not any(text.isascii() for text in said)  # as the law calls the types
    summary = process["summary"]
    own = ledger["project"]
    assert (project["id"], project["title"], project["publicAuthority"]["name"]) == (
        own["id"],
        own["name"],
        own["owner"],
    )
    assert (process["id"], summary["suppliers"][0]["name"]) == (own["contract"]["number"], own["contractor"])
    assert summary["contractValue"]["amount"] == Decimal(own["contract"].get("price") or own["contract"]["bid_price"])
    back = [
        (each["id"], each["rationale"], each["newContractValue"]["amount"] - each["oldContractValue"]["amount"])
        for each in summary["modifications"]
    ]
    passed = [
        each
        for each in ledger["changes"]
        if each["status"] in ("approved", "implemented", "settled")
        and not (each.get("emergency") and each["status"] == "implemented")
    ]
    assert back == [(each["number"], each["reason"], Decimal(each["amounts"]["net"])) for each in passed] and back
    steps = [
        Decimal(summary["contractValue"]["amount"]),
        *(each["newContractValue"]["amount"] for each in summary["modifications"]),
    ]
    assert [each["oldContractValue"]["amount"] for each in summary["modifications"]] == steps[:-1]


def test_the_same_content_has_the_same_name_and_another_has_another(sound_ledger: dict[str, Any]) -> None:
    one, same, other = (
        made(sound_ledger),
        made(sound_ledger),
        made(laid_over(sound_ledger, {"project": {"name": "另一条"}})),
    )
    assert one == same and one["uri"].startswith("urn:uuid:") and one["uri"] != other["uri"]


def test_the_number_of_a_person_is_refused(sound_ledger: dict[str, Any]) -> None:
    with pytest.raises(NotExported, match="手机号码"):
        made(laid_over(sound_ledger, {"project": {"owner": "甲局（联系 13800138000）"}}))


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = banshi("convert", str(EXAMPLE), str(tmp_path / "o.yaml"), "--as", "oc4ids")
    assert done.returncode == 2 and ".json" in done.stderr
    done = banshi(
        "convert", str(ROOT / "examples/attendance/2010-02/register.yaml"), str(tmp_path / "o.json"), "--as", "oc4ids"
    )
    assert done.returncode == 2 and "工程变更" in done.stderr
    folder = tmp_path / "p"
    shutil.copytree(EXAMPLE, folder)
    form = folder / "changes/001.yaml"
    lines = form.read_text(encoding="utf-8").splitlines()
    form.write_text("\n".join(line for line in lines if not line.startswith("reason:")), encoding="utf-8")
    done = banshi("convert", str(folder), str(tmp_path / "o.json"), "--as", "oc4ids")
    assert done.returncode == 2 and "reason" in done.stderr and not (tmp_path / "o.json").exists()


@pytest.fixture
def public_schema() -> Draft4Validator:
    """The published schema, and that no key is one that it does not know: it would let that pass."""
    places = [SCHEMAS / f"project-{name}.json" for name in ("package-schema", "schema")]
    if not all(place.is_file() for place in places):
        pytest.skip(NO_SCHEMA)
    schemas = [_closed(json.loads(place.read_text(encoding="utf-8"))) for place in places]
    own = Registry().with_resources([(each["id"], Resource.from_contents(each)) for each in schemas])
    return Draft4Validator(schemas[0], registry=own)


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        found["additionalProperties"] = False
    return found


@pytest.mark.parametrize("place", ["change/binhe-road", "linjiang/change/riverside.yaml"])
def test_an_export_is_sound_by_the_public_schema(public_schema: Draft4Validator, place: str, tmp_path: Path) -> None:
    centre = next(each for each in (ROOT / "examples" / place).parents if (each / "banshi.toml").is_file())
    out = tmp_path / "o.json"
    assert banshi("convert", str(ROOT / "examples" / place), str(out), "--as", "oc4ids", cwd=centre).returncode == 0
    assert list(public_schema.iter_errors(json.loads(out.read_text(encoding="utf-8")))) == []


def test_whatever_is_exported_is_sound_by_it(public_schema: Draft4Validator, sound_ledger: dict[str, Any]) -> None:
    """Changes that passed or not, that raise, lower or keep the price, with and without what may be left out."""
    chance, least = random.Random(15), 0
    for _ in range(200):
        one = json.loads(json.dumps(sound_ledger, default=str))
        for key in ("code", "contractor", "fictional"):
            if chance.random() < 0.5:
                one["project"].pop(key, None)
        [change] = one["changes"]
        one["changes"] = [
            {
                **change,
                "number": f"变-{n}",
                "sequence": n,
                "status": chance.choice(("approved", "implemented", "settled", "rejected", "draft")),
                "amounts": {**change["amounts"], "net": str(chance.randrange(-(10**6), 10**6) / Decimal(100))},
                **chance.choice(({}, {"supplementary_contract": {"number": "补", "signed_on": "2012-03-01"}})),
            }
            for n in range(chance.randrange(4))
        ]
        found = json.loads(package([one], lambda _: {}, chance.choice(("中心", "")), "", DAY))
        assert list(public_schema.iter_errors(found)) == []
        least += sum(
            "modifications" in each["summary"] for p in found["projects"] for each in p["contractingProcesses"]
        )
    assert least > 50


def test_what_is_not_sound_is_found(public_schema: Draft4Validator, sound_ledger: dict[str, Any]) -> None:
    found = made(sound_ledger)
    assert list(public_schema.iter_errors(found)) == []
    for wrong in ({"version": "nine"}, {"projects": []}, {"foreign": 1}):
        assert list(public_schema.iter_errors({**found, **wrong}))
