"""Numbers of persons (mobile phones, identity cards) in a text: they must not be made public."""

import re
import unicodedata
from datetime import date

from banshi.base.numerals import DIGITS
from banshi.base.text import Text

_GAP = r"[\s\-‐-―_.·•/]{0,3}"  # people part the digits of a number; what cannot be seen is left out before
_MOBILE = re.compile(rf"(?<!\d)(?:(?:\+|00)?86{_GAP})?1[3-9]\d(?:{_GAP}\d){{8}}(?!\d)")
_PERSON = re.compile(rf"(?<![\dA-Za-z])[1-8]\d{{5}}(?:{_GAP}\d){{11}}{_GAP}[\dXx](?![\dA-Za-z])")
_OLD_PERSON = re.compile(r"(?<![\dA-Za-z])[1-8]\d{14}(?![\dA-Za-z])")
_TO_DIGIT = str.maketrans({char: str(n) for char, n in DIGITS.items() if char not in "两○"})
MOBILE = Text("手机号码", "a mobile phone number")
IDENTITY = Text("身份证号码", "an identity card number")


def private_in(text: str) -> Text | None:
    """What number of a person a text holds, or None. Full-width and Chinese digits, gaps, unseen characters count too."""
    seen = "".join(
        char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) not in ("Cf", "Mn")
    )
    plain = seen.translate(_TO_DIGIT)
    for found in (*_PERSON.finditer(plain), *_OLD_PERSON.finditer(plain)):
        if _born(re.sub(r"[^\dXx]", "", found[0])):
            return IDENTITY
    return MOBILE if _MOBILE.search(plain) else None


def _born(number: str) -> bool:
    """Whether the digits of an identity number that stand for a day of birth do so."""
    born = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    try:
        return len(number) in (15, 18) and date.fromisoformat(f"{born[:4]}-{born[4:6]}-{born[6:]}").year >= 1850
    except ValueError:
        return False
