"""Reading: a district folder to domain objects, all faults of all files at once; who reads a policy loads no tables."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.reading.characters import with_moved_characters
    from allocator.reading.encodings import OLD_WORKBOOK, find_encoding
    from allocator.reading.folder import (
        FolderReader, POLICY_FILE, not_frames_for_folder, read_folder, read_frames, read_without_children,
        single_table,
    )
    from allocator.reading.layout import Holds, InputColumn, LAYOUTS, plain_heading
    from allocator.reading.list_file import read_lists
    from allocator.reading.policy_file import parse_policy
    from allocator.reading.rows import Rows, csv_rows, rows_of_every_sheet
    from allocator.reading.scenarios import (
        EXAMPLE, SCENARIOS, example_names, notice_warnings, plan_sections, policy_names, section_words,
    )
    from allocator.reading.sheet_check import CELL_FAULTS, sheet_faults
    from allocator.reading.sheet_look import look_for_sheets, look_over_sheets
    from allocator.reading.sheet_parts import DAMAGE, sheet_part_pieces
    from allocator.reading.table import InputTable, MOST_SEATS, shown_table_value, table_cell_problem
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "characters": "with_moved_characters",
        "encodings": "OLD_WORKBOOK find_encoding",
        "folder": (
            "FolderReader POLICY_FILE not_frames_for_folder read_folder read_frames read_without_children "
            "single_table"
        ),
        "layout": "Holds InputColumn LAYOUTS plain_heading",
        "list_file": "read_lists",
        "policy_file": "parse_policy",
        "rows": "Rows csv_rows rows_of_every_sheet",
        "scenarios": "EXAMPLE SCENARIOS example_names notice_warnings plan_sections policy_names section_words",
        "sheet_check": "CELL_FAULTS sheet_faults",
        "sheet_look": "look_for_sheets look_over_sheets",
        "sheet_parts": "DAMAGE sheet_part_pieces",
        "table": "InputTable MOST_SEATS shown_table_value table_cell_problem",
    })
