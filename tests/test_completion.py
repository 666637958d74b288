"""Shell completion: commands, options and values, without loading a command for the names of all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from allocator.cli import COMPLETE
from allocator.cli.app import COMMANDS, cli
from tests.conformance import ROOT
from tests.test_imports import HEAVY

_MAIN = "import sys; sys.argv[0] = 'allocator'; from allocator.cli import main; main()"


def completed(instruction: str, words: str = "", at: str = "0", *, code: str = _MAIN, language: str = "en") -> str:
    """Return what the program answers to a shell."""
    asked = {COMPLETE: instruction, "COMP_WORDS": words, "COMP_CWORD": at, "ALLOCATOR_LANG": language}
    variables = {**os.environ, **asked, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    made = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, check=True)
    return made.stdout.decode()


def values(shown: str) -> set[str]:
    """Return the values that bash or fish are offered."""
    return {line.partition(",")[2].partition("\t")[0] for line in shown.splitlines()}


def test_every_command_is_offered_with_its_help() -> None:
    """Bash hears all names, fish each with its first sentence, in the language of the machine."""
    assert values(completed("bash_complete", "allocator ", "1")) == COMMANDS.keys()
    assert values(completed("bash_complete", "allocator dr", "1")) == {"draw"}
    assert values(completed("bash_complete", "allocator --lang en draw ", "4")) == {"freeze", "transcript", "verify"}
    assert "plain,check\t" in completed("fish_complete", "allocator ", "")
    assert "plain,explain\t说明" in completed("fish_complete", "allocator ", "", language="zh")


def test_options_and_their_values_are_offered() -> None:
    """Options of a command come with their help; a choice with its values."""
    assert "plain,--engine\t'procedure' alone" in completed("fish_complete", "allocator run --en", "--en")
    assert values(completed("bash_complete", "allocator run x --engine ", "4")) == {"both", "procedure", "strict"}
    assert values(completed("bash_complete", "allocator --lang ", "2")) == {"zh", "en"}


def test_no_command_is_loaded_for_the_names_of_all() -> None:
    """Who presses the key after the program's name waits for no library."""
    loaded = "import atexit, sys; atexit.register(lambda: print(*{m.partition('.')[0] for m in sys.modules}))\n"
    shown = completed("bash_complete", "allocator ", "1", code=loaded + _MAIN).splitlines()
    assert "click" in shown[-1].split()
    assert HEAVY & set(shown[-1].split()) == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(shell: str) -> None:
    """The line of the documentation gives a script that its shell can read, where it is here."""
    script = completed(f"{shell}_source")
    assert f"{COMPLETE}={shell}_complete" in script
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=script, text=True, check=False).returncode == 0


def test_the_group_keeps_every_name() -> None:
    """A wrong command is told with the names of all commands beside it, loaded or not."""
    assert cli.commands.keys() == COMMANDS.keys()
