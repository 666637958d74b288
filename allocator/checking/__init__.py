"""The checker: it judges a list from the district and the transcript alone, without solver or procedure."""

from allocator.checking.book.verdict import Docket, check_book
from allocator.checking.law.inference import infer
from allocator.checking.law.inputs import check_inputs
from allocator.checking.law.rules import check_list, unproven
from allocator.checking.optimum.verdict import Certificate, OptimumVerdict, check_optimum

__all__ = [
    "Certificate", "Docket", "OptimumVerdict", "check_book", "check_inputs", "check_list", "check_optimum", "infer",
    "unproven",
]  # fmt: skip
