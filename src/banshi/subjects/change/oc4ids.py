"""Projects with their changes as OC4IDS (Open Contracting for Infrastructure Data Standard, 0.9), for those who disclose them.

What becomes what:

- a project is a ``project``: its id, name (``title``) and 项目代码 (``identifiers``); the owner is its ``publicAuthority``;
- its contract is a ``contractingProcess`` for construction: the number, the contractor as supplier, and the price as
  ``contractValue`` (that of signing where it is stated, else the winning bid, 暂列金 included), in yuan (CNY);
- a change that passed is a ``modification``: number, reason (``rationale``), what sort of change (``description``), the price
  before and after it, and the day of the supplementary contract, else of the last decision. One that moves the price is of type
  ``value``, another one ``scope``. Each begins where the one before ended, in order of sequence.

Left out, because the standard has no place for it or only people know it: items, opinions, papers, publicity, pauses, tiers,
changes that are pending, refused or taken back; designers, supervisors and authorities (their contracts are not filed).
A day is written as its midnight in China, for the standard knows moments only.
"""

import datetime
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from banshi.base.money import ZERO
from banshi.base.text import Text
from banshi.subjects.change.filing import PASSED
from banshi.subjects.change.private_data import private_in

VERSION = "0.9"
_OWNER, _CONTRACTOR = "owner", "contractor"
_ENCODER = msgspec.json.Encoder(decimal_format="number")

Data = dict[str, Any]
Types = Callable[[str], dict[str, str]]


class NotExported(Exception):
    """Why nothing is disclosed: what may not be, or does not say enough."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


def package(ledgers: Sequence[Data], types: Types, publisher: str, address: str, on: datetime.date) -> bytes:
    """A project package of ledgers (plain data, values canonical). Raises ``NotExported``.

    ``types``: of a place, what the types of change are called. ``address``: where it is published; without one it is named by what
    it holds.
    """
    try:
        projects = [_project(each, types) for each in ledgers]
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        said = Text(
            f"缺少要写的内容或写法不对（{error}），先用 banshi check 改好", f"not complete or not well written: {error}"
        )
        raise NotExported(said) from None
    name = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(projects, ensure_ascii=False, default=str))
    whole = {
        "uri": f"{address.rstrip('/')}/oc4ids.json" if address else name.urn,
        "version": VERSION,
        "publishedDate": _moment(on.isoformat()),
        "publisher": {"name": publisher or _owner(ledgers[0])},
        "projects": projects,
    }
    return msgspec.json.format(_ENCODER.encode(whole), indent=2) + b"\n"


def _project(ledger: Data, types: Types) -> Data:
    project = ledger["project"]
    owner, contractor = _party(_OWNER, project.get("owner")), _party(_CONTRACTOR, project.get("contractor"))
    parties = ((owner, "publicAuthority"), (contractor, "supplier"))
    made = {
        "id": project["id"],
        "title": project["name"],
        "description": "样例（虚构）" if project.get("fictional") else None,
        "identifiers": [{"id": project["code"]}] if project.get("code") else None,
        "publicAuthority": owner,
        "parties": [{**party, "roles": [role]} for party, role in parties if party] or None,
        "contractingProcesses": [
            _process(project["contract"], contractor, ledger["changes"], types(project["jurisdiction"]))
        ],
    }
    found = {key: value for key, value in made.items() if value is not None}
    for label, text in _texts(found):
        if kind := private_in(text):
            said = Text(
                f"{project['id']} 的“{label}”里有{kind.zh}，不能公开", f"{project['id']}: {label} holds {kind.en}"
            )
            raise NotExported(said)
    return found


def _owner(ledger: Data) -> str:
    owner = ledger["project"].get("owner")
    if not owner:
        said = Text(
            "项目没有写业主，用 --publisher 写明由谁公开", "no owner is stated: name the publisher with --publisher"
        )
        raise NotExported(said)
    return str(owner)


def _process(contract: Data, contractor: Data | None, changes: Sequence[Data], types: dict[str, str]) -> Data:
    price = Decimal(str(contract.get("price") or contract["bid_price"]))
    modifications = list(_modifications(price, changes, types))  # the standard knows no empty list
    summary = {
        "externalReference": contract["number"],
        "nature": ["construction"],
        **({"suppliers": [contractor]} if contractor else {}),
        "contractValue": _value(price),
        **({"modifications": modifications} if modifications else {}),
    }
    return {"id": contract["number"], "summary": summary}


def _modifications(price: Decimal, changes: Sequence[Data], types: dict[str, str]) -> Iterator[Data]:
    passed = [each for each in changes if each["status"] in PASSED and not _under_way(each)]
    for change in sorted(passed, key=lambda each: int(each["sequence"])):
        net = Decimal(str(change["amounts"]["net"]))
        found = {
            "id": change["number"],
            "date": _decided(change),
            "description": types.get(change["type"], change["type"]),
            "rationale": change["reason"],
            "type": "scope" if net == ZERO else "value",
            "oldContractValue": _value(price),
            "newContractValue": _value(price + net),
        }
        price += net
        yield {key: value for key, value in found.items() if value is not None}


def _under_way(change: Data) -> bool:
    """Whether an emergency is carried out while its approval is still to come."""
    return change.get("emergency") is not None and change["status"] == "implemented"


def _decided(change: Data) -> str | None:
    """The day from which a change binds: that of the supplementary contract, else of the last decision."""
    signed = (change.get("supplementary_contract") or {}).get("signed_on")
    decided = [each["decided_on"] for each in change.get("opinions") or () if each.get("decided_on")]
    replied = (change.get("government_reply") or {}).get("date")
    days = sorted(str(day) for day in (*decided, replied) if day)
    day = str(signed) if signed else days[-1] if days else None
    return _moment(day) if day else None


def _party(role: str, name: str | None) -> Data | None:
    return {"id": role, "name": name} if name else None


def _value(amount: Decimal) -> Data:
    return {"amount": amount, "currency": "CNY"}


def _moment(day: str) -> str:
    return f"{day}T00:00:00+08:00"


def _texts(data: Any, label: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, label)
    elif isinstance(data, str) and label in ("title", "name", "rationale", "description"):
        yield label, data
