"""Assigns school seats from a published policy, a roster and a public draw.

The policy file, the roster and the seed determine the result. A sequential procedure and a CP-SAT model that share no
code must agree child by child, and a checker without any solver proves the list:

>>> import allocator
>>> district = allocator.read_district("scenarios/tongliao-2023-primary")  # doctest: +SKIP
>>> result = allocator.solve(district)  # doctest: +SKIP
"""

from importlib import metadata as _metadata

from allocator.domain import District, Row
from allocator.errors import DisagreementError, InputError
from allocator.messages import fault_text
from allocator.solve import Result, read_district, solve

__version__ = _metadata.version("school-seat-allocator")

__all__ = [
    "DisagreementError",
    "District",
    "InputError",
    "Result",
    "Row",
    "__version__",
    "fault_text",
    "read_district",
    "solve",
]
