"""The ground on which every floor stands: what is told, in which words, and how files and streams are used."""

# isort: off

from allocator.ground.background import MANY_CHILDREN, begin_in_background
from allocator.ground.errors import (
    MOST_OF_A_KIND, AllocatorError, DisagreementError, Fault, InputError, count_faults, cut_faults, cut_error_kinds,
)
from allocator.ground.lazily import lazily
from allocator.ground.opening import (
    MOST_OF_AN_OUTPUT, MOST_OF_A_TABLE, MOST_OF_A_TEXT, MOST_OF_JSON, open_file_bytes, open_json_file, open_readable,
    opened_json,
)
from allocator.ground.owner_only import (
    OWN_FILE, OWN_FOLDER, close_to_others, create_owner_only, make_folder_owner_only, write_owner_only,
)
from allocator.ground.plain_text import (
    CARD_NUMBER, masked_name, some_as_text, starred_text, visible_text, without_card_numbers,
)
from allocator.ground.progress import Progress, silent
from allocator.ground.shares import apportion, share_in_hundredths, share_of, tied_shares
from allocator.ground.terminal import echo, keep_streams
from allocator.ground.texts import BOTH, LANGUAGES, TEXTS, Language, ListLanguages, Written, fault_text, text

__all__ = [
    "BOTH", "CARD_NUMBER", "LANGUAGES", "MANY_CHILDREN", "MOST_OF_AN_OUTPUT", "MOST_OF_A_KIND", "MOST_OF_A_TABLE",
    "MOST_OF_A_TEXT", "MOST_OF_JSON", "OWN_FILE", "OWN_FOLDER", "TEXTS", "AllocatorError", "DisagreementError", "Fault",
    "InputError", "Language", "ListLanguages", "Progress", "Written", "apportion", "begin_in_background",
    "close_to_others", "count_faults", "create_owner_only", "cut_error_kinds", "cut_faults", "echo", "fault_text",
    "keep_streams", "lazily", "make_folder_owner_only", "masked_name", "open_file_bytes", "open_json_file",
    "open_readable", "opened_json", "share_in_hundredths", "share_of", "silent", "some_as_text", "starred_text", "text",
    "tied_shares", "visible_text", "without_card_numbers", "write_owner_only",
]  # fmt: skip
