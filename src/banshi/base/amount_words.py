"""RMB amounts in capital words (人民币大写金额): reading and writing.

Follows 《正确填写票据和结算凭证的基本规定》. Amounts are ``Decimal`` in yuan with two decimals,
smaller than 10**12 in size (at most 仟亿). Binary floating point is never involved.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple, NoReturn

from msgspec import Struct

from banshi.base.limits import MAX_AMOUNT_WORDS
from banshi.base.patterns import late

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_SMALL_UNITS = {"拾": 1, "佰": 2, "仟": 3}
_SECTIONS = {"亿": 8, "万": 4, "元": 0, "角": -1, "分": -2}  # section unit -> power of ten of its last digit
_NO_SECTION = 12  # above every section: nothing read yet
_BODY = frozenset(_DIGITS) | _SMALL_UNITS.keys() | _SECTIONS.keys() | {"整"}
_LEAD = late("(负|核减)?(人民币)?(负|核减)?")
_LEAD_CHARACTERS = frozenset("人民币负核减")
_NUMERAL = late(f"(零*)([{_DIGITS[1:]}]?)([拾佰仟]?)")

# One character to one character throughout, so that positions survive.
_TRADITIONAL = str.maketrans("貳叄參陸億萬圓負減幣", "贰叁叁陆亿万元负减币")
_LOWERCASE = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_EQUIVALENT = str.maketrans("圆正", "元整")
_NOT_CAPITAL = frozenset("廿卅卌念毛块另两兩〇○壱弌弍貮弎参0123456789０１２３４５６７８９")

# What is wrong with the character at the error's position; WordsError names the character itself.
_ERRORS: dict[str, tuple[str, str]] = {
    "too_long": (f"超出了{MAX_AMOUNT_WORDS}个字的长度限制", f"is past the limit of {MAX_AMOUNT_WORDS} characters"),
    "unknown_character": ("不是大写金额用字", "is not used in capital amounts"),
    "not_capital": ("不得用于大写金额，应改用规定的大写字", "is not allowed: use the prescribed capital character"),
    "bad_order": ("的位置或次序不对", "is out of place or out of order"),
    "missing_digit": ("前面缺少数字", "lacks a digit before it"),
    "missing_unit": ("后面缺少单位", "lacks a unit after it"),
    "dangling_zero": ("后面缺少数字", "is a zero with no digit after it"),
    "negative_zero": ("表示负数，但金额为零", "marks a negative, but the amount is zero"),
}

# The order here is the order of codes in Words.style.
_STYLES: dict[str, tuple[str, str]] = {
    "gap_after_prefix": ("“人民币”与金额之间留有空白", "There is a gap between 人民币 and the amount."),
    "whitespace": ("金额文字中有空白", "The text contains blanks."),
    "traditional": ("使用了繁体字（可以受理）", "Traditional characters are used (acceptable)."),
    "lowercase_digits": ("使用了小写数字（一、二、十等），应当大写", "Ordinary numerals (一, 二, 十) are used."),
    "missing_one": ("“拾”前应写“壹”", "壹 should be written before 拾."),
    "missing_zero": ("应写“零”的地方没有写", "A required 零 is missing."),
    "extra_zero": ("写了多余的“零”", "There is a superfluous 零."),
    "missing_ending": ("到“元”为止，后面应写“整”或“正”", "An amount ending at 元 should be followed by 整 or 正."),
    "extra_ending": ("有“分”的金额后面不写“整”或“正”", "整 or 正 should not follow 分."),
}


class WordsError(ValueError):
    """Text that is not a readable amount.

    ``reason`` is a machine word; ``text`` the whole input; ``position`` the 0-based index in it of the
    offending character (``len(text)`` for "empty"); ``zh`` and ``en`` are one sentence each.
    """

    def __init__(self, reason: str, text: str, position: int) -> None:
        super().__init__(reason, text, position)  # all three, so that the error can be pickled
        self.reason, self.text, self.position = reason, text, position
        self.zh, self.en = "没有填写金额", "There is no amount."
        if reason != "empty":
            shown = text[position] if text[position].isprintable() else f"U+{ord(text[position]):04X}"
            zh, en = _ERRORS[reason]
            self.zh, self.en = f"第{position + 1}个字“{shown}”{zh}", f"Character {position + 1} (“{shown}”) {en}."

    def __str__(self) -> str:
        return self.en


class AmountInWords(Struct, frozen=True):
    """An amount read from words: ``value`` in yuan (exactly two decimals) and codes of style remarks."""

    value: Decimal
    style: tuple[str, ...]


class _Digit(NamedTuple):
    place: int  # power of ten, in yuan
    value: int
    zero_before: bool


def style_message(code: str) -> tuple[str, str]:
    """Return the (Chinese, English) sentence for a style code; KeyError for an unknown code."""
    return _STYLES[code]


@lru_cache(maxsize=256)
def parse_words(text: str) -> AmountInWords:
    """Read an amount in words; raise WordsError if it is not one, or if its value is in doubt."""
    if len(text) > MAX_AMOUNT_WORDS:
        raise WordsError("too_long", text, MAX_AMOUNT_WORDS)
    return _Reader(text).read()


def write_words(amount: Decimal, prefix: bool = False) -> str:
    """Write an amount in yuan in its canonical form, with 人民币 in front if ``prefix``.

    Raises TypeError unless given a Decimal; ValueError if it is not finite, is 10**12 or more in size,
    or has a non-zero digit below the fen.
    """
    whole, decimals = _parts_of(amount)
    sign = "负" if amount and amount.is_signed() else ""
    return ("人民币" if prefix else "") + sign + (_spell(whole, decimals) if amount else "零元整")


def _zero_rule(previous: int, place: int) -> Literal["required", "optional", "superfluous"]:
    """Say whether 零 belongs between a digit at place ``previous`` and the next non-zero one at ``place``."""
    if previous - place == 1:
        return "superfluous"
    # The zeros skipped reach down to the 亿, 万 or 元 place, and the 仟 or 角 right after it is not zero.
    return "optional" if place in (7, 3, -1) else "required"


class _Reader:
    """One parse. Indexes ``i`` are into ``plain``: no blanks, all characters in standard form."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = [i for i, character in enumerate(text) if not character.isspace()]
        packed = "".join(text[i] for i in self.positions)
        simplified = packed.translate(_TRADITIONAL)
        capital = simplified.translate(_LOWERCASE)
        self.plain = capital.translate(_EQUIVALENT)
        self.remarks: set[str] = set()
        self.remark_if(simplified != packed, "traditional")
        self.remark_if(capital != simplified, "lowercase_digits")

    def fail(self, reason: str, i: int) -> NoReturn:
        raise WordsError(reason, self.text, self.positions[i])

    def remark_if(self, condition: bool, code: str) -> None:
        if condition:
            self.remarks.add(code)

    def read(self) -> AmountInWords:
        start, sign_at = self.read_lead()
        self.check_characters(start)
        end = self.find_end(start)
        digits = self.read_sections(start, end)
        self.check_zeros(digits)
        self.check_ending(end)
        fen = sum(digit.value * 10 ** (digit.place + 2) for digit in digits)
        if sign_at >= 0 and not fen:
            self.fail("negative_zero", sign_at)
        # From a string: exact whatever the precision of the caller's decimal context.
        value = Decimal(f"{'-' if sign_at >= 0 else ''}{fen // 100}.{fen % 100:02d}")
        return AmountInWords(value, tuple(code for code in _STYLES if code in self.remarks))

    def read_lead(self) -> tuple[int, int]:
        """Return where the amount itself starts, and where the minus word does (-1 if there is none)."""
        lead = _LEAD.match(self.plain)
        assert lead is not None  # every part is optional
        if lead.end() == len(self.plain):
            raise WordsError("empty", self.text, len(self.text))
        if lead[1] and lead[3]:
            self.fail("bad_order", lead.start(3))
        gap = 0
        if lead[2]:
            gap = self.positions[lead.end(2)] - self.positions[lead.end(2) - 1] - 1
        self.remark_if(gap > 0, "gap_after_prefix")
        self.remark_if(len(self.text) - len(self.plain) > gap, "whitespace")
        return lead.end(), max(lead.start(1), lead.start(3))

    def check_characters(self, start: int) -> None:
        for i, character in enumerate(self.plain[start:], start):
            if character in _NOT_CAPITAL:
                self.fail("not_capital", i)
            if character in _LEAD_CHARACTERS:
                self.fail("bad_order", i)
            if character not in _BODY:
                self.fail("unknown_character", i)

    def find_end(self, start: int) -> int:
        """Return the index just past the last unit: that of the final 整, or the length."""
        i = self.plain.find("整", start)
        if i == start or 0 <= i < len(self.plain) - 1:
            self.fail("bad_order", i)
        return i if i >= 0 else len(self.plain)

    def read_sections(self, start: int, end: int) -> list[_Digit]:
        """Cut the text after each of 亿 万 元 角 分 and collect the digits of the pieces, highest first."""
        digits: list[_Digit] = []
        begin, base = start, _NO_SECTION
        for i in range(start, end):
            if self.plain[i] in _SECTIONS:
                before, base = base, _SECTIONS[self.plain[i]]
                self.check_unit(begin, i, before, base)
                digits += self.read_section(begin, i, before == _NO_SECTION, base)
                begin = i + 1
        if begin < end or base > 0:
            self.fail("dangling_zero" if self.plain[end - 1] == "零" else "missing_unit", end - 1)
        return digits

    def check_unit(self, begin: int, i: int, before: int, base: int) -> None:
        """Check the section unit at ``i`` (power ``base``) against the one at ``begin - 1`` (power ``before``)."""
        if base >= before:
            self.fail("bad_order", i)
        if base < 0 < before < _NO_SECTION:  # 壹万伍角
            self.fail("missing_unit", begin - 1)
        # 元 alone may follow 亿 or 万 (壹万元); any other unit needs a digit of its own.
        if begin == i and (base != 0 or before == _NO_SECTION):
            self.fail("missing_digit", i)

    def read_section(self, begin: int, end: int, first: bool, base: int) -> list[_Digit]:
        """Return the digits of ``plain[begin:end]``, the last of which may stand at ``base`` itself."""
        if self.plain[begin:end] == "零" and (base < 0 or (base == 0 and first)):
            return [_Digit(base, 0, False)]
        low = 4 if base >= 0 else 1  # the next place must be lower; 角 and 分 take one digit, no 拾
        digits: list[_Digit] = []
        i = begin
        while i < end:
            i, place, value, zero = self.read_digit(i, end, first and i == begin)
            if place >= low:
                self.fail("bad_order", i - 1)
            digits.append(_Digit(base + place, value, zero))
            low = place
        return digits

    def read_digit(self, i: int, end: int, first: bool) -> tuple[int, int, int, bool]:
        """Read zeros, a digit and its 拾佰仟; return (next index, place in section, digit, zeros seen)."""
        numeral = _NUMERAL.match(self.plain, i, end)
        assert numeral is not None  # every part is optional, and together they cover all that is left
        zeros, digit, unit = numeral.groups()
        at = numeral.start(2)
        self.remark_if(len(zeros) > 1, "extra_zero")
        if not digit:
            self.check_missing_digit(at, zeros, unit, first)
        if not unit and numeral.end() < end:
            self.fail("missing_unit", at)
        return numeral.end(), _SMALL_UNITS.get(unit, 0), _DIGITS.index(digit or "壹"), zeros != ""

    def check_missing_digit(self, at: int, zeros: str, unit: str, first: bool) -> None:
        """Let a missing 壹 pass at the very start only: further on, a 拾 without its digit may be an omission."""
        if not unit:
            self.fail("dangling_zero", at - 1)
        if zeros or unit != "拾" or not first:
            self.fail("missing_digit", at)
        self.remarks.add("missing_one")

    def check_zeros(self, digits: Iterable[_Digit]) -> None:
        """Remark on each 零 that should not be there, or should be and is not."""
        previous: int | None = None
        zero = False
        for digit in digits:
            zero = zero or digit.zero_before
            if digit.place < 0 and not digit.value:  # 零角, 零分: clear, but no way to write it
                self.remarks.add("extra_zero")
                zero = True
                continue
            rule = "superfluous" if previous is None else _zero_rule(previous, digit.place)
            self.remark_if(zero and rule == "superfluous", "extra_zero")
            self.remark_if(not zero and rule == "required", "missing_zero")
            # After 零元 the 元 place counts as one of the zeros skipped.
            previous, zero = digit.place + (digit.value == 0), False

    def check_ending(self, end: int) -> None:
        last, has_ending = self.plain[end - 1], end < len(self.plain)
        self.remark_if(last == "元" and not has_ending, "missing_ending")
        self.remark_if(last == "分" and has_ending, "extra_ending")


def _parts_of(amount: Decimal) -> tuple[int, str]:
    """Whole yuan and the decimals, without the sign or zeros at the end. Errors as for write_words."""
    if not isinstance(amount, Decimal):
        raise TypeError(f"amount must be a Decimal, not {type(amount).__name__}")
    if not amount.is_finite():
        raise ValueError("amount is not a finite number")
    if not amount:
        return 0, ""
    if amount.adjusted() >= 12:
        raise ValueError("amount is too large: at least 10**12 yuan")
    # As text it is exact; arithmetic would round to the caller's decimal context.
    whole, _, decimals = f"{amount:f}".lstrip("-").partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) > 2:
        raise ValueError("amount has more than two decimals")
    return int(whole), decimals


def _spell(whole: int, decimals: str) -> str:
    """Spell out whole yuan and at most two decimals, of which not all are zero."""
    above, yuan = divmod(whole, 10**4)
    sections = (("亿", 8, above // 10**4), ("万", 4, above % 10**4), ("元", 0, yuan))
    places = [(unit, base, *_section(value)) for unit, base, value in sections if value or (unit == "元" and whole)]
    places += [
        (unit, base, _DIGITS[int(digit)], 0, 0)
        for unit, base, digit in zip("角分", (-1, -2), decimals, strict=False)
        if digit != "0"
    ]
    said, previous = "", None
    for unit, base, spelled, top, low in places:
        if spelled:
            zero = previous is not None and _writes_zero(previous, base + top)
            said, previous = f"{said}{'零' if zero else ''}{spelled}", base + low
        said += unit
    # 整 after 角 is optional; it is written because it leaves no room to add fen.
    return said + ("" if len(decimals) == 2 else "整")


@lru_cache(maxsize=10**4)
def _section(value: int) -> tuple[str, int, int]:
    """Up to four digits from the first that is not zero to the last, and the places of these two."""
    figures = f"{value}".rstrip("0")
    low = len(f"{value}") - len(figures)
    said, zero = "", False
    for n, figure in enumerate(figures):
        if figure == "0":
            zero = True
            continue
        said += f"{'零' if zero else ''}{_DIGITS[int(figure)]}{('', *_SMALL_UNITS)[low + len(figures) - 1 - n]}"
        zero = False
    return (said, low + len(figures) - 1, low) if value else ("", 0, 0)


def _writes_zero(previous: int, place: int) -> bool:
    """Decide the optional 零: after 元 always, after 亿 or 万 only if a whole section was skipped."""
    rule = _zero_rule(previous, place)
    return rule == "required" or (rule == "optional" and (place == -1 or previous - place > 4))
