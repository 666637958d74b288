"""What must not be on a website, found in what is to go there: cards, telephones, addresses, names, categories.

Numbers are known by their form however they are spaced or wide; tickets, digests and seeds are no numbers of persons.
Names and addresses are known from the table of persons, and addresses by their form as well (public.md section 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from unicodedata import category, normalize

from allocator.ground import masked_name

CARD, TELEPHONE, ADDRESS, NAME, CATEGORY = "card", "telephone", "address", "name", "category"

_GAP = r"[\s\-‐-―−._/·•()]{0,3}"
_NUMBER = re.compile(rf"(?:\+{_GAP})?\(?[0-9](?:{_GAP}[0-9])*(?:{_GAP}[xX](?![A-Za-z]))?")
_HEX = re.compile(
    r"(?<![0-9A-Za-z])(?:sha256:)?(?:[0-9a-f]{64}|(?:[0-9a-f]{8} ){7}[0-9a-f]{8}|(?:[0-9a-f]{4} ){15}[0-9a-f]{4})"
    r"(?![0-9A-Za-z])|(?<![0-9A-Za-z])[0-9a-f]{16}(?:\.\.\.|…)"
)
"""Digests, seeds and tickets, whole or in groups as they are printed, and the beginning of a seed."""
_CARD18 = re.compile(r"[1-8][0-9]{5}((?:18|19|20)[0-9]{2})([0-9]{2})([0-9]{2})[0-9]{3}[0-9xX]")
_CARD15 = re.compile(r"[1-8][0-9]{5}([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{3}")
_DAY = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9])")
"""A day beside another number is no telephone; within a card it is looked at with it."""
_MOBILE = re.compile(r"(?:(?:00)?86)?0?1[3-9][0-9]{9}")
_AREA = re.compile(r"0?(?:10|2[0-9]|[3-9][0-9]{2})")
_LINE = re.compile(r"[2-9][0-9]{6,7}")
_AREA_AND_LINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}")
_TOLD = re.compile(
    r"(?:电话|手机|联系方式|座机|tel|phone|mobile)[^0-9]{0,6}[2-9][0-9]{2,3}[- ]?[0-9]{4}(?![0-9])", re.IGNORECASE
)
"""A local number is one where a word says so."""
_COUNT = r"(?:[0-9]{1,5}(?:-[0-9]{1,4})?|[一二三四五六七八九十百零〇]{1,5})"
_ADDRESS = re.compile(
    rf"(?:路|街|大道|巷|胡同|弄)[^，。；,;、：:\s]{{0,10}}?{_COUNT}号"
    rf"|(?:小区|花园|家园|新村|苑|公寓|村|嘎查|屯|社区|院)[^，。；,;、：:\s]{{0,8}}?{_COUNT}(?:号楼|号|栋|幢|单元|室|组)"
    rf"|{_COUNT}(?:号楼|栋|幢|单元)|(?:门牌|住址|家庭地址|户籍地址|居住地址)[:：]\s*\S"
    r"|(?<![0-9.])[0-9]{2,3}\.[0-9]{4,}°?[NE]?[\s,，;；/]{1,3}[0-9]{2,3}\.[0-9]{4,}"
    r"|[0-9]{1,5},?\s+(?:[A-Z][a-z]+\s+){1,3}(?:Road|Street|Avenue|Lane|Rd|St)\b"
)
"""A road with a number, a block, a staircase, two coordinates; a district or a document has none of them."""
_UNSEEN = re.compile(r"[\s\-‐-―−._/·•]")
_HEADINGS = {
    CARD: ("身份证", "证件号", "idcard", "cardno", "card"),
    TELEPHONE: ("电话", "手机", "联系方式", "telephone", "phone", "mobile", "tel"),
    ADDRESS: ("住址", "地址", "家庭住址", "address"),
    NAME: ("姓名", "名字", "学生姓名", "name", "fullname", "masked_name", "maskedname", "监护人", "guardian", "家长"),
    CATEGORY: ("类别", "学位类型", "招生类别", "学生类别", "类型", "category", "categories", "kind"),
}
_SHORTEST_NAME, _SHORTEST_ADDRESS = 2, 6


class PrivateSigns:
    """What is known of persons and of a policy's categories, to be found in texts and columns.

    Parameters
    ----------
    names : iterable of str
        Of children and guardians, as far as they are known; masked ones are passed over.
    numbers : iterable of str
        Cards and telephones, several in one text parted by semicolons or commas.
    addresses : iterable of str
        Where they live.
    categories : iterable of str
        Ids and names of the policy's categories.
    public : iterable of str
        What may stand anywhere although it looks private: the office's own address and telephone.
    """

    def __init__(
        self, names: Iterable[str] = (), numbers: Iterable[str] = (), addresses: Iterable[str] = (),
        categories: Iterable[str] = (), public: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self._names = {word for name in names if "*" not in name and len(word := joined_words(name)) >= _SHORTEST_NAME}
        self._lengths = sorted(set(map(len, self._names)))
        parts = (part for number in numbers for part in re.split("[;；、,，]", number))
        self._numbers = {word for part in parts if len(word := joined_words(part)) > 6}
        self._addresses = {word for place in addresses if len(word := joined_words(place)) >= _SHORTEST_ADDRESS}
        self._categories = {joined_words(word) for word in categories if word}
        self._public: list[str] = []
        looks = sorted({plain_words(word) for word in public if len(word.strip()) > 6}, key=len, reverse=True)
        self._public = [word for word in looks if self.kinds(word)]

    @property
    def knows_names(self) -> bool:
        """Whether any name in full is known."""
        return bool(self._names)

    def kinds(self, text: str) -> list[str]:
        """Return what of cards, telephones and addresses a text holds."""
        if len(text) < 3 or (text.isascii() and text.isalpha()):
            return []
        plain = plain_words(text)
        for word in self._public:
            plain = plain.replace(word, " ; ")
        plain = _HEX.sub(" ; ", plain)
        numbers = [found[0] for found in _NUMBER.finditer(plain)]
        found = {
            CARD: any(map(_is_card, numbers)),
            TELEPHONE: any(_is_telephone(part) for number in numbers for part in _DAY.split(number))
            or bool(_TOLD.search(plain)),
            ADDRESS: bool(_ADDRESS.search(plain)),
        }
        return [kind for kind, is_there in found.items() if is_there]

    def known_kinds(self, cell: str) -> list[str]:
        """Return what of a known person a cell of a list of children holds; a masked name holds none."""
        joined = joined_words(cell)
        if not joined or _HEX.fullmatch(cell):
            return []
        found = self.known_number(cell)
        if any(address in joined for address in self._addresses if len(joined) >= len(address)):
            found.append(ADDRESS)
        if self._holds_name(cell, joined):
            found.append(NAME)
        return found

    def known_number(self, cell: str) -> list[str]:
        """Return whether a cell is a known card or telephone, though it may be a registration number as well."""
        joined = joined_words(cell)
        if joined not in self._numbers:
            return []
        return [TELEPHONE if joined.isdigit() and len(joined) < 13 else CARD]

    def _holds_name(self, cell: str, joined: str) -> bool:
        """Whether a cell holds a known name; one in Latin letters as words of its own."""
        for length in self._lengths:
            for at in range(len(joined) - length + 1):
                name = joined[at : at + length]
                if name in self._names and (not name.isascii() or _stands_alone(name, cell)):
                    return True
        return False

    def heading_kind(self, heading: str) -> str:
        """Return what a column of this heading would hold; empty where nothing private."""
        plain = joined_words(heading)
        return next((kind for kind, words in _HEADINGS.items() if plain in map(joined_words, words)), "")

    def is_of_categories(self, cells: Iterable[str]) -> bool:
        """Whether all cells of a column that say anything are categories of the policy."""
        told = {joined_words(cell) for cell in cells} - {""}
        return bool(told) and told <= self._categories


def plain_words(text: str) -> str:
    """Return a text with full-width signs made ordinary ones, without what cannot be seen."""
    if text.isascii():
        return text
    return "".join(sign for sign in normalize("NFKC", text) if category(sign) not in ("Cf", "Mn"))


def joined_words(text: str) -> str:
    """Return a text without spaces, points and dashes, in small letters."""
    return _UNSEEN.sub("", plain_words(text)).casefold()


def is_name_in_full(cell: str) -> bool:
    """Whether a cell of a column of names shows more than public lists do; the apostrophe of sheets is none of it."""
    name = cell.removeprefix("'")
    return masked_name(name) != name.strip()


def _stands_alone(name: str, cell: str) -> bool:
    spaced = r"[\W_]*".join(map(re.escape, name))
    return re.search(rf"(?<![a-z]){spaced}(?![a-z])", plain_words(cell).casefold()) is not None


def _is_card(number: str) -> bool:
    """Whether some digits of a number, as it is written, are those of an identity card: area, day of birth, serial."""
    groups = _groups(number)
    for digits in _runs(groups):
        long, short = _CARD18.fullmatch(digits), _CARD15.fullmatch(digits)
        parts = (long[1], long[2], long[3]) if long else ("19" + short[1], short[2], short[3]) if short else None
        if parts is not None and _is_day(*map(int, parts)):
            return True
    return False


def _is_telephone(number: str) -> bool:
    """Whether some groups of a number, as it is written, are those of a telephone."""
    groups = _groups(number)
    if any(_MOBILE.fullmatch(digits) for digits in _runs(groups)) or any(map(_AREA_AND_LINE.fullmatch, groups)):
        return True
    abroad = [first > 0 and groups[first - 1] in ("86", "0086") for first in range(len(groups))]
    areas = [at for at, area in enumerate(groups) if _AREA.fullmatch(area) and (area[0] == "0" or abroad[at])]
    return any(_LINE.fullmatch("".join(groups[at + 1 : last])) for at in areas for last in range(at + 2, at + 5))


def _groups(number: str) -> list[str]:
    """The groups of digits of a number; the last sign of a card may be a letter."""
    return [group for group in re.split("[^0-9xX]+", number) if group]


def _runs(groups: list[str]) -> Iterator[str]:
    """Yield neighbouring groups put together, from one group to all."""
    for first in range(len(groups)):
        for last in range(first + 1, min(len(groups), first + 19) + 1):
            yield "".join(groups[first:last])


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False
