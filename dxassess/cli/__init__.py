"""The command line, beside the pages and over the same use cases."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import click

from dxassess import __version__
from dxassess.cli.catalogue import catalogue
from dxassess.cli.usage import REFUSED, Group, words, writes_unicode
from dxassess.errors import PortTaken, SettingNotUnderstood
from dxassess.settings import Settings, called, from_environment

if TYPE_CHECKING:
    from dxassess.catalogue.model import Edition
    from dxassess.ui.host_key import HostKey

Params = ParamSpec("Params")


def _said(context: click.Context, option: click.Parameter, value: str | None) -> None:
    """An option of the command line takes the place of its environment variable. SettingNotUnderstood names the option."""
    if value is None:
        return
    variable = f"DXASSESS_{VARIABLES[option.name or '']}"
    try:
        from_environment({variable: value})
    except SettingNotUnderstood as error:
        raise SettingNotUnderstood(**{**error.values, "name": option.opts[0]}) from None
    os.environ[variable] = value


def _in_a_room(_context: click.Context, _option: click.Parameter, is_said: bool) -> None:
    if is_said:
        os.environ["DXASSESS_ROOM"] = "1"


VARIABLES = {
    "database": "DATABASE_URL",
    "host": "HOST",
    "port": "PORT",
    "address": "PUBLIC_ADDRESS",
    "lang": "LANGUAGE",
}
_STARTING = (
    click.option("--room", is_flag=True, callback=_in_a_room, expose_value=False),
    *(
        click.option(f"--{name}", callback=_said, expose_value=False)
        for name in ("database", "host", "port", "address")
    ),
    click.option("--no-browser", is_flag=True),
)
in_language = click.option("--lang", callback=_said, expose_value=False)


def starts(command: Callable[Params, None]) -> Callable[Params, None]:
    """The options of what starts the app, the same before and after `demo`."""
    for option in reversed(_STARTING):
        command = option(command)
    return command


@click.group(
    "dxassess",
    cls=Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="dxassess", message="%(prog)s %(version)s")
@starts
@in_language
@click.pass_context
def cli(context: click.Context, no_browser: bool) -> None:
    """Without a command: start the app."""
    context.obj = no_browser
    if context.invoked_subcommand is None:
        _serve(from_environment(), open_browser=not no_browser)


@cli.command()
@starts
@in_language
@click.pass_obj
def demo(no_browser_before: bool, no_browser: bool) -> None:
    """Start the app on a separate sample database: one fictional company, five quarterly rounds, a pulse and a trial."""
    os.environ["DXASSESS_SAMPLE"] = "1"
    settings = from_environment()
    _fill_sample(settings)
    _serve(settings, open_browser=not (no_browser or no_browser_before))


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@in_language
def check(folder: Path | None) -> None:
    """Check catalogues: a folder of editions, or one edition's folder (default: the shipped ones)."""
    from dxassess.catalogue.cases import read_cases
    from dxassess.catalogue.load import check as check_folder

    place = folder or from_environment().catalogues
    editions, problems = check_folder(place)
    cases, stray = read_cases(place, editions)
    problems += stray
    for problem in problems:
        click.echo(words().problem(problem), err=True)
    for edition in editions.values():
        click.echo(
            words()(
                "cli.checked",
                id=edition.id,
                title=words().of(edition.head.title),
                revision=edition.revision,
                scored=len(edition.scored),
                measured=len(edition.measured),
            )
        )
    if cases:
        click.echo(words()("cli.cases", n=len(cases.cases)))
    if problems:
        click.echo(words()("cli.problems", count=len(problems)), err=True)
        raise SystemExit(REFUSED)


@cli.command()
@click.option("--catalogue", required=True)
@click.option("--json", "as_data", is_flag=True)
@click.argument("answers", type=click.Path(path_type=Path))
@in_language
def score(catalogue: str, as_data: bool, answers: Path) -> None:
    """Score a sheet of answers: indicator,current[,target][,respondent,role]; blank, ? and - as in the README."""
    from dxassess.exchange.scoresheet import as_json, as_lines, read_sheet

    edition = _edition(catalogue)
    sheet = read_sheet(answers, edition)
    if as_data:
        click.echo(json.dumps(as_json(edition, sheet), ensure_ascii=not writes_unicode(), indent=2))
    else:
        click.echo("\n".join(as_lines(edition, sheet, words())))


@cli.command()
@click.option("--catalogue", multiple=True, required=True)
@click.option("--node", multiple=True)
@click.option("--json", "as_data", is_flag=True)
@click.argument("sheets", nargs=-1, required=True, type=click.Path(path_type=Path))
@in_language
def compare(
    catalogue: tuple[str, ...], node: tuple[str, ...], as_data: bool, sheets: tuple[Path, ...]
) -> None:
    """Lay sheets of answers side by side, round by round, and say why values moved."""
    from dxassess.cli.compare import compared

    click.echo(compared([_edition(one) for one in catalogue], sheets, node, as_data=as_data))


cli.add_command(catalogue)
for _each in catalogue.commands.values():
    in_language(_each)


def _edition(catalogue: str) -> Edition:
    from dxassess.catalogue.load import EDITION, check, load_edition
    from dxassess.errors import EditionUnknown

    settings = from_environment()
    folder, homes = Path(catalogue), [home for home in (settings.catalogues, settings.own_catalogues) if home]
    if (folder / EDITION).is_file():
        return load_edition(folder)
    inside = sorted(str(edition.parent) for edition in folder.glob("*/edition.yaml"))
    if not inside and len(folder.parts) > 1:
        return load_edition(folder)
    for home in homes if len(folder.parts) == 1 else ():
        if (home / folder / EDITION).is_file():
            return load_edition(home / folder)
    known = {edition for home in homes if home.is_dir() for edition in check(home)[0]}
    raise EditionUnknown(edition=catalogue, known=inside or sorted(known))


def _fill_sample(settings: Settings) -> None:
    from dxassess.usecases import open_application
    from dxassess.usecases.demo import fill_demo

    app = open_application(settings)
    try:
        click.echo(words()("cli.filling"))
        fill_demo(app.database, app.edition("dx2019"), trial=app.editions.get("dgc3"))
    finally:
        app.database.close()


def _serve(settings: Settings, *, open_browser: bool) -> None:
    from dxassess.ui.host_key import host_key
    from dxassess.ui.server import serve

    _refuse_taken_port(settings)
    key = host_key(settings)
    _greet(settings, key)
    with suppress(KeyboardInterrupt):
        serve(settings, key, open_browser=open_browser and _has_screen())


def _greet(settings: Settings, key: HostKey | None) -> None:
    """Where to open the program. A key that was set is known to whoever set it and is not printed."""
    from dxassess.ui.addresses import room_addresses
    from dxassess.ui.server import link_for_host

    if key is None:
        click.echo(words()("cli.running", address=link_for_host(settings, "")))
    else:
        link = link_for_host(settings, "DXASSESS_HOST_KEY" if key.is_set else key.secret)
        phones = (
            "\n".join(f"    {each}" for each in room_addresses(settings)) or f"    {words()('cli.no_phones')}"
        )
        click.echo(words()("cli.running_room", link=link, phones=phones))
        if key.is_set:
            click.echo(words()("cli.key_set"))
    click.echo(words()("cli.stop"))


def _refuse_taken_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise PortTaken(port=settings.port) from None
            raise PortTaken(port=f"{settings.host}:{settings.port}") from None


def _has_screen() -> bool:
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    try:
        cli(args=argv, prog_name=called())
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0
