"""The seats that are short, in words: the headline of page, terminal and picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from allocator.domain import District
from allocator.ground import Language, text
from allocator.planning.extra_seats.shortage import Fewest, Shortage
from allocator.sheets import school_names


def shortage_headline(shortage: Shortage, district: District, language: Language) -> list[str]:
    """Return the fewest seats and where, first for the categories that lead, then for everybody; or why there is none.

    Parameters
    ----------
    shortage : Shortage
        What was computed.
    district : District
        Gives the names of the schools.
    language : {"zh", "en"}
        Language of all words.
    """
    names = school_names(district, language)
    found = [one for one in (shortage.first, shortage.everyone) if one is not None]
    if not found:
        first = {fault.code: fault for fault in reversed(shortage.reasons)}
        return [text(fault.code, language, **fault.params) for fault in first.values()]
    return [shortage_sentence(one, names, language, everyone=one is shortage.everyone) for one in found]


def shortage_sentence(fewest: Fewest, names: Mapping[str, str], language: Language, *, everyone: bool) -> str:
    """Return one answer: how many seats, where, for whom, and how far that is proven."""
    whom = shortage_words_for_whom(fewest, language, everyone=everyone)
    if not fewest.seats:
        return text("shortage.none", language, whom=whom)
    comma = text("shortage.comma", language)
    where = comma.join(
        text("shortage.school", language, name=names[school], seats=f"{seats:,}")
        for school, seats in sorted(fewest.schools.items(), key=lambda pair: (-pair[1], pair[0]))
    )  # fmt: skip
    code = "shortage.proven" if fewest.proven else "shortage.bound"
    proof = text(
        code, language, **({} if fewest.proven else {"least": f"{fewest.at_least:,}", "seats": f"{fewest.seats:,}"})
    )
    code = "shortage.fewest" if fewest.proven else "shortage.enough"
    return text(code, language, seats=f"{fewest.seats:,}", schools=where, whom=whom, proof=proof)


def shortage_words_for_whom(fewest: Fewest, language: Language, *, everyone: bool) -> str:
    """Return the words for those of whom nobody is diverted."""
    if everyone:
        return text("shortage.everyone", language)
    return text("shortage.whom", language, categories=text("shortage.comma", language).join(fewest.categories))


def shortage_aside_lines(shortage: Shortage, language: Language) -> Iterator[str]:
    """Give who is not counted, as whole lines; none where nobody is left out."""
    lead = shortage.lead
    if lead is not None and (lead.aside or lead.hopeless):
        yield text("shortage.aside", language, aside=f"{lead.aside:,}", hopeless=f"{lead.hopeless:,}")


def shortage_home_line(schools: int, seats: int, language: Language) -> str:
    """Return the second number: demand at home, before choices, above the plan."""
    return text("shortage.home", language, schools=schools, seats=f"{seats:,}")
