"""The centre whose law, schemas, rules, templates and settings a command applies, and whether its own code may run."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from banshi.base.folders import CONFIG, POLICIES, code_folders, is_project, layered, own_policies
from banshi.base.text import Text, listed
from banshi.centre.own_code import RULES, TEMPLATES, OwnCode, own_code
from banshi.centre.settings import Settings, SettingsUnusable
from banshi.centre.trust import CodeStanding, TrustRecord, TrustUnusable, record
from banshi.files.law_used import LawUsed, law_used
from banshi.law.library import NATION, Library, places_above
from banshi.law.working_days import FOLDER as WORKING_DAYS

_SHOWN = 5  # how many files one message names
_NAMES = {
    RULES: Text("自己的规则", "rules of its own"),
    TEMPLATES: Text("自己的模板", "templates of its own"),
    CONFIG: Text("自己的网站设置", "site settings of its own"),
}


class Centre(Struct, frozen=True, dict=True):
    """The project that a person stands in or names. ``vouched``: the person says that its code may run this once."""

    folder: Path
    vouched: bool = False

    @cached_property
    def _record(self) -> TrustRecord | str:
        try:
            return record()
        except TrustUnusable as error:
            return str(error)

    def code(self, part: str) -> OwnCode:
        """A part of its own code: ``validators``, ``site_templates`` or ``mkdocs.yml``."""
        known: dict[str, OwnCode] = self.__dict__.setdefault("_codes", {})
        if part not in known:
            known[part] = own_code(self.folder, part)
        return known[part]

    def standing(self, part: str) -> CodeStanding:
        """How a part of its own code stands with this user."""
        code = self.code(part)
        if not code:
            return CodeStanding.NONE
        if code.unfit:
            return CodeStanding.UNFIT
        if self.vouched:
            return CodeStanding.TRUSTED
        return CodeStanding.UNKNOWN if isinstance(self._record, str) else self._record.standing(self.folder, code)

    def runs(self, part: str) -> bool:
        """Whether a part of its own code may run."""
        return self.standing(part) is CodeStanding.TRUSTED

    @cached_property
    def settings(self) -> Settings:
        """What the project says of itself. Raises ``SettingsUnusable``."""
        return Settings.read(self.folder)

    @cached_property
    def jurisdiction(self) -> str | None:
        """Whose law is asked where nothing else says so: as set, else the only one that its own policies are of.

        Raises ``SettingsUnusable`` or ``PolicyUnreadable``.
        """
        return self.settings.jurisdiction or _only_place(self.folder)

    @cached_property
    def _own(self) -> tuple[list[str], str]:
        """Jurisdictions whose instruments are the project's own matter, and the one below which all are."""
        own = own_policies(self.folder)
        if self.jurisdiction:
            return places_above(self.jurisdiction), self.jurisdiction + "/"
        return [NATION, *(p.name for p in own.iterdir() if p.is_dir())] if own else [NATION], ""

    def owns(self, instrument: str) -> bool:
        """Whether an instrument (or another thing ``jurisdiction/name``) is of the project's own jurisdiction, or the nation's.

        Where one stands in no project, nothing is anybody's own, and all that is shipped counts.
        """
        places, below = self._own
        mine = instrument.rpartition("/")[0] in places or (bool(below) and instrument.startswith(below))
        return mine or not is_project(self.folder)

    def names(self, instrument: str) -> bool:
        """Whether ``publish`` names an instrument, or the whole of its jurisdiction."""
        return any(instrument == each or instrument.startswith(each + "/") for each in self.settings.publish)

    def applies(self, instrument: str) -> bool:
        """Whether an instrument is of its own jurisdiction or the nation's, or named to be published."""
        return self.names(instrument) or self.owns(instrument)

    def publishes(self, instrument: str) -> bool:
        """Whether its site shows an instrument: its own, and what ``publish`` names.

        What is shipped of the nation's is applied, and shown only where it is named; but for the working days, which
        every time limit on its pages rests on.
        """
        place, _, name = instrument.rpartition("/")
        shipped = place == NATION and name != WORKING_DAYS and not (self.folder / POLICIES / instrument).is_dir()
        return self.names(instrument) or (self.owns(instrument) and not (shipped and is_project(self.folder)))

    def look_at_settings(self) -> None:
        """Raises ``SettingsUnusable`` where the settings name what there is not."""
        known = Library(layered(self.folder, POLICIES)).instruments() if self.settings.publish else []
        for each in self.settings.publish:
            if not any(instrument == each or instrument.startswith(each + "/") for instrument in known):
                raise SettingsUnusable(f"设置里的 publish：没有 {each} 这个文件或辖区。可用：{listed(known)}")

    @cached_property
    def law(self) -> LawUsed:
        """The law that it applies."""
        return law_used(self.folder)

    def layers(self, part: str) -> list[Path]:
        """The folders of rules or of templates that are used: its own first, where it may run."""
        return code_folders(self.folder, part, own=self.runs(part))

    @property
    def rule_folders(self) -> list[Path]:
        """The folders of rules that run."""
        return self.layers(RULES)

    @property
    def templates(self) -> Path | None:
        """The project whose templates go before the shipped ones; None where only those are used."""
        return self.folder if self.runs(TEMPLATES) else None

    def left_aside(self, *parts: str) -> Iterator[tuple[str, Text]]:
        """The parts of its own code that do not run, each with what is to be said of it."""
        for part in parts:
            standing = self.standing(part)
            if standing not in (CodeStanding.NONE, CodeStanding.TRUSTED):
                yield part, self._said(part, standing)

    def _said(self, part: str, standing: CodeStanding) -> Text:
        code, name = self.code(part), _NAMES[part]
        which = _some(code.keys or code.files)
        if standing is CodeStanding.UNFIT:
            bad = _some(code.unfit)
            return Text(
                f"{part} 是本项目{name.zh}，没有采用：{bad} 是链接、在项目之外或过大，不能信任；换成项目里的普通文件",
                f"{part}: {name.en}, left aside: {bad} is a link, too large or outside; use plain files of the project",
            )
        if standing is CodeStanding.CHANGED and isinstance(self._record, TrustRecord):
            changed = _some(self._record.changed(self.folder, code))
            return Text(
                f"{part} 是本项目{name.zh}，没有采用：信任之后改过（{changed}）；看过再运行 banshi trust",
                f"{part}: {name.en}, left aside: changed since it was trusted ({changed}); look, then run banshi trust",
            )
        why = f"；{self._record}" if isinstance(self._record, str) else ""
        return Text(
            f"{part} 是本项目{name.zh}（{which}），会运行程序，还没有信任，没有采用；看过之后运行 banshi trust{why}",
            f"{part}: {name.en} ({which}) run code and are not trusted, so they are left aside; look, then banshi trust",
        )


def _only_place(project: Path) -> str | None:
    """The jurisdiction that every normative instrument of a project's own is of, or lies below; None if there is none such."""
    own = own_policies(project)
    if own is None:
        return None
    library = Library([own])
    laws = (i for i in library.instruments() if library.load(library.files(i)[-1]).normative)
    places = {instrument.rpartition("/")[0] for instrument in laws} - {NATION}
    outermost = [p for p in places if not any(p.startswith(other + "/") for other in places)]
    return outermost[0] if len(outermost) == 1 else None


def _some(names: object) -> str:
    every = list(names)  # type: ignore[call-overload]
    return listed(every[:_SHOWN]) + (f"等 {len(every)} 个" if len(every) > _SHOWN else "")
