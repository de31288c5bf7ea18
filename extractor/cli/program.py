"""Finds commands, runs one, and turns every outcome into an exit code."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from typing import Any

import click

from extractor.cli import commands
from extractor.cli.failures import USAGE, exit_code, say, usage_message
from extractor.errors import ExtractorError


class Program(click.Group):
    """A group whose commands are the modules of `extractor.cli.commands`, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, None when there is no module of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


def _version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from extractor.pipeline import version

        click.echo(version())
        context.exit()


@click.command(cls=Program, no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="In phiên bản rồi thoát."
)
def program() -> None:
    """Đọc văn bản hành chính và văn bản OCOP thành dữ liệu có chứng cứ."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program. Returns the exit code: 0 all done, 1 some input failed, 2 usage or configuration."""
    try:
        outcome: Any = program.main(args=arguments, prog_name="extractor", standalone_mode=False)
    except click.ClickException as error:
        say(usage_message(error))
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        say("Đã dừng theo yêu cầu.")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ExtractorError as error:
        say(f"LỖI: {error}")
        return exit_code(error)
    return outcome if isinstance(outcome, int) else 0
