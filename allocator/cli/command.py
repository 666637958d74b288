"""What every command is made of: its options, what it tells, and how long it may take."""

# isort: off

from allocator.cli.app import (
    BAD_INPUT, DISAGREE, GOOD, UNFINISHED, Command, cli, district_argument, encoding_option, first_seed_option,
    json_option, language_option, lists_option, path_argument, path_option, planner_list_options, planner_options,
    quiet_option, replace_option, seed_option, weak_seed_option,
)
from allocator.cli.commands_book import BookGroup, book
from allocator.cli.duration import (
    tell_capacity_duration, tell_instance_duration, tell_optimum_duration, tell_strict_duration, tell_what_if_duration,
)
from allocator.cli.show import (
    Teller, fault_object, print_answer, print_json, show_faults, show_warnings, show_errors, told_command,
)

__all__ = [
    "BAD_INPUT", "DISAGREE", "GOOD", "UNFINISHED", "BookGroup", "Command", "Teller", "book", "cli",
    "district_argument", "encoding_option", "fault_object", "first_seed_option", "json_option", "language_option",
    "lists_option", "path_argument", "path_option", "planner_list_options", "planner_options", "print_answer",
    "print_json", "quiet_option", "replace_option", "seed_option", "show_errors", "show_faults", "show_warnings",
    "tell_capacity_duration", "tell_instance_duration", "tell_optimum_duration", "tell_strict_duration",
    "tell_what_if_duration", "told_command", "weak_seed_option",
]  # fmt: skip
