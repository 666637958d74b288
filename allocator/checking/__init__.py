"""The checker: it judges a list from the district and the transcript alone, without solver or procedure."""

from allocator.checking.book.verdict import Docket, check_book
from allocator.checking.law.cutoffs import cutoffs_by_list
from allocator.checking.law.inference import infer_rows
from allocator.checking.law.inputs import check_inputs
from allocator.checking.law.rules import check_list_by_rules, unproven_by_rules
from allocator.checking.optimum.verdict import Certificate, OptimumVerdict, check_optimum

__all__ = [
    "Certificate", "Docket", "OptimumVerdict", "check_book", "check_inputs", "check_list_by_rules", "check_optimum",
    "cutoffs_by_list", "infer_rows", "unproven_by_rules",
]  # fmt: skip
