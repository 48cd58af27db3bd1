"""Tests of banshi.base.amount_words: the samples of the official rules, errors, and properties."""

import copy
import pickle
import re
import sys
from decimal import Decimal, localcontext
from types import FrameType

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from lengths import examples

from banshi.base.amount_words import AmountInWords, WordsError, parse_words, style_message, write_words

# (canonical form, value)
CANONICAL = [
    ("壹仟肆佰零玖元伍角整", "1409.50"),
    ("陆仟零柒元壹角肆分", "6007.14"),
    ("壹拾万柒仟元零伍角叁分", "107000.53"),
    ("壹万陆仟肆佰零玖元零贰分", "16409.02"),
    ("叁佰贰拾伍元零肆分", "325.04"),
    ("壹仟陆佰捌拾元零叁角贰分", "1680.32"),
    ("零元整", "0.00"),
    ("贰分", "0.02"),
    ("叁角整", "0.30"),
    ("叁角贰分", "0.32"),
    ("壹元整", "1.00"),
    ("壹拾元整", "10.00"),
    ("壹拾元零伍分", "10.05"),
    ("壹拾玖元整", "19.00"),
    ("壹佰壹拾元整", "110.00"),
    ("壹佰元零壹角整", "100.10"),
    ("壹万元整", "10000.00"),
    ("壹万零壹元整", "10001.00"),
    ("壹万零壹拾元整", "10010.00"),
    ("壹万零壹佰元整", "10100.00"),
    ("壹万壹仟元整", "11000.00"),
    ("壹佰万柒仟元整", "1007000.00"),
    ("壹仟万柒仟元整", "10007000.00"),
    ("壹仟零壹万元整", "10010000.00"),
    ("壹亿元整", "100000000.00"),
    ("壹亿零伍元整", "100000005.00"),
    ("壹亿零伍仟元整", "100005000.00"),
    ("壹拾亿零伍佰万元整", "1005000000.00"),
    ("壹拾亿伍仟万元整", "1050000000.00"),
    ("壹亿零壹拾万零壹元零壹分", "100100001.01"),
    ("玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分", "999999999999.99"),
    ("负壹拾元整", "-10.00"),
    ("负壹分", "-0.01"),
]

# (text, value, style): readable, but not canonical
VARIANTS: list[tuple[str, str, tuple[str, ...]]] = [
    ("壹仟肆佰零玖元伍角", "1409.50", ()),
    ("壹仟肆佰零玖圆伍角正", "1409.50", ()),
    ("壹仟陆佰捌拾元叁角贰分", "1680.32", ()),
    ("壹拾万零柒仟元伍角叁分", "107000.53", ()),
    ("壹拾万零柒仟元零伍角叁分", "107000.53", ()),
    ("壹拾万柒仟元伍角叁分", "107000.53", ()),
    ("壹拾亿零伍仟万元整", "1050000000.00", ()),
    ("壹亿伍仟元整", "100005000.00", ()),
    ("零元叁角贰分", "0.32", ()),
    ("零元零贰分", "0.02", ()),
    ("零元零叁角整", "0.30", ()),
    ("人民币陆仟零柒元壹角肆分", "6007.14", ()),
    ("人民币负壹元整", "-1.00", ()),
    ("负人民币壹元整", "-1.00", ()),
    ("核减壹元整", "-1.00", ()),
    ("核減人民幣壹圓整", "-1.00", ("traditional",)),
    ("貳億零參萬陸仟圓整", "200036000.00", ("traditional",)),
    ("人民币 壹元整", "1.00", ("gap_after_prefix",)),
    ("人民币\u3000负壹元整", "-1.00", ("gap_after_prefix",)),
    ("人民币 壹 元整", "1.00", ("gap_after_prefix", "whitespace")),
    ("人 民币壹元整", "1.00", ("whitespace",)),
    (" 壹元整\n", "1.00", ("whitespace",)),
    ("一千四百零九元五角", "1409.50", ("lowercase_digits",)),
    ("十五元整", "15.00", ("lowercase_digits", "missing_one")),
    ("拾万元整", "100000.00", ("missing_one",)),
    ("负拾元整", "-10.00", ("missing_one",)),
    ("壹元", "1.00", ("missing_ending",)),
    ("零元", "0.00", ("missing_ending",)),
    ("壹分整", "0.01", ("extra_ending",)),
    ("壹仟贰元整", "1002.00", ("missing_zero",)),
    ("壹万伍佰元整", "10500.00", ("missing_zero",)),
    ("壹拾亿伍佰万元整", "1005000000.00", ("missing_zero",)),
    ("壹元贰分", "1.02", ("missing_zero",)),
    ("零元贰分", "0.02", ("missing_zero",)),
    ("壹元零贰角整", "1.20", ("extra_zero",)),
    ("壹角零贰分", "0.12", ("extra_zero",)),
    ("壹佰零贰拾元整", "120.00", ("extra_zero",)),
    ("壹万零贰仟元整", "12000.00", ("extra_zero",)),
    ("陆仟零零柒元整", "6007.00", ("extra_zero",)),
    ("零壹元整", "1.00", ("extra_zero",)),
    ("零贰分", "0.02", ("extra_zero",)),
    ("壹元零角贰分", "1.02", ("extra_zero",)),
    ("壹佰元零角零分", "100.00", ("extra_zero",)),
    ("人民币 十圓", "10.00", ("gap_after_prefix", "traditional", "lowercase_digits", "missing_one", "missing_ending")),
]

# (text, reason, position)
ERRORS = [
    ("", "empty", 0),
    (" \n", "empty", 2),
    ("人民币", "empty", 3),
    ("人民币负", "empty", 4),
    ("壹" * 101, "too_long", 100),
    ("壹佰X元整", "unknown_character", 2),
    ("人民币：壹元整", "unknown_character", 3),
    ("（负）壹元整", "unknown_character", 0),
    ("壹\u200b元整", "unknown_character", 1),
    ("-壹元整", "unknown_character", 0),
    ("壹百廿元整", "not_capital", 2),
    ("壹元伍毛", "not_capital", 3),
    ("壹仟另伍元整", "not_capital", 2),
    ("两元整", "not_capital", 0),
    ("一〇元整", "not_capital", 1),
    ("1元整", "not_capital", 0),
    ("参元整", "not_capital", 0),
    ("壹元人民币", "bad_order", 2),
    ("负负壹元整", "bad_order", 1),
    ("负人民币负壹元整", "bad_order", 4),
    ("壹元壹元整", "bad_order", 3),
    ("壹 元 壹 元整", "bad_order", 6),
    ("壹万亿元整", "bad_order", 2),
    ("貳萬叄億圓", "bad_order", 3),
    ("壹万壹万元整", "bad_order", 3),
    ("壹分贰角", "bad_order", 3),
    ("壹角贰元整", "bad_order", 3),
    ("壹拾贰佰元整", "bad_order", 3),
    ("壹佰贰佰元整", "bad_order", 3),
    ("壹元壹拾角", "bad_order", 3),
    ("壹整元", "bad_order", 1),
    ("壹元整伍角", "bad_order", 2),
    ("壹元整整", "bad_order", 2),
    ("整", "bad_order", 0),
    ("元整", "missing_digit", 0),
    ("佰元整", "missing_digit", 0),
    ("零拾元整", "missing_digit", 1),
    ("壹佰拾元整", "missing_digit", 2),
    ("壹万零拾元整", "missing_digit", 3),
    ("壹仟零佰伍元整", "missing_digit", 3),
    ("壹亿万元整", "missing_digit", 2),
    ("壹元角", "missing_digit", 2),
    ("元伍角", "missing_digit", 0),
    ("壹贰元整", "missing_unit", 0),
    ("壹佰", "missing_unit", 1),
    ("壹万", "missing_unit", 1),
    ("壹万整", "missing_unit", 1),
    ("壹元伍", "missing_unit", 2),
    ("壹万伍角", "missing_unit", 1),
    ("零", "dangling_zero", 0),
    ("零整", "dangling_zero", 0),
    ("壹元零整", "dangling_zero", 2),
    ("壹佰零元整", "dangling_zero", 2),
    ("壹万零元整", "dangling_zero", 2),
    ("零万元整", "dangling_zero", 0),
    ("零零元整", "dangling_zero", 1),
    ("负零元整", "negative_zero", 0),
    ("人民币核减零元整", "negative_zero", 3),
]

STYLE_CODES = {code for _, _, style in VARIANTS for code in style}
CAPITALS = "壹贰叁肆伍陆柒捌玖零拾佰仟万亿元圆角分整正"
ALPHABET = CAPITALS + "人民币负核减貳陸億萬圓一二十百千廿毛另 \u3000X：（"

amounts = st.decimals(min_value="-999999999999.99", max_value="999999999999.99", places=2)
# Uniform digits give few zeros; here most places are zero.
sparse = st.lists(st.sampled_from("000125"), min_size=14, max_size=14).map(
    lambda figures: Decimal("".join(figures)).scaleb(-2)
)
any_amount = st.one_of(amounts, sparse, sparse.map(lambda amount: -amount))


def refusal(text: str) -> WordsError:
    with pytest.raises(WordsError) as caught:
        parse_words(text)
    return caught.value


@pytest.mark.parametrize(("text", "value"), CANONICAL)
def test_canonical_forms_both_ways(text: str, value: str) -> None:
    assert write_words(Decimal(value)) == text
    assert parse_words(text) == AmountInWords(Decimal(value), ())
    assert str(parse_words(text).value) == value


@pytest.mark.parametrize(("text", "value", "style"), VARIANTS)
def test_variants_are_read_with_remarks(text: str, value: str, style: tuple[str, ...]) -> None:
    words = parse_words(text)
    assert (str(words.value), words.style) == (value, style)


@pytest.mark.parametrize(("text", "reason", "position"), ERRORS)
def test_errors(text: str, reason: str, position: int) -> None:
    error = refusal(text)
    assert (error.reason, error.position, error.text) == (reason, position, text)
    assert error.zh and error.en and str(error) == error.en


def test_error_messages_name_the_character() -> None:
    error = refusal("壹佰X元整")
    assert error.zh == "第3个字“X”不是大写金额用字"
    assert error.en == "Character 3 (“X”) is not used in capital amounts."


@pytest.mark.parametrize(("character", "shown"), [("\u200b", "U+200B"), ("\ud800", "U+D800"), ("{", "{")])
def test_error_messages_show_awkward_characters_safely(character: str, shown: str) -> None:
    error = refusal("壹" + character)
    assert f"“{shown}”" in error.zh and f"“{shown}”" in error.en
    assert error.zh.encode() and error.en.encode()


def test_error_survives_copying_and_pickling() -> None:
    error = refusal("壹佰X元整")
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (twin.reason, twin.position, twin.text, twin.zh) == (error.reason, 2, error.text, error.zh)


def test_words_are_frozen() -> None:
    words = parse_words("壹元整")
    with pytest.raises(AttributeError):
        words.value = Decimal(2)  # type: ignore[misc]


def test_every_style_code_has_messages() -> None:
    assert len(STYLE_CODES) == 9
    assert all(all(style_message(code)) for code in STYLE_CODES)
    with pytest.raises(KeyError):
        style_message("no_such_code")


def calls_to_refuse(text: str) -> int:
    """How many functions are called until ``text`` is refused as too long."""
    calls = 0

    def count(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        error = refusal(text)
    finally:
        sys.setprofile(before)
    assert error.reason == "too_long"
    return calls


@pytest.mark.parametrize("words", ["壹", " ", "零", "人民币"])
def test_huge_input_is_refused_without_a_look_at_it(words: str) -> None:
    assert calls_to_refuse(words * 300_000) == calls_to_refuse(words * 101)


def test_length_limit_is_inclusive() -> None:
    assert parse_words("壹元整".ljust(100)).value == 1
    assert refusal("壹元整".ljust(101)).reason == "too_long"


@pytest.mark.parametrize(
    "text",
    ["0.001", "1.005", "1E-1000000", "1E12", "-1E12", "1E+999999", "999999999999.991", "NaN", "sNaN", "Infinity"],
)
def test_unwritable_amounts(text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        write_words(Decimal(text))


@pytest.mark.parametrize("amount", [1, 1.5, "1.50", None])
def test_only_decimals_are_written(amount: object) -> None:
    with pytest.raises(TypeError):
        write_words(amount)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "words"),
    [("-0.00", "零元整"), ("0E-1000000", "零元整"), ("1E+3", "壹仟元整"), ("1.50000", "壹元伍角整"), ("007", "柒元整")],
)
def test_spelling_of_the_decimal_does_not_matter(text: str, words: str) -> None:
    assert write_words(Decimal(text)) == words


def test_prefix() -> None:
    assert write_words(Decimal("1.5"), prefix=True) == "人民币壹元伍角整"
    assert write_words(Decimal("-1.5"), prefix=True) == "人民币负壹元伍角整"
    assert write_words(Decimal(0), prefix=True) == "人民币零元整"


def test_decimal_context_does_not_matter() -> None:
    amount = Decimal("-999999999999.99")
    with localcontext() as context:
        context.prec = 3
        assert parse_words(write_words(amount)).value == amount


def plain_reading(text: str) -> int:
    """Return the fen of a proper amount, by weighing each digit with the units to its right."""
    fen = 0
    for found in re.finditer("[壹贰叁肆伍陆柒捌玖]", text):
        digit, rest = "零壹贰叁肆伍陆柒捌玖".index(found[0]), text[found.end() :]
        small = {"拾": 10, "佰": 100, "仟": 1000}.get(rest[0], 1)
        section = next(unit for unit in rest if unit in "亿万元角分")
        fen += digit * small * {"亿": 10**10, "万": 10**6, "元": 100, "角": 10, "分": 1}[section]
    return fen


@given(any_amount, st.booleans())
def test_what_is_written_reads_back_without_remarks(amount: Decimal, prefix: bool) -> None:
    assert parse_words(write_words(amount, prefix)) == AmountInWords(amount, ())


@given(any_amount)
def test_what_is_written_is_well_formed(amount: Decimal) -> None:
    text = write_words(abs(amount))
    assert plain_reading(text) == int(abs(amount) * 100)
    assert "零零" not in text and not re.search("零[拾佰仟万亿角分整]|^零[^元]", text)
    assert text.endswith(("分", "元整", "角整"))


@given(any_amount, st.sampled_from(["", "人民币"]), st.sampled_from("元圆"), st.sampled_from("整正"), st.booleans())
@example(Decimal("107000.53"), "", "元", "整", True)
@example(Decimal("100005000.50"), "人民币", "圆", "正", False)
def test_accepted_variants_read_the_same(amount: Decimal, prefix: str, yuan: str, end: str, zeros: bool) -> None:
    text = write_words(amount)
    if zeros:
        text = re.sub("(?<=[拾佰仟][万亿])(?=[^零]仟)", "零", text)
    else:
        text = re.sub("(?<=[元万亿])零(?=.[角仟])", "", text)
    text = re.sub("(?<=角)整", "" if zeros else "整", text)
    assert parse_words(prefix + text.replace("元", yuan).replace("整", end)) == AmountInWords(amount, ())


@given(any_amount, st.data())
def test_blanks_change_nothing_but_the_remarks(amount: Decimal, data: st.DataObject) -> None:
    text = write_words(amount, prefix=True)
    at = data.draw(st.integers(0, len(text)))
    expected = "gap_after_prefix" if at == 3 else "whitespace"
    assert parse_words(text[:at] + " \u3000" + text[at:]) == AmountInWords(amount, (expected,))


@given(any_amount, st.data())
def test_a_lost_or_changed_character_is_never_read_as_the_same_amount_silently(
    amount: Decimal, data: st.DataObject
) -> None:
    text = write_words(amount)
    at = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(st.sampled_from(["", *CAPITALS]))
    assume(new != text[at] and {text[at], new} not in ({"元", "圆"}, {"整", "正"}))
    assume(text[at] != "零" and not (text[at] == "整" and new == ""))  # some 零 and 整 are optional
    try:
        words = parse_words(text[:at] + new + text[at + 1 :])
    except WordsError:
        return
    assert words.value != amount or words.style


def check_any_text(text: str) -> None:
    try:
        words = parse_words(text)
    except WordsError as error:
        assert 0 <= error.position <= len(text) and error.zh and error.en
        assert (error.position == len(text)) == (error.reason == "empty")
        return
    assert abs(words.value) < 10**12 and words.value.as_tuple().exponent == -2
    assert parse_words(write_words(words.value)) == AmountInWords(words.value, ())
    assert all(style_message(code) for code in words.style)


@examples(500)
@given(st.text(ALPHABET, max_size=16))
@example("零元零角零分")
def test_random_strings_of_the_alphabet(text: str) -> None:
    check_any_text(text)


@examples(500)
@given(
    st.lists(st.sampled_from(["壹", "零", "贰拾", "叁佰", "肆仟", "万", "亿", "元", "伍角", "陆分", "整"]), max_size=12)
)
def test_random_strings_of_pieces(pieces: list[str]) -> None:
    check_any_text("".join(pieces))


@given(st.text(max_size=120))
def test_any_text_at_all(text: str) -> None:
    check_any_text(text)
