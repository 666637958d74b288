"""Help in the language asked for: texts by command and option, looked up when they are shown.

A command's module is loaded when the command is called; help and shell completion of the whole need no command.
"""

from __future__ import annotations

import importlib
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

import click

from allocator.cli.language import current_language, listen_for_language
from allocator.ground import TEXTS, Language, text
from allocator.messages.help_click import CLICK

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
_LATER = "，。、；：）”！？…"
"""Signs that begin no line."""


def teach_click() -> None:
    """Let click look up what it says itself: its texts go through ``gettext`` under the name ``_``."""
    for name in _MODULES:
        module = importlib.import_module(f"click.{name}")
        if hasattr(module, "_"):
            module._ = _said  # type: ignore[attr-defined]
        if hasattr(module, "ngettext"):
            module.ngettext = _said_of_many  # type: ignore[attr-defined]


def _said(words: str) -> str:
    return CLICK.get(words, words) if current_language() == "zh" else words


def _said_of_many(one: str, many: str, count: int) -> str:
    return _said(one if count == 1 else many)


def help_code(path: Sequence[str], option: str = "") -> str:
    """Return the code of a command's help, or of an option's: its own, else what holds wherever it is offered."""
    own = ".".join(("help", *path, option)).rstrip(".")
    return own if not option or own in TEXTS else f"help.any.{option}"


def help_key(option: click.Parameter) -> str:
    """Return the name by which the help of an option is looked up."""
    return "help" if "--help" in option.opts else option.name or ""


def wrapped_help(words: str, width: int) -> list[str]:
    """Return lines of at most a width in columns, of which a Chinese character takes two."""
    lines, line = [""], 0
    for piece in _pieces(words):
        taken = _columns(piece)
        if line + _columns(piece.rstrip()) > width and line and piece[0] not in _LATER:
            lines.append("")
            line, piece = 0, piece.lstrip()
        lines[-1] += piece
        line += taken
    return [line.rstrip() for line in lines]


def _pieces(words: str) -> Iterator[str]:
    """Give what may not be broken: a Chinese character, or a run of others with the space behind it."""
    run = ""
    for sign in " ".join(words.split()):
        if _columns(sign) == 2 or sign == " ":
            yield from filter(None, (run + " ",) if sign == " " else (run, sign))
            run = ""
        else:
            run += sign
    yield from filter(None, (run,))


def _columns(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)


class Formatter(click.HelpFormatter):
    """Help whose lines fit the screen in Chinese too."""

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{'':>{self.current_indent}}{heading}{'：' if current_language() == 'zh' else ':'}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs; one that begins with a backspace sign keeps its lines."""
        margin = " " * self.current_indent
        parts = [part.strip("\n") for part in text.split("\n\n") if part.strip()]
        self.write("\n".join("".join(f"{margin}{line}\n" for line in self._lines(part)) for part in parts))

    def _lines(self, part: str) -> list[str]:
        if part.startswith("\b"):
            return part.splitlines()[1:]
        return wrapped_help(part, self.width - self.current_indent)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names and what they mean in two columns."""
        rows = list(rows)
        first = min(max(_columns(name) for name, _ in rows), col_max) + col_spacing
        margin = " " * self.current_indent
        for name, meaning in rows:
            lines = wrapped_help(meaning, max(self.width - first - self.current_indent, 10))
            beside = _columns(name) <= first - col_spacing
            self.write(margin + name + (" " * (first - _columns(name)) + lines.pop(0) if beside else "") + "\n")
            self.write("".join(f"{margin}{'':{first}}{line}\n" for line in lines))


class Context(click.Context):
    """A call whose help is laid out by ``Formatter``."""

    formatter_class = Formatter

    @property
    def words(self) -> tuple[str, ...]:
        """The command's path without the program: ``("draw", "freeze")``; ``("allocator",)`` for the whole."""
        return _path(self) or ("allocator",)


def _path(context: click.Context) -> tuple[str, ...]:
    return (*_path(context.parent), context.info_name or "") if context.parent else ()


class Command(click.Command):
    """A command whose help is looked up in the language asked for."""

    context_class = Context

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Give what stands behind the command in its usage line."""
        return [_in_usage(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        _write_help(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _write_options(self, ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Give the options that begin so, each with its help."""
        return _with_help(self, ctx, super().shell_complete(ctx, incomplete))


class CommandGroup(click.Group):
    """A group of commands whose help is looked up in the language asked for.

    Parameters
    ----------
    modules : mapping of str to str
        The module in which each command registers itself; loaded when the command is looked up.
    """

    context_class = Context
    command_class = Command
    group_class = type

    def __init__(self, *args: Any, modules: Mapping[str, str] = MappingProxyType({}), **named: Any) -> None:
        super().__init__(*args, **named)
        self._modules = dict(modules)
        self.commands.update({name: self.command_class(name) for name in modules})  # each until its own is loaded
        # ``main`` has heard it already; it is an option here so that it may stand before the command.
        self.params.append(click.Option(["--lang"], type=click.Choice(get_args(Language)), expose_value=False))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **named: Any) -> Any:
        """Read a command line; its language is known before it is judged."""
        given = sys.argv[1:] if args is None else list(args)
        listen_for_language(given)
        return super().main(given, *rest, **named)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loading what it needs."""
        if cmd_name in self._modules:
            importlib.import_module(self._modules[cmd_name])
            del self._modules[cmd_name]
        return super().get_command(ctx, cmd_name)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Give the commands and options that begin so, each with its help; no command is loaded for it."""
        from click.shell_completion import CompletionItem

        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        found = [CompletionItem(name, help=_summary((*_path(ctx), name))) for name in names]
        return found + _with_help(self, ctx, click.Command.shell_complete(self, ctx, incomplete))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Give what stands behind the group in its usage line."""
        return [_in_usage(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the group is for."""
        _write_help(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands with the first sentence of each."""
        _write_options(self, ctx, formatter)
        rows = [(name, _summary((*_path(ctx), name))) for name in self.list_commands(ctx)]
        with formatter.section(_said("Commands")):
            formatter.write_dl(rows)


def _summary(path: Sequence[str]) -> str:
    """Return the first paragraph of a command's help."""
    return text(help_code(path), current_language()).partition("\n\n")[0]


def _in_usage(piece: str) -> str:
    """Return a word of the usage line in the language asked for."""
    return text(_USAGE[piece], current_language()) if piece in _USAGE else piece


_USAGE = {"[OPTIONS]": "help.options", "COMMAND [ARGS]...": "help.command"}


def _write_help(ctx: click.Context, formatter: click.HelpFormatter) -> None:
    words = text(help_code(_path(ctx) or ("allocator",)), current_language())
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(words)


def _option_help(ctx: click.Context, option: click.Option) -> str:
    """Return the help of an option."""
    code = help_code(_path(ctx) or ("allocator",), help_key(option))
    return text(code, current_language()) if code in TEXTS else option.help or ""


def _with_help(command: click.Command, ctx: click.Context, items: list[CompletionItem]) -> list[CompletionItem]:
    """Return completions with the help of those that are options."""
    options = [option for option in command.get_params(ctx) if isinstance(option, click.Option)]
    words = {name: _option_help(ctx, option) for option in options for name in option.opts}
    for item in items:
        item.help = words.get(item.value, item.help)
    return items


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = []
    for option in command.get_params(ctx):
        record = option.get_help_record(ctx)
        if isinstance(option, click.Option) and record is not None:
            extra = record[1].removeprefix(option.help or "").strip()  # default, range, required
            rows.append((record[0], f"{_option_help(ctx, option)}  {extra}".rstrip()))
    with formatter.section(_said("Options")):
        formatter.write_dl(rows)
