"""``banshi tier``: which approval tier does a change need, and why? From forms, or from figures given as options."""

import argparse
import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from banshi.base.money import ZERO
from banshi.base.text import Lang, Text
from banshi.base.today import today
from banshi.checking.loading import Loader
from banshi.commands.filings import (
    Filed,
    filed_in,
    law_at_fault,
    law_options,
    made_up,
    not_stated,
    nothing_said,
    print_problems,
    refuse_with,
    rules_heard,
    yuan_amount,
)
from banshi.commands.output import add_output, ready, write, write_data
from banshi.commands.standing import centre_of, known_on_option, place_answered, say_left_aside
from banshi.commands.summary_written import write_summary
from banshi.files.not_stated import NotStated, if_stated
from banshi.files.report import Report
from banshi.output.faces import FORMATS, face
from banshi.output.records import ANSWERS, DATA_FORMATS, Row
from banshi.output.saying import dumped
from banshi.output.terminal import complain
from banshi.subjects.change.figures import Figures, by_id, contradiction, unit_doubtful, unknown_names
from banshi.subjects.change.filing import SUBJECT, FiledForm
from banshi.subjects.change.no_law import no_law
from banshi.subjects.change.tier_said import TierAnswer, as_json, tiers_printout
from banshi.subjects.change.tier_summary import tiers_counted
from banshi.subjects.change.tiers import TierDecision, decide_tier


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="项目文件夹、报批表或台账；也可改用下面的数字"
    )
    figures = parser.add_argument_group("数字（元）")
    figures.add_argument("--bid-price", type=yuan_amount, metavar="YUAN", help="中标价（含暂列金）")
    figures.add_argument(
        "--contract-price", type=yuan_amount, metavar="YUAN", help="合同价（适用文件按合同价算的才要）"
    )
    figures.add_argument("--provisional-sum", type=yuan_amount, metavar="YUAN", help="其中暂列金（不写表示数额不明）")
    figures.add_argument("--net", type=yuan_amount, metavar="YUAN", help="本次净额")
    figures.add_argument("--cumulative", type=yuan_amount, metavar="YUAN", help="累计净额，含本次（默认同本次净额）")
    figures.add_argument("--increase", type=yuan_amount, metavar="YUAN", help="本次增加额（默认本次净额加减少额）")
    figures.add_argument(
        "--cumulative-increase", type=yuan_amount, metavar="YUAN", help="累计增加额，含本次（默认累计净额加累计减少额）"
    )
    figures.add_argument(
        "--decrease",
        type=yuan_amount,
        metavar="YUAN",
        help="本次减少额（默认增加额减净额）",
    )
    figures.add_argument(
        "--cumulative-decrease", type=yuan_amount, metavar="YUAN", help="累计减少额，含本次（默认累计增加额减累计净额）"
    )
    figures.add_argument(
        "--class", dest="change_class", metavar="CLASS", help="变更类别：标识或名称（适用文件分类别的才要）"
    )
    figures.add_argument(
        "--criteria",
        metavar="A,B",
        help="符合的情形：标识或名称，逗号隔开；都不符合的写 none 或 无（适用文件列有情形的才要）",
    )
    parser.add_argument("--on", type=datetime.date.fromisoformat, metavar="DATE", help="申报日期（默认今天）")
    parser.add_argument(
        "--summary",
        action="store_true",
        help="不列判定，只数 PATH 里各份：与申报的档次相同、更严、更宽或不能判定，按档次、辖区、月份（text、json、html）",
    )
    known_on_option(parser)
    law_options(parser)
    add_output(parser, (*FORMATS, *DATA_FORMATS))


def run(options: argparse.Namespace) -> int:
    """Decide and print."""
    lang: Lang = options.lang
    centre, report = centre_of(options), Report()
    say_left_aside(centre, options)
    loader = Loader(centre.folder)
    loader.known_on(options.known_on)
    loader.in_lines = options.format == "text"
    misused = _misused(options)
    wrong = misused or (None if options.path else unit_doubtful(_asked(options)))
    if wrong:
        complain(wrong.say(lang))
        return 2 if misused else 1
    if status := ready(options):
        return status
    filed = filed_in(loader, options.path, report) if options.path else []
    lacking: list[NotStated] = []
    answers = [_of_case(each.case, lacking) for each in filed]
    nothing_said(lacking, len(answers), report)
    if options.path is None:
        answers = [_from_figures(options, place_answered(options, centre), loader)]
    if options.summary:
        decided = [(each.case, answer.decision) for each, answer in zip(filed, answers, strict=True)]
        status = write_summary(options, tiers_counted(decided), centre)
    elif options.format in DATA_FORMATS:
        status = write_data(options, ANSWERS, _rows(filed, answers, lang))
    elif options.format == "json":
        status = write(options, dumped([as_json(answer, lang) for answer in answers], centre.law))
    else:
        said = tiers_printout(answers, centre.law, fictional=any(made_up(each.case) for each in filed))
        status = write(options, face(options.format, said, lang, centre))
    doubtful = any(answer.decision is _UNIT_FIRST for answer in answers)
    lawless = any(answer.lawless for answer in answers)
    status = max(status, int(doubtful or lawless), rules_heard(centre, options, (each.loaded for each in filed)))
    return max(status, print_problems(report, lang), law_at_fault(loader, lang, "banshi tier"))


_FIGURES = (
    "bid_price",
    "contract_price",
    "provisional_sum",
    "net",
    "cumulative",
    "increase",
    "cumulative_increase",
    "decrease",
    "cumulative_decrease",
    "change_class",
    "criteria",
    "on",
    "jurisdiction",
)


def _misused(options: argparse.Namespace) -> Text | None:
    """What is wrong with the options themselves."""
    if wrong := _summary_misused(options):
        return wrong
    if options.path is not None:
        return refuse_with(options, "PATH", *_FIGURES)
    if options.net is None:
        return Text(
            "请给出 PATH，或给出 --net；适用文件用到价款的，再给 --bid-price 或 --contract-price",
            "give PATH, or --net, and --bid-price or --contract-price where the law needs a price",
        )
    for option in ("bid_price", "contract_price"):
        price, name = getattr(options, option), f"--{option.replace('_', '-')}"
        if price is not None and price <= ZERO:
            return Text(f"{name} 应大于 0", f"{name} must be more than 0")
    return contradiction(_asked(options))


def _summary_misused(options: argparse.Namespace) -> Text | None:
    if options.summary and options.format not in ("text", "json", "html"):
        return Text("--summary 写成 text、json、html", "--summary is written as text, json, html")
    if options.summary and options.path is None:
        return Text("--summary 数一批报批表，请给出 PATH", "--summary counts forms: give PATH")
    return None


def _rows(filed: list[Filed], answers: list[TierAnswer], lang: Lang) -> Iterator[Row]:
    """The tiers as data: of forms, or of what the figures given come to."""
    from banshi.subjects.impact.answers import (  # late: for data alone
        CHANGE,
        OPEN,
        TIER,
        CaseAnswer,
        of_change,
        tier_answer,
    )
    from banshi.subjects.impact.records import answer_row

    for each in filed:
        yield answer_row(next(of_change(each.case, each.form.document.path)), lang)
    for asked in () if filed else answers:
        if isinstance(asked.decision, TierDecision) and asked.law is not None:
            yield answer_row(tier_answer("", "", asked.law, asked.decision), lang)
        else:
            said = asked.decision.say(lang) if isinstance(asked.decision, Text) else OPEN
            yield answer_row(CaseAnswer(CHANGE, "", "", TIER, said), lang)


def _from_figures(options: argparse.Namespace, place: str, loader: Loader) -> TierAnswer:
    day = options.on or today()
    law = loader.library.at(day, place).law(SUBJECT)
    if law is None:
        return TierAnswer("", None, None, no_law(loader.library, day, place), lawless=True)
    figures = by_id(law, _asked(options))
    return TierAnswer("", None, law, unknown_names(law, figures) or decide_tier(law, figures.question))


def _asked(options: argparse.Namespace) -> Figures:
    asked = {key: getattr(options, key) for key in Figures.__struct_fields__}
    return Figures(**{**asked, "criteria": _criteria(options.criteria)})


def _criteria(given: str | None) -> tuple[str, ...] | None:
    """Those that are named, apart; none of them where that is what is written."""
    words = None if given is None else [word.strip() for word in re.split("[,，、]", given)]
    return None if words is None else tuple(word for word in words if word not in ("", "none", "无"))


def _of_case(case: FiledForm, lacking: list[NotStated]) -> TierAnswer:
    change = case.change
    label, declared = if_stated(lambda: change.number) or "", if_stated(lambda: change.tier)
    try:
        if case.tier is None:
            why = no_law(case.filing.library, change.filed_on, case.project.jurisdiction)
            return TierAnswer(label, declared, None, why, lawless=True)
        if case.unit_doubtful:
            return TierAnswer(label, declared, None, _UNIT_FIRST)
        return TierAnswer(label, declared, case.law, case.tier)
    except NotStated as missing:
        lacking.append(missing)
        return TierAnswer(label, declared, None, not_stated(missing))


_UNIT_FIRST = Text(
    "金额单位存疑（元、万元混填）或者有明显填错的，不能判定；先用 banshi check 查出填错的一处",
    "a unit is doubtful (万元 mixed with yuan), or an amount cannot be right: not determined; banshi check tells where",
)
