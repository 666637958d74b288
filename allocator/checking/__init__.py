"""The checker: it judges a list from the district and the transcript alone, without solver or procedure."""

from allocator.checking.inference import infer
from allocator.checking.inputs import check_inputs
from allocator.checking.optimum import Certificate, OptimumVerdict, check_optimum
from allocator.checking.rules import check, unproven

__all__ = ["Certificate", "OptimumVerdict", "check", "check_inputs", "check_optimum", "infer", "unproven"]
