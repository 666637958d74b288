"""Benchmarks with asserted answers."""
