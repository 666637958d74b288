"""The form of a published list: the lines above it, headings, running numbers, the order of lines, masked names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from allocator.ground import Fault, masked_name
from allocator.lottery.published_lists import ListWords, PublishedList, bare_published_cell
from allocator.sheets import harmless


def list_form_faults(
    published_list: PublishedList, words: ListWords, first: PublishedList, names: Mapping[str, str]
) -> Iterator[Fault]:
    """Yield every departure of a list from the form in which it was written.

    Parameters
    ----------
    first : PublishedList
        The first of all lists; all have the same columns for name and sex.
    """
    yield from _above(published_list, words, names)
    yield from _headings(published_list, words, first)
    yield from _numbers(published_list)
    yield from _sequence(published_list, words)
    yield from _people(published_list, words)


def _above(one: PublishedList, words: ListWords, names: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the lines above the headings that are not title, name, warnings and source."""
    told = one.above[1] if len(one.above) > 1 else ""
    name = words.titles.get(one.key) or names.get(one.key, bare_published_cell(told))
    expected = [words.title, name, *words.warnings, words.source]
    for row in range(max(len(expected), len(one.above))):
        stands = one.above[row] if row < len(one.above) else ""
        wanted = harmless(expected[row]) if row < len(expected) else ""
        if stands != wanted:
            yield Fault("draw.list_above", one.file, row + 1, "", stands[:60], {"expected": wanted[:120]})


def _headings(one: PublishedList, words: ListWords, first: PublishedList) -> Iterator[Fault]:
    """Yield the fault of headings that are not those of such a list."""
    people = [code for code in ("name", "sex") if code in first.codes]
    rest = ["way", "draw"] if not one.key.startswith("_") else ["school"] * (one.key == "_external")
    expected = ["number", "id", *people, *rest]
    if list(one.codes) != expected:
        wanted = ",".join(words.headings[code] for code in expected)
        yield Fault("draw.header", one.file, len(one.above) + 1, "", ",".join(one.heads)[:60], {"expected": wanted})


def _numbers(one: PublishedList) -> Iterator[Fault]:
    """Yield running numbers that leave one out or stand twice."""
    for count, (line, row) in enumerate(one.rows, start=1):
        number = one.cells(row).get("number", str(count))
        if number != str(count):
            yield Fault("draw.list_number", one.file, line, "number", number[:20], {"expected": str(count)})


def _sequence(one: PublishedList, words: ListWords) -> Iterator[Fault]:
    """Yield lines that do not stand in the order of the run, then by number."""
    places = []
    for line, row in one.rows:
        cells = one.cells(row)
        ways = words.ways.get(cells.get("way", ""), frozenset())
        places.append((line, (min((words.places[way] for way in ways), default=0), cells.get("id", ""))))
    for (_, above), (line, here) in pairwise(places):
        if above > here:
            yield Fault("draw.list_sequence", one.file, line, "id", here[1], {"above": above[1]})


def _people(one: PublishedList, words: ListWords) -> Iterator[Fault]:
    """Yield names that are not masked, and sexes that are none."""
    for line, row in one.rows:
        cells = one.cells(row)
        if masked_name(name := cells.get("name", "")) != name:
            yield Fault("draw.list_name", one.file, line, "name")
        if cells.get("sex", "") not in {"", *words.sexes.values()}:
            yield Fault("draw.list_sex", one.file, line, "sex", cells["sex"][:20])
