"""Assigns school seats from a published policy, a roster and a public draw.

The policy file, the roster and the seed determine the result. A sequential procedure and a CP-SAT model that share no
code must agree child by child, and a checker without any solver proves the list:

>>> import allocator
>>> district = allocator.read_district("scenarios/tongliao-2023-primary")  # doctest: +SKIP
>>> result = allocator.solve(district)  # doctest: +SKIP

docs/python.md shows everything that scripts can ask.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allocator.district_folder import read_district
    from allocator.domain import District, Row
    from allocator.engines import Result, solve
    from allocator.ground import DisagreementError, InputError, fault_text
    from allocator.scripting.answer import Answer
    from allocator.scripting.lists import explain, verify
    from allocator.scripting.planning import capacity, odds, optimum, seats, sweep, warnings, what_if

    __version__: str

_HOMES = {
    "Answer": "scripting.answer", "DisagreementError": "ground", "District": "district_folder", "InputError": "ground",
    "Result": "engines", "Row": "domain", "capacity": "scripting.planning", "explain": "scripting.lists",
    "fault_text": "ground", "odds": "scripting.planning", "optimum": "scripting.planning",
    "read_district": "district_folder", "seats": "scripting.planning", "solve": "engines",
    "sweep": "scripting.planning", "verify": "scripting.lists", "warnings": "scripting.planning",
    "what_if": "scripting.planning",
}  # fmt: skip
"""Where each name comes from; loaded when it is asked for, so that who wants one part does not wait for all.

No module may have the name of a function here: once loaded, it would stand in the function's place.
"""

__all__ = [
    "Answer", "DisagreementError", "District", "InputError", "Result", "Row", "__version__", "capacity", "explain",
    "fault_text", "odds", "optimum", "read_district", "seats", "solve", "sweep", "verify", "warnings", "what_if",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    from importlib import import_module, metadata

    if name == "__version__":
        value: Any = metadata.version("school-seat-allocator")
    elif name in _HOMES:
        value = getattr(import_module(f"allocator.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
