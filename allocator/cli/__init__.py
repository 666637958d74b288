"""The command line: ``allocator new | generate | check | draw | run | verify | explain``."""

from allocator.cli.app import main

__all__ = ["main"]
