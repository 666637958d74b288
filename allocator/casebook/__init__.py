"""The office's case book around the pure book: folders, files, and what may be kept as one."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.casebook.entries import (
        CHINESE_WORDS, CHOICES, COLUMNS, EVENTS, MAY_BE_EMPTY, OWN_COMMAND, TYPE_WORDS, FieldFault, entry_fields,
        made_entry,
    )
    from allocator.casebook.events_table import TableEvent, read_events_table
    from allocator.casebook.kept import KeptBook, open_book, reading, rebuild_database, writing
    from allocator.casebook.kept_tables import PURGED, demand_names_kept, purge_day
    from allocator.casebook.lists import (
        BookList, ListedBook, ObjectionAddress, later_changes, listed_book, papers_of_openings, public_lists,
        publicity_end, round_text,
    )
    from allocator.casebook.movements import Movement, MovementWords, movements_between
    from allocator.casebook.officers import CHINESE_ROLES, OFFICERS, Officers, demand_may_see_names, read_officers
    from allocator.casebook.person_rows import PERSON_FIELDS, write_person_row
    from allocator.casebook.persons import NamedPerson, named_district, read_persons, read_persons_table
    from allocator.casebook.preparing import Prepared, completed_entry, prepared_entry
    from allocator.casebook.private_words import demand_no_private_words
    from allocator.casebook.publicity import day_after, publicity_from
    from allocator.casebook.purge import PurgePlan, purge_book, purge_plan
    from allocator.casebook.refused import RefusalWords
    from allocator.casebook.opened_papers import RoundPapers, round_papers
    from allocator.casebook.words import round_words, school_words
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "entries": "CHINESE_WORDS CHOICES COLUMNS EVENTS MAY_BE_EMPTY OWN_COMMAND TYPE_WORDS FieldFault "
                   "entry_fields made_entry",
        "events_table": "TableEvent read_events_table",
        "kept": "KeptBook open_book reading rebuild_database writing",
        "kept_tables": "PURGED demand_names_kept purge_day",
        "lists": (
            "BookList ListedBook ObjectionAddress later_changes listed_book papers_of_openings public_lists "
            "publicity_end round_text"
        ),
        "movements": "Movement MovementWords movements_between",
        "officers": "CHINESE_ROLES OFFICERS Officers demand_may_see_names read_officers",
        "person_rows": "PERSON_FIELDS write_person_row",
        "persons": "NamedPerson named_district read_persons read_persons_table",
        "preparing": "Prepared completed_entry prepared_entry",
        "private_words": "demand_no_private_words",
        "publicity": "day_after publicity_from",
        "purge": "PurgePlan purge_book purge_plan",
        "refused": "RefusalWords",
        "opened_papers": "RoundPapers round_papers",
        "words": "round_words school_words",
    })
