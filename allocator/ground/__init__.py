"""The ground on which every floor stands: what is told, in which words, and how files and streams are used."""

# isort: off

from allocator.ground.background import MANY_CHILDREN, begin
from allocator.ground.errors import (
    MOST_OF_A_KIND, AllocatorError, DisagreementError, Fault, InputError, count_faults, cut_faults, cut_kinds,
)
from allocator.ground.lazily import lazily
from allocator.ground.opening import (
    MOST_OF_A_TABLE, MOST_OF_A_TEXT, MOST_OF_AN_OUTPUT, MOST_OF_JSON, file_bytes, json_file, json_value, readable,
)
from allocator.ground.owner_only import OWN_FILE, OWN_FOLDER, close_to_others, create_file, make_folder, write_new
from allocator.ground.plain_text import (
    CARD_NUMBER, masked_name, some_of, starred, visible, without_card_numbers,
)
from allocator.ground.progress import Progress, silent
from allocator.ground.shares import apportion, hundredths, part, tied
from allocator.ground.terminal import echo, keep_streams
from allocator.ground.texts import BOTH, LANGUAGES, TEXTS, Language, ListLanguages, Written, fault_text, text

__all__ = [
    "BOTH", "CARD_NUMBER", "LANGUAGES", "MANY_CHILDREN", "MOST_OF_AN_OUTPUT", "MOST_OF_A_KIND", "MOST_OF_A_TABLE",
    "MOST_OF_A_TEXT", "MOST_OF_JSON", "OWN_FILE", "OWN_FOLDER", "TEXTS", "AllocatorError", "DisagreementError",
    "Fault", "InputError", "Language", "ListLanguages", "Progress", "Written", "apportion", "begin",
    "close_to_others", "count_faults", "create_file", "cut_faults", "cut_kinds", "echo", "fault_text", "file_bytes",
    "hundredths", "json_file", "json_value", "keep_streams", "lazily", "make_folder", "masked_name", "part", "readable",
    "silent", "some_of", "starred", "text", "tied", "visible", "without_card_numbers", "write_new",
]  # fmt: skip
