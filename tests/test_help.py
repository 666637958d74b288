"""Help, options and usage faults in the language asked for, wherever it is asked for; nothing lacks its text."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from allocator.cli.app import cli
from allocator.cli.help import help_code, help_key, wrapped_help
from allocator.ground import TEXTS
from allocator.messages.help_click import CLICK
from tests.chinese_words import refused_in
from tests.cli_calls import commands

CHINESE = re.compile(r"[\u4e00-\u9fff]")
NEVER_SHOWN = re.compile(
    r"DeprecationWarning|Could not determine|No options defined|Arguments take exactly|Name '|Boolean option|editor|"
    r"Windows error|Unknown colou?r|Unknown standard stream|shell completion|Shell completion|^d$"
)
"""Texts of click that only a programmer sees, or that belong to what this program does not use."""


ALL = commands()


def said(*arguments: str, status: int = 0, **environment: str) -> str:
    """Return all that a call says."""
    variables = {"ALLOCATOR_LANG": "en", **environment}
    result = CliRunner().invoke(cli, list(arguments), env=variables, prog_name="allocator")
    assert result.exit_code == status, result.output
    return result.output


@pytest.mark.parametrize("path", ALL, ids=lambda path: " ".join(path) or "allocator")
def test_every_command_and_option_has_its_help_in_both_languages(path: tuple[str, ...]) -> None:
    """The text of the command and of each option stands in the tables; both languages have the same examples."""
    codes = [help_code(path or ("allocator",))]
    options = [option for option in ALL[path].params if isinstance(option, click.Option)]
    codes += [help_code(path or ("allocator",), help_key(option)) for option in options]
    assert [code for code in codes if code not in TEXTS] == []
    zh, en = TEXTS[codes[0]]
    assert all("allocator " + " ".join(path) in words for words in (zh, en))
    named = [set(re.findall(r" --[a-z][a-z-]+", words)) for words in (zh, en)]
    assert named[0] - {" --lang", " --help", " --again"} <= named[1]


@pytest.mark.parametrize("path", ALL, ids=lambda path: " ".join(path) or "allocator")
def test_help_is_in_one_language(path: tuple[str, ...]) -> None:
    """Chinese help says nothing in English but commands and names; English help holds no Chinese."""
    zh, en = said(*path, "--help", ALLOCATOR_LANG="zh_CN.UTF-8"), said(*path, "--help")
    assert not CHINESE.search(en)
    for words in ("用法：", "选项：", "显示本说明并退出"):
        assert words in zh
    assert not re.search(r"Usage|Options|Commands|Example|default|required|Print|Write |the ", zh)
    assert refused_in(zh) == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: " ".join(path) or "allocator")
def test_every_command_takes_its_language_before_and_behind(path: tuple[str, ...]) -> None:
    """``--lang`` before all commands and behind the last one says the same; the variable that stands for it too."""
    before = said("--lang", "zh", *path, "--help")
    assert before == said(*path, "--lang", "zh", "--help") == said(*path, "--help", ALLOCATOR_LANG="zh")
    assert "ALLOCATOR_LANG" in before
    assert "ALLOCATOR_LANG" in said(*path, "--help")


def test_no_help_text_is_left_over() -> None:
    """Each text of help belongs to a command or an option that there is."""
    known = {"help.options", "help.command"}
    for path, command in ALL.items():
        words = path or ("allocator",)
        context = click.Context(command, info_name=words[-1])
        known |= {help_code(words), *(help_code(words, help_key(option)) for option in command.get_params(context))}
    assert {code for code in TEXTS if code.startswith("help.")} - known == set()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run",), "缺少参数 'DIR'"),
        (("run", "x", "--engin", "y"), "没有选项“--engin”"),
        (("run", "x", "--engine", "y"), "'--engine' 的值不正确：“y”不正确，应为以下之一"),
        (("run", "x", "--trial-seed", "a"), "“a”不是有效的数"),
        (("run", "x", "--trial-seed", "-4"), "不在允许的范围"),
        (("run", "x", "--out"), "选项“--out”后面须写一个值"),
        (("run", "x", "y"), "有多余的参数（y）"),
        (("chekc",), "没有命令“chekc”"),
        (("run", "x", "--quiet=1"), "选项“--quiet”后面不带值"),
        (("draw", "transcript", "x"), "缺少选项 '--event'"),
        (("run", "x", "--lists", "fr"), "'--lists' 的值不正确"),
    ],
)
def test_usage_faults_are_told_in_chinese(arguments: tuple[str, ...], words: str) -> None:
    """What click says of a wrong call is Chinese, with the language before, after, or of the machine."""
    before = said("--lang", "zh", *arguments, status=2)
    assert words in before
    assert "错误：" in before
    assert not re.search(r"Error|Missing|Invalid|Try '|Usage|No such", before)
    assert said(*arguments, status=2, ALLOCATOR_LANG="zh_CN.UTF-8") == before
    assert not CHINESE.search(said(*arguments, status=2))


@pytest.mark.parametrize("arguments", [("--lang", "zh", "check", "none"), ("check", "--lang=zh", "none"),
                                       ("check", "none", "--lang", "zh"), ("--lang=zh", "check", "none")])  # fmt: skip
def test_the_language_may_stand_before_or_after_the_command(arguments: tuple[str, ...]) -> None:
    """``--lang`` is heard wherever it stands; the later one wins; a group takes it too."""
    assert "文件夹不存在" in said(*arguments, status=2)
    assert "文件夹不存在" in said("--lang", "en", "check", "none", "--lang", "zh", status=2)
    assert "does not exist" in said("--lang", "zh", "check", "none", "--lang", "en", status=2)
    assert "公开摇号" in said("draw", "--lang", "zh", "--help")
    assert "does not exist" in said("check", "none", status=2)  # nothing is kept from the call before


def test_a_bare_environment_speaks_english_and_a_chinese_locale_chinese() -> None:
    """Without any variable the machine is no Chinese one; LANG alone makes it one."""
    for variables, word in (({}, "Usage"), ({"LANG": "zh_CN.UTF-8"}, "用法"), ({"LC_ALL": "C.UTF-8"}, "Usage")):
        found = subprocess.run(
            [sys.executable, "-m", "allocator", "--help"], capture_output=True, check=True, encoding="utf-8",
            env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", **variables},
        )  # fmt: skip
        assert word in found.stdout


def test_every_text_of_click_that_can_be_shown_has_its_chinese() -> None:
    """A newer click with another text fails here, not before a clerk."""
    files = [Path(click.__path__[0]) / f"{name}.py" for name in
             ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")]  # fmt: skip
    texts = {
        argument.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext")
        for argument in node.args[:2]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    assert len(texts) > 40
    assert {words for words in texts - CLICK.keys() if not NEVER_SHOWN.search(words)} == set()
    for english, chinese in CLICK.items():
        fields = [set(re.findall(r"\{(\w+)", words)) for words in (english, chinese)]
        assert fields[1] <= fields[0], english


def test_lines_fit_the_screen() -> None:
    """A Chinese character takes two columns; no line begins with a closing sign."""
    for line in wrapped_help("规划最优：按政策中的规划权重求最好的名单，由 allocator optimum 给出证明。" * 3, 30):
        assert sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line) <= 32
        assert line[0] not in "，。：；）"
    assert wrapped_help("one two three", 8) == ["one two", "three"]
