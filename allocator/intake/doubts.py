"""What no rule refuses, but the office should look at: children twice, cards that say something else, shortened ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from allocator.ground import Fault, cut_faults
from allocator.intake.cell_readers import word_key
from allocator.intake.persons import told_by_person_card
from allocator.intake.tables import Cells, Tables
from allocator.intake.targets import PERSONS, columns_of_targets
from allocator.reading import shown_table_value

_CHILDREN = ("applications", "applicants")


def doubts(tables: Tables, rows: Mapping[str, Sequence[Cells]], made: Collection[str]) -> list[Fault]:
    """Return warnings on the tables of all sheets together; ``made`` are the numbers that intake gave."""
    found = []
    for table in _CHILDREN:
        found += _id_doubts(f"{table}.csv", [row[0] for row in rows.get(table, ())])
    names = columns_of_targets(PERSONS)
    persons = [dict(zip(names, row, strict=True)) for row in rows.get(PERSONS, ())]
    found += [*_near_families(rows, made), *_small_shares(rows)]
    twice, cards = _twice(tables, rows, persons), _card_doubts(tables, rows, persons)
    return found + cut_faults(twice, len(twice)) + cut_faults(cards, len(cards))


def _id_doubts(file: str, ids: Sequence[str]) -> list[Fault]:
    """Return warnings where all-digit ids differ in length, or in leading zeros only."""
    digits = [number for number in ids if number.isdecimal()]
    lengths = Counter(map(len, digits))
    found = []
    if len(lengths) > 1:
        usual = max(lengths, key=lambda length: (lengths[length], length))
        words = {"usual": str(usual), "lengths": ", ".join(f"{n} ({lengths[n]})" for n in sorted(lengths))}
        odd = next(number for number in digits if len(number) != usual)
        found.append(Fault("warn.id_lengths", file, 0, "applicant_id", shown_table_value(odd), words))
    seen: dict[str, str] = {}
    for number in digits:
        other = seen.setdefault(number.lstrip("0") or "0", number)
        if other != number:
            found.append(
                Fault(
                    "intake.leading_zeros",
                    file,
                    0,
                    "applicant_id",
                    shown_table_value(number),
                    {"other": shown_table_value(other)},
                )
            )
    return cut_faults(found, len(found))


def _near_families(rows: Mapping[str, Sequence[Cells]], made: Collection[str]) -> list[Fault]:
    """Return the guardians who, by the number that intake gave them, stand in several families."""
    families: dict[str, list[str]] = defaultdict(list)
    for family, guardian, *_ in rows.get("guardians", ()):
        if guardian in made:
            families[guardian].append(family)
    found = [
        Fault("intake.family_near", "guardians.csv", 0, "guardian", guardian,
              {"count": str(len(many)), "families": ", ".join(many)})
        for guardian, many in families.items() if len(many) > 1
    ]  # fmt: skip
    return cut_faults(found, len(found))


def _small_shares(rows: Mapping[str, Sequence[Cells]]) -> list[Fault]:
    """Return a warning where shares are so small that a part of one may be meant: 0.5 for a half, 1 for the whole."""
    place = columns_of_targets("owners").index("share")
    small = [row[place] for row in rows.get("owners", ()) if row[place] and float(row[place]) <= 1]
    words = {"count": str(len(small))}
    return [Fault("intake.small_share", "owners.csv", 0, "share", small[0], words)] if small else []


def _twice(tables: Tables, rows: Mapping[str, Sequence[Cells]], persons: Sequence[Mapping[str, str]]) -> list[Fault]:
    """Return the children that agree in name, birth date, home and guardian, or in their card, with another number."""
    main = next((table for table in _CHILDREN if table in rows), "applicants")
    names = columns_of_targets(main)
    places = [(name, names.index(name)) for name in ("birth_date", "home", "zone", "family") if name in names]
    children = {row[0]: {name: row[place] for name, place in places} for row in rows.get(main, ())}
    first: dict[tuple[str, ...], str] = {}
    found = []
    for person in persons:
        number = person["applicant_id"]
        child = children.get(number, {})
        home = child.get("home") or word_key(person["address"]) or child.get("zone", "")
        guardian = word_key(person["guardian_name"]) or child.get("family", "")
        keys = list[tuple[str, ...]]([(person["card"],)] if person["card"] else [])
        if person["name"] and (home or guardian):
            keys.append((word_key(person["name"]), child.get("birth_date", ""), home, guardian))
        others = {first.setdefault(key, number) for key in keys} - {number}
        if others:
            found.append(_at("intake.twice", tables, number, {"other": min(others)}))
    return found


def _card_doubts(
    tables: Tables, rows: Mapping[str, Sequence[Cells]], persons: Sequence[Mapping[str, str]]
) -> list[Fault]:
    """Return the children whose card says another birth date or sex than their row."""
    place = columns_of_targets("applications").index("birth_date")
    born = {row[0]: row[place] for row in rows.get("applications", ())}
    found = []
    for person in persons:
        card, number = told_by_person_card(person["card"]), person["applicant_id"]
        if card is not None and born.get(number, card.born) != card.born:
            found.append(_at("intake.card_birth", tables, number, {}))
        if card is not None and person["sex"] not in ("", card.sex):
            found.append(_at("intake.card_sex", tables, number, {}))
    return found


def _at(code: str, tables: Tables, number: str, words: dict[str, str]) -> Fault:
    """Return a warning at the row that told of a person."""
    told = tables.rows[PERSONS][(number,)]
    values = tables.sheets[told.sheet]
    heading = next((values.title(goal) for goal in values.headings if goal.column == "applicant_id"), "applicant_id")
    return Fault(code, values.region.sheet.label, values.line(told.row), heading, number, words)
