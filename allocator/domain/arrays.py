"""Names of the arrays that the parts hand to each other; numpy itself is loaded by those who compute."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int64]"
Floats: TypeAlias = "npt.NDArray[np.float64]"
Mask: TypeAlias = "npt.NDArray[np.bool_]"

NO_SCHOOL, EXTERNAL_SCHOOL = -1, -2
"""In the place of a school's number, or of an option: without a seat; gone to an external school."""
