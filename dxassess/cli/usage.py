"""Help and wrong use of the command line, in the language of the terminal: what click itself says is English only.

Commands, options and arguments carry no texts of their own; their sentences stand in `text/cli.yaml` under their names.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from dxassess.errors import DxAssessError
from dxassess.text import LANGUAGES, Words

REFUSED = 2
STOPPED = 130
_LANGUAGE = "DXASSESS_LANGUAGE"
_PLAIN = {"–": "-", "−": "-", "—": "-", "“": '"', "”": '"', "’": "'", "…": "...", "·": ".", "±": "+-"}


def words() -> Words:
    """The language of the terminal: `--lang`, else `DXASSESS_LANGUAGE`, Japanese by default."""
    return Words("en" if os.environ.get(_LANGUAGE) == "en" else "ja")


class Misuse(click.UsageError):
    """A wrong use click has no class for. `key` names the sentence `cli.wrong_<key>`, `name` what was typed."""

    def __init__(self, key: str, name: str, context: click.Context) -> None:
        super().__init__(key, context)
        self.key = key
        self.name = name


class Command(click.Command):
    """A command whose help is told in the language of the terminal."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help text."""
        formatter.write("\n".join(_help(self, ctx, words())))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; what is left over is named in our words. UsageError, which knows its context."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if rest and not isinstance(self, click.Group):
            raise Misuse("surplus", rest[0], ctx)
        return rest


class Group(Command, click.Group):
    """The program: an error ends it with its sentence on standard error and exit code 2; nothing else is printed."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does. Misuse when there is no such command."""
        if args and self.get_command(ctx, args[0]) is None:
            raise Misuse("command", args[0], ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command line and end the process."""
        print_whatever_comes()
        given = args[0] if args else options.get("args")
        _listen(sys.argv[1:] if given is None else given)
        try:
            sys.exit(super().main(*args, **{**options, "standalone_mode": False}) or 0)
        except click.UsageError as error:
            click.echo(wrong(error, words()), err=True)
        except DxAssessError as error:
            click.echo(words().error(error), err=True)
        except click.Abort:
            sys.exit(STOPPED)
        sys.exit(REFUSED)


def print_whatever_comes() -> None:
    """A sign the terminal or a redirected file cannot hold is written plainly: `–` as `-`, others as `\\u8a3a`.

    Windows redirects in its old code pages; a Japanese one has no `–`, a western one no Japanese.
    """
    codecs.register_error("plainly", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plainly")


def writes_unicode() -> bool:
    """Can every sign be written where the output goes?"""
    return codecs.lookup(sys.stdout.encoding or "utf-8").name.startswith("utf")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    plain = (_PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in signs)
    return "".join(plain), error.end


def _listen(given: Sequence[str]) -> None:
    """Take over `--lang` wherever it stands, before anything is said: help and wrong use are told while click reads."""
    for word, following in zip(given, [*given[1:], ""], strict=True):
        name, _, value = word.partition("=")
        if name == "--lang" and (value or following) in LANGUAGES:
            os.environ[_LANGUAGE] = value or following


def _help(command: click.Command, context: click.Context, words: Words) -> Iterator[str]:
    parameters = command.get_params(context)
    arguments = [each for each in parameters if isinstance(each, click.Argument)]
    options = [each for each in parameters if isinstance(each, click.Option)]
    within = command.commands if isinstance(command, click.Group) else {}
    yield words("cli.usage", usage=" ".join([context.command_path, *_pieces(arguments, bool(within), words)]))
    yield f"\n{words(f'cli.about_{command.name}')}"
    yield from _listed(words("cli.arguments"), [_argument(each, words) for each in arguments])
    yield from _listed(words("cli.options"), [_option(each, words) for each in options])
    yield from _listed(words("cli.commands"), [(name, words(f"cli.about_{name}")) for name in within])
    yield ""


def _pieces(arguments: Sequence[click.Argument], has_commands: bool, words: Words) -> Iterator[str]:
    yield f"[{words('cli.options')}]"
    if has_commands:
        yield f"[{words('cli.commands')}]"
    for each in arguments:
        name, _ = _argument(each, words)
        yield name if each.required else f"[{name}]"


def _listed(heading: str, entries: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Each entry on a line of its own, what it does below it: nothing has to be aligned or wrapped."""
    if entries:
        yield f"\n{heading}"
    for name, about in entries:
        yield f"  {name}\n      {about}"


def _argument(argument: click.Argument, words: Words) -> tuple[str, str]:
    return words(f"cli.value_{argument.name}"), words(f"cli.argument_{argument.name}")


def _option(option: click.Option, words: Words) -> tuple[str, str]:
    names = ", ".join(option.opts)
    word = max(option.opts, key=len).removeprefix("--").replace("-", "_")
    name = names if option.is_flag else f"{names} {words(f'cli.value_{word}')}"
    return name, words(f"cli.option_{word}")


def wrong(error: click.UsageError, words: Words) -> str:
    """What was wrong, where, and what to do, in one sentence or two."""
    command = error.ctx.command_path if error.ctx else ""
    if isinstance(error, Misuse):
        return words(f"cli.wrong_{error.key}", command=command, name=error.name)
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error, command, words)
    if isinstance(error, click.BadOptionUsage):
        key = "surplus_value" if _is_flag(error) else "no_value"
        return words(f"cli.wrong_{key}", command=command, name=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return _missing(error.param, command, words)
    return words("cli.wrong", command=command)


def _no_such_option(error: click.NoSuchOption, command: str, words: Words) -> str:
    near = (error.possibilities or [""])[0]
    if near:
        return words("cli.wrong_option_near", command=command, name=error.option_name, near=near)
    return words("cli.wrong_option", command=command, name=error.option_name)


def _is_flag(error: click.BadOptionUsage) -> bool:
    known = error.ctx.command.params if error.ctx else []
    return any(error.option_name in each.opts and getattr(each, "is_flag", False) for each in known)


def _missing(parameter: click.Parameter, command: str, words: Words) -> str:
    name = words(f"cli.value_{parameter.name}")
    if isinstance(parameter, click.Option):
        return words("cli.wrong_no_option", command=command, name=parameter.opts[0], value=name)
    return words("cli.wrong_no_argument", command=command, name=name)
