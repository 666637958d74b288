"""Synthetic districts of any size: the same size, seed and policy give the same bytes everywhere."""

from allocator.generator.files import generate

__all__ = ["generate"]
