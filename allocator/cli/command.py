"""What every command is made of: its options, what it tells, and how long it may take."""

# isort: off

from allocator.cli.app import (
    BAD_INPUT, DISAGREE, GOOD, UNFINISHED, Command, cli, district_argument, encoding_option, first_seed_option,
    json_option, language_option, lists_option, path_argument, path_option, planner_list_options, planner_options,
    quiet_option, replace_option, seed_option, weak_seed_option,
)
from allocator.cli.duration import (
    tell_capacity_time, tell_instance_time, tell_optimum_time, tell_strict_time, tell_what_if_time,
)
from allocator.cli.show import (
    Teller, fault_object, print_answer, print_json, show_faults, show_warnings, told, told_command,
)

__all__ = [
    "BAD_INPUT", "DISAGREE", "GOOD", "UNFINISHED", "Command", "Teller", "cli", "district_argument", "encoding_option",
    "fault_object", "first_seed_option", "json_option", "language_option", "lists_option", "path_argument",
    "path_option", "planner_list_options", "planner_options", "print_answer", "print_json", "quiet_option",
    "replace_option", "seed_option", "show_faults", "show_warnings", "tell_capacity_time", "tell_instance_time",
    "tell_optimum_time", "tell_strict_time", "tell_what_if_time", "told", "told_command", "weak_seed_option",
]  # fmt: skip
