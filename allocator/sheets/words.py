"""Words that people are shown: one language or both of a text, and numbers as people read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from allocator.domain import District, Text
from allocator.ground import Language, Written, text

MINUS, NONE = "\u2212", "–"
"""Sign of what is below nought, and what stands where there is no number."""


def said(words: Text | str, language: Language) -> str:
    """Return words in one language; a plain ``str`` (a name) is the same in both."""
    return words if isinstance(words, str) else words.in_(language)


def written_in(written: Written, words: Text | str, separator: str = " · ") -> str:
    """Return words in the language or languages of what is written for people."""
    return words if isinstance(words, str) else _in_both(written, words, separator)


@lru_cache(maxsize=4096)
def _in_both(written: Written, words: Text, separator: str) -> str:
    """Words of a list come again with every child."""
    return written.names(words.zh, words.en, separator)


def both(code: str, **params: object) -> Text:
    """Return the text of a code in both languages; parameters that are texts themselves are said in each of them."""
    return bilingual(
        lambda language: text(
            code, language, **{name: said(v, language) if isinstance(v, Text) else v for name, v in params.items()}
        )
    )


def bilingual(make: Callable[[Language], str]) -> Text:
    """Return a text or picture made once for each language.

    Parameters
    ----------
    make : callable
        Takes a language, e.g. ``lambda language: supply_demand(bars, language)``.
    """
    return Text(make("zh"), make("en"))


def number(value: float | None, digits: int = 0, *, signed: bool = False) -> str:
    """Return a number as people read it: thousands apart, a true minus, halves away from zero, a dash for none.

    Parameters
    ----------
    value : float or None
        Finite.
    digits : int
        Decimals shown.
    signed : bool
        Show ``+`` before a number above 0.
    """
    if value is None:
        return NONE
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded):,f}"


def school_names(district: District, language: Language = "zh") -> dict[str, str]:
    """Return what people call each school in a language, with its id where two would be called alike."""
    return _apart({name: said(school.title, language) for name, school in district.schools.items()})


def zone_names(district: District, language: Language = "zh") -> dict[str, str]:
    """Return what people call each zone: the name of its school, with the zone's id where two would be called alike."""
    titles = {name: district.schools[zone.school_id].title for name, zone in district.zones.items()}
    return _apart({name: said(title, language) for name, title in titles.items()})


def zone_titles(*districts: District) -> dict[str, Text]:
    """Return the names of the zones of some districts in both languages; of one that is in several, the last ones."""
    found: dict[str, Text] = {}
    for district in districts:
        zh, en = zone_names(district, "zh"), zone_names(district, "en")
        found |= {zone: Text(zh[zone], en[zone]) for zone in zh}
    return found


def _apart(names: dict[str, str]) -> dict[str, str]:
    """Names by id, with the id behind those that stand more than once."""
    often = Counter(names.values())
    return {key: f"{name} ({key})" if often[name] > 1 else name for key, name in names.items()}
