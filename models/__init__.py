"""The strict CP-SAT model: the same law as the procedure, stated as constraints, sharing no code with it."""

from allocator.models.strict import run_strict

__all__ = ["run_strict"]
