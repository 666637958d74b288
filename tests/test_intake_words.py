"""Every reader of intake alone: what it reads, what it refuses, and that it reads what it has written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.intake.cell_readers import (
    Reads,
    UnreadableError,
    plain_cell,
    read_date,
    read_id,
    read_list,
    read_person,
    read_share,
    read_time,
    read_whole,
    read_yes,
)
from allocator.intake.column_map import PlaceNames, unambiguous_names
from allocator.intake.persons import person_check_digit, read_person_card, told_by_person_card
from allocator.intake.rows import reader_of_row_cells
from allocator.intake.targets import COLUMNS, TABLES, Target, target_of_text

DAYS = st.dates(date(2000, 1, 1), date(2049, 12, 31))
FORMS = ("{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日", "{0:%Y%m%d}")
BEHIND = ("", " 00:00:00", "T09:30:00", " 9:05")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def said_or_refused(read: Callable[[str], str], text: str) -> str:
    """Return what a reader gives, or the code of why it refuses."""
    try:
        return read(text)
    except UnreadableError as error:
        return str(error)


@given(day=DAYS, form=st.sampled_from(FORMS), behind=st.sampled_from(BEHIND), wide=st.booleans())
def test_dates_in_every_form(day: date, form: str, behind: str, *, wide: bool) -> None:
    """Every form of a day gives the day, with a time behind it or not, full-width or not."""
    text = form.format(day) + behind
    assert read_date(plain_cell(text.translate(WIDE) if wide else text)) == day.isoformat()


@given(day=DAYS)
def test_days_as_numbers_of_excel(day: date) -> None:
    """The number of a day is read as the day that a spreadsheet shows for it."""
    assert read_date(str((day - date(1899, 12, 30)).days)) == day.isoformat()


@given(text=st.text(max_size=12))
def test_a_date_is_a_day_or_refused(text: str) -> None:
    """Whatever stands in a cell, the answer is a day or a reason."""
    found = said_or_refused(read_date, text)
    assert found in ("intake.date", "intake.no_such_day") or date.fromisoformat(found)


@pytest.mark.parametrize("text", ["23-06-01", "1/6/2023", "01.06.2023", "2023-6", "6月1日", "2023-06-01?", "12"])
def test_no_date_is_guessed(text: str) -> None:
    """Without the century, with the day in front, or without a day nothing is read."""
    with pytest.raises(UnreadableError):
        read_date(text)


@given(share=st.decimals("0.01", 100, places=2))
def test_shares(share: object) -> None:
    """A share of two decimals is read as it is, with a sign of per cent or without, and once more the same."""
    read = read_share(f"{share} %")
    assert float(read) == pytest.approx(float(str(share)))
    assert read_share(read) == read
    assert not read.endswith(".")


@pytest.mark.parametrize("text", ["0", "0.00", "100.01", "-5", "50.555", "1/2", "一半", "1e2"])
def test_no_shares(text: str) -> None:
    """Nought, more than all, three decimals and fractions are no shares."""
    with pytest.raises(UnreadableError):
        read_share(text)


@given(
    first=st.from_regex(r"[1-9][0-9]{5}", fullmatch=True), day=DAYS, serial=st.integers(0, 999),
    place=st.integers(0, 16), more=st.integers(1, 9),
)  # fmt: skip
def test_cards(first: str, day: date, serial: int, place: int, more: int) -> None:
    """The right check digit is read, and every single wrong digit found; the card says birth date and sex."""
    number = f"{first}{day:%Y%m%d}{serial:03}"
    number += person_check_digit(number)
    assert read_person_card(f" {number.lower()[:6]} {number[6:]}") == number
    said = told_by_person_card(number)
    assert said is not None
    assert said.born == day.isoformat()
    assert said.sex == ("M" if serial % 2 else "F")
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    with pytest.raises(UnreadableError):
        read_person_card(wrong)


def test_a_card_of_the_standard() -> None:
    """The two numbers that GB 11643 gives as examples."""
    assert read_person_card("11010519491231002X") == "11010519491231002X"
    assert read_person_card("440524188001010014") == "440524188001010014"
    assert read_person_card("H12345678") == "H12345678"
    assert told_by_person_card("H12345678") is None


@given(text=st.text(alphabet="0123456789abcXYZ-", min_size=1, max_size=36))
def test_ids(text: str) -> None:
    """An id is read unchanged; fifteen digits in a row are none."""
    refusals = ("intake.long_number", "id.characters", "cell.formula", "cell.identity_number")
    assert said_or_refused(read_id, text) in (text, *refusals)


@given(items=st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), max_size=5), between=st.sampled_from("、,，;；\n"))
def test_lists(items: list[str], between: str) -> None:
    """Whatever stands between the items; an item twice stands once, where it stood first."""
    assert read_list(f" {between} ".join(items), read_id) == ";".join(dict.fromkeys(items))


def test_small_readers() -> None:
    """Whole numbers, yes and no, times, what is said of persons."""
    assert [read_whole(text) for text in ("6", "12.0", "6 个月", "007")] == ["6", "12", "6", "7"]
    assert {read_yes(text) for text in ("是", "有", "√", "Yes", "Ｙ")} == {"yes"}
    assert {read_yes(text) for text in ("否", "无", "没有", "×", "NO")} == {"no"}
    assert read_time("2023/7/28 9:05") == "2023-07-28T09:05:00"
    assert read_person("+86 13947501234") == "+86 13947501234"
    for read, text in ((read_whole, "六"), (read_yes, "1"), (read_time, "2023-07-28"), (read_time, "2023-07-28 25:00"),
                       (read_person, "=1+1"), (read_person, "@x"), (read_person, "+cmd|x")):  # fmt: skip
        with pytest.raises(UnreadableError):
            read(text)


def test_a_name_of_two_things_is_no_name() -> None:
    """Neither of them is meant; space and width make no difference."""
    assert unambiguous_names([("一小", "a"), ("一小", "b"), ("二 小", "c"), ("二小", "c")]) == {"二小": "c"}


def test_fixed_words_are_read_in_both_languages() -> None:
    """Every word of every column, the Chinese ones and the English ones; a target reads back what it is written as."""
    for table in TABLES:
        for name, column in COLUMNS[table].items():
            goal = Target(table, "", name)
            assert target_of_text(str(goal)) == goal
            if column.reads is Reads.WORD:
                read = reader_of_row_cells(goal, PlaceNames())
                assert all(read(word) == read(meaning) == meaning for word, meaning in column.words.items())
    assert target_of_text("guardians:father.head") == Target("guardians", "father", "head")
    assert [target_of_text(text) for text in ("guardians", "x.y", "homes.nothing", "guardians:a b.head")] == [None] * 4
