"""Which pages the site has, and what each of them is given to print."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

from msgspec import Struct, field

from banshi.checking.examples import base_file
from banshi.checking.rules import Rule
from banshi.files.kinds import SUBJECTS
from banshi.law.guides import law_of
from banshi.law.instruments import PolicyVersion
from banshi.law.library import NATION
from banshi.site.calendar import changes, missing, months
from banshi.site.content import Content
from banshi.site.formats import Format, formats
from banshi.site.guide import GuideView
from banshi.site.linked_data import guide_service, item_service, legislation
from banshi.site.measured import QUERIES, TABLES, TYPES, measured
from banshi.site.norm_kinds import kind_views
from banshi.site.notices import INDEX as NOTICES
from banshi.site.registers import bodies, by_subject, by_year, errata, readings, terms
from banshi.site.revisions import Revisions
from banshi.site.score_sheets import score_sheets
from banshi.site.usage import Usages, usages

Crumbs = tuple[tuple[str, str], ...]

HOME, GUIDES, INSTRUMENTS, RULES, FORMATS, CALENDAR = (
    "index.md",
    "guides/index.md",
    "instruments/index.md",
    "rules/index.md",
    "formats/index.md",
    "calendar/index.md",
)
CHECK = "check/index.md"
TRY = "try/index.md"
_TRY_ABOUT = "试一试：用编造的例子看计算器怎样算、检查怎样查，依据哪一条；都在这台机器上做"
_CHECK_ABOUT = "选一份表格，在自己的浏览器里检查：文件不离开这台机器；问题标在格子里，改了再查，下载批注过的工作簿"
REVISIONS = "revisions/index.md"
NORM_KINDS = "formats/norms.md"
COMMANDS = "formats/commands.md"
RESULTS, MEASURED = "formats/results.md", "formats/measured.md"
TUTORIAL = "formats/tutorial.md"
# Registers over all instruments: page, title, what a reader finds there.
REGISTERS = (
    ("bodies", "机关与各方", "哪个机关制定、转发、出现在哪些文件里"),
    ("readings", "口径一览", "读法不止一种的地方，采用哪一种"),
    ("terms", "术语", "机关、档次、环节、材料、定义和文件的别名，出现在哪里"),
    ("errata", "勘误一览", "来源文本有误的地方，取作什么"),
)


class Page(Struct, frozen=True):
    """A page: its place under the pages folder, its template, its title, the way to it, and what it prints.

    ``late``: more of what it prints, worked out only where the page is made. ``about``: a sentence for search engines (its first words, where nothing is said); ``data``: what it is about, for
    machines, as JSON-LD; ``scripts``: those that it alone needs, in the order in which they run.
    """

    path: str
    template: str
    title: str
    crumbs: Crumbs = ()
    context: dict[str, Any] = field(default_factory=dict)
    about: str = ""
    data: dict[str, Any] | None = None
    scripts: Callable[[], tuple[str, ...]] = tuple
    late: Callable[[], dict[str, Any]] = dict

    @property
    def printed(self) -> dict[str, Any]:
        """All that it prints."""
        return {**self.context, **self.late()}

    @property
    def root(self) -> str:
        """The way from the page's address to the root of the site."""
        return "../" * address(self.path).count("/")


def address(path: str) -> str:
    """Where a page ends up: ``rules/index.md`` gives ``rules/``, ``calendar/2011.md`` gives ``calendar/2011/``."""
    return path.removesuffix("index.md") if path.endswith("index.md") else path.removesuffix(".md") + "/"


def guide_path(guide_id: str) -> str:
    """The page of a guide."""
    return f"guides/{guide_id}.md"


def version_path(version: PolicyVersion) -> str:
    """The page of a version."""
    return f"instruments/{version.instrument}/{version.version}.md"


def changes_path(version: PolicyVersion) -> str:
    """The page that lays a text beside the one before it."""
    return version_path(version).removesuffix(".md") + "/changes.md"


def day_path(day: datetime.date) -> str:
    """The page of what was in force on a day on which something changed."""
    return f"revisions/{day.isoformat()}.md"


def format_path(kind: str) -> str:
    """The page of a kind of file."""
    return f"formats/{kind}.md"


def norm_kind_path(kind: str) -> str:
    """The page of a kind of norm."""
    return f"formats/norms/{kind.replace('_', '-')}.md"


def rule_path(rule_id: str) -> str:
    """The page of a rule."""
    return f"rules/{rule_id}.md"


def year_path(year: int, place: str = NATION) -> str:
    """The page of a year, as the nation or another place arranges it."""
    return f"calendar/{year}.md" if place == NATION else f"calendar/{place}/{year}.md"


def pages(content: Content) -> Iterator[Page]:
    """Every page, in no order that matters: to who wants one page, those before it cost little (``late``)."""
    usage, views = usages(content.project), _views(content)

    @cache
    def described() -> list[Format]:
        return formats(content.project, content.centre.publishes)

    def counts() -> dict[str, Any]:
        norms = sum(len(version.placed) for version in content.newest)
        return {"norms": norms, "kinds": len(described()), "commands": len(usage.commands())}

    yield Page(HOME, "home.md.j2", "首页", (), {"views": views}, late=counts)
    yield Page(
        CHECK, "check.md.j2", "在浏览器里检查", (), about=_CHECK_ABOUT, late=lambda: {"samples": samples(content)}
    )
    yield from _guides(content, views)
    yield from _instruments(content)
    yield from _revisions(content)
    yield from _notices(content)
    yield from _rules(content)
    yield from _formats(content, described(), usage)
    yield from _calendar(content)
    yield _try(content, views)  # the last one: it asks for every calculator


def _try(content: Content, views: list[GuideView]) -> Page:
    """The calculators and the checker at work, with made-up examples."""
    titles = {view.guide.id: (view.guide.short, guide_path(view.guide.id)) for view in views}
    titles |= {each.own: (each.catalogue.title, each.path) for each in content.catalogues}
    guides = {view.guide.id: view.guide for view in views}
    tried = [(of, guides.get(of), *titles[of]) for of in content.calculators.tried() if of in titles]
    given = {"tried": tried, "samples": samples(content)}
    return Page(TRY, "try.md.j2", "试一试", (), given, _TRY_ABOUT, scripts=content.calculators.tried_scripts)


def samples(content: Content) -> list[tuple[str, str]]:
    """Forms that are filled in with something made up: title, path of the workbook; one of each text."""
    found: dict[str, tuple[str, str]] = {}
    for versions in content.versions.values():
        for version, form in content.forms.offered(versions):
            for each in content.forms.downloads(version, form):
                if each.path.endswith("-sample.xlsx"):
                    found.setdefault(version.instrument, (form.title, each.path))
    return list(found.values())


def _views(content: Content) -> list[GuideView]:
    laws = ((guide, law_of(guide, content.library)) for guide in content.guides)
    return [GuideView(guide, law, content.library) for guide, law in laws if law]


def _guides(content: Content, views: list[GuideView]) -> Iterator[Page]:
    asking: dict[str, list[GuideView]] = {}
    for view in views:
        for name in view.audience:
            asking.setdefault(name, []).append(view)
    yield Page(GUIDES, "guides.md.j2", "办事指南", (), {"views": views, "asking": asking})
    for view in views:
        crumbs, said = (("办事指南", GUIDES),), guide_service(view.guide, view.versions)
        path, scripts = guide_path(view.guide.id), partial(content.calculators.scripts, view.guide.id)
        yield Page(path, "guide.md.j2", view.guide.title, crumbs, {"view": view}, data=said, scripts=scripts)

    for catalogue in content.catalogues:
        title, up = catalogue.catalogue.title, ("办事指南", GUIDES)
        scripts = partial(content.calculators.scripts, catalogue.own)
        yield Page(catalogue.path, "catalogue.md.j2", title, (up,), {"view": catalogue}, scripts=scripts)
        for item in catalogue.printed:
            way = (up, (title, catalogue.path))
            about = f"{item.item.name}：{title}的一个事项，由{item.department}办理；要素、材料、流程、先后"
            yield Page(item.path, "item.md.j2", item.item.name, way, {"view": item}, about, item_service(item))


def _instruments(content: Content) -> Iterator[Page]:
    yield Page(
        INSTRUMENTS,
        "instruments.md.j2",
        "文件",
        late=lambda: {"subjects": by_subject(content.newest), "years": by_year(content.newest)},
    )
    yield from _registers(content)
    for versions in content.versions.values():
        for version in versions:
            yield _instrument(version, alone=len(versions) == 1)


def _instrument(version: PolicyVersion, *, alone: bool) -> Page:
    title = version.title if alone else f"{version.title}（{version.version}）"
    said = (version.number, "、".join(version.issuers), version.subject, f"{len(version.provisions)}条")
    about = f"{title}：{'，'.join(filter(None, said))}"
    given = {"version": version}
    crumbs = (("文件", INSTRUMENTS),)
    return Page(version_path(version), "instrument.md.j2", title, crumbs, given, about, legislation(version))


def _notices(content: Content) -> Iterator[Page]:
    """The public notices, where there are any."""
    if not content.notices.any:
        return
    yield Page(NOTICES, "notices.md.j2", "公示")
    for each in content.notices.shown:
        yield Page(each.path, "notice.md.j2", each.title, (("公示", NOTICES),), {"view": each})


def _revisions(content: Content) -> Iterator[Page]:
    """The line of all days on which something changes, the law of each, and neighbouring texts side by side."""
    revisions = content.revisions
    yield Page(REVISIONS, "revisions.md.j2", "规定的沿革", (("文件", INSTRUMENTS),))
    way = (("文件", INSTRUMENTS), ("规定的沿革", REVISIONS))
    for day, steps in revisions.steps.items():
        title = f"{day.year}年{day.month}月{day.day}日施行的规定"
        about = f"{title}：这一天变了什么，哪些文件的哪个文本施行"
        yield Page(day_path(day), "as_of.md.j2", title, way, {"day": day, "steps": steps}, about)
        for before, after in ((step.before, step.after) for step in steps if step.before and step.after):
            crumbs = (("文件", INSTRUMENTS), (after.text.title, version_path(after.text)))
            given = {"before": before, "after": after}
            compared = partial(_compared, revisions, before.text, after.text)
            title = f"{after.text.title}新旧对照（{after.text.version}）"
            about = f"{title}：逐条对照原来怎样、现在怎样"
            yield Page(changes_path(after.text), "changes.md.j2", title, crumbs, given, about, late=compared)


def _compared(revisions: Revisions, before: PolicyVersion, after: PolicyVersion) -> dict[str, Any]:
    return {"documents": revisions.comparison(before, after).documents}


def _registers(content: Content) -> Iterator[Page]:
    every = [version for versions in content.versions.values() for version in versions]
    given: dict[str, Callable[[], dict[str, Any]]] = {
        "bodies": lambda: {"bodies": bodies(every)},
        "readings": lambda: {"readings": readings(every)},
        "terms": lambda: {"terms": terms(every)},
        "errata": lambda: {"errata": errata(every)},
    }
    for name, title, _ in REGISTERS:
        yield Page(f"instruments/{name}.md", f"{name}.md.j2", title, (("文件", INSTRUMENTS),), late=given[name])


def _formats(content: Content, found: list[Format], usage: Usages) -> Iterator[Page]:
    crumbs = (("文件格式", FORMATS),)
    yield Page(FORMATS, "formats.md.j2", "文件格式", (), {"formats": found})
    yield Page(TUTORIAL, "tutorial.md.j2", "你们中心的第一份规则", crumbs)
    yield Page(COMMANDS, "commands.md.j2", "命令一览", crumbs, {"commands": usage.commands()})
    last = measured()
    given = {"tables": TABLES, "types": TYPES, "queries": QUERIES, "measured": bool(last)}
    yield Page(RESULTS, "results.md.j2", "结果作数据", crumbs, given)
    if last:
        yield Page(MEASURED, "measured.md.j2", "用多少时间", crumbs, {"found": last})
    for each in found:
        sheets = score_sheets(content) if each.kind == "assessment" else []
        shown = {"format": each, "usage": usage.of(each.kind), "sheets": sheets}
        yield Page(format_path(each.kind), "format.md.j2", each.title, crumbs, shown)
        if each.norm_kinds:
            yield from _norm_kinds(content, each, crumbs)


def _norm_kinds(content: Content, described: Format, crumbs: Crumbs) -> Iterator[Page]:
    """The list of the kinds of norm, and the page of each."""
    views = kind_views(content.project, described.norm_kinds, content.rules)
    yield Page(NORM_KINDS, "norm_kinds.md.j2", "规范点的种类", crumbs, {"format": described, "kinds": views})
    for view in views:
        way = (*crumbs, ("规范点的种类", NORM_KINDS))
        yield Page(norm_kind_path(view.kind.name), "norm_kind.md.j2", view.kind.label, way, {"view": view})


class RuleGroup(Struct, frozen=True):
    """The rules on one subject: its name, its title, the rules, the instruments that they rest on."""

    subject: str
    title: str
    rules: list[Rule]
    laws: list[PolicyVersion]


def _by_subject(content: Content) -> list[RuleGroup]:
    """In the order in which a reader meets the subjects; subjects of a centre's own come last."""
    subjects = [*SUBJECTS, *sorted({rule.subject for rule in content.rules} - set(SUBJECTS))]
    found = {each: [rule for rule in content.rules if rule.subject == each] for each in subjects}
    titles = {each: SUBJECTS[each].title if each in SUBJECTS else each for each in subjects}
    return [RuleGroup(each, titles[each], rules, _laws(content, rules)) for each, rules in found.items() if rules]


def _laws(content: Content, rules: list[Rule]) -> list[PolicyVersion]:
    placed = (placed for rule in rules for placed in content.basis[rule.id])
    return list({(p.version.instrument, p.version.version): p.version for p in placed}.values())


def _rules(content: Content) -> Iterator[Page]:
    crumbs = (("校验规则", RULES),)
    yield Page(RULES, "rules.md.j2", "校验规则", late=lambda: {"groups": _by_subject(content)})
    named = Counter(rule.title.zh for rule in content.rules)
    for rule in content.rules:
        given = {"rule": rule, "base": example_path(rule)}
        title = rule.title.zh if named[rule.title.zh] == 1 else f"{rule.title.zh}（{rule.id}）"
        yield Page(rule_path(rule.id), "rule.md.j2", title, crumbs, given)
    for rule_id, builtin in content.builtin.items():
        given = {"rule_id": rule_id, "builtin": builtin}
        yield Page(rule_path(rule_id), "builtin.md.j2", builtin.title.zh, crumbs, given)
    for path, file in sorted({example_path(rule): base_file(rule) for rule in content.rules}.items()):
        name = f"样例底稿（{path.removeprefix('rules/').removesuffix('.md')}）"
        about = f"{name}：一份没有问题的数据，规则页上的样例由它改成"
        yield Page(path, "example.md.j2", name, crumbs, {"text": file.read_text(encoding="utf-8")}, about)


def example_path(rule: Rule) -> str:
    """The page of the sound document that a rule's examples vary."""
    name = base_file(rule).stem.removeprefix("_").replace(".", "-")
    return f"rules/{rule.path.parent.name}/{name}.md"


def _calendar(content: Content) -> Iterator[Page]:
    years = content.days.years()
    local = {place: [y for y in content.days.years(place) if y in years] for place in content.calendars}
    given = {"years": years, "missing": missing(years), "local": local}
    yield Page(CALENDAR, "calendar.md.j2", "放假安排", (), given)
    for place, own in {NATION: years, **local}.items():
        for year in own:
            yield _year(content, place, year, own)


def _year(content: Content, place: str, year: int, years: list[int]) -> Page:
    """A year of a place: the days as they come out, and the notices of the place itself."""
    entered, days = content.days.year(year, place), content.days.in_place(place)
    assert entered is not None
    title = f"{year}年放假安排" if place == NATION else entered.title
    given = {"year": entered, "months": months(days, year), "changes": changes(entered), "years": years, "place": place}
    about = f"{title}：哪几天放假，哪几天调休上班，依据哪一份通知"
    return Page(
        year_path(year, place), "year.md.j2", title, (("放假安排", CALENDAR),), {**given, "title": title}, about
    )
