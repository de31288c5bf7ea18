"""Failures on the command line: one table of exit codes, one way of saying what went wrong."""

from __future__ import annotations

import click

from extractor.errors import ConfigurationError, ExtractorError, InputError, ProcessingError

DONE, FAILED, USAGE = 0, 1, 2

_EXIT_CODES: dict[type[ExtractorError], int] = {
    InputError: FAILED,
    ProcessingError: FAILED,
    ConfigurationError: USAGE,
    ExtractorError: FAILED,
}


def exit_code(error: ExtractorError) -> int:
    """The exit code of an error: that of its nearest class in the table."""
    return next(_EXIT_CODES[kind] for kind in type(error).__mro__ if kind in _EXIT_CODES)


def say(message: str) -> None:
    """One line on standard error."""
    click.echo(" ".join(message.split()), err=True)


def usage_message(error: click.ClickException) -> str:
    """What is wrong with a call and how to find the right one."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "extractor"
    return f"LỖI: {_cause(error)} Xem cách dùng: {path} --help"


def _cause(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"Không có tùy chọn {error.option_name}."
    if isinstance(error, click.MissingParameter):
        return f"Thiếu {_name(error)}."
    if isinstance(error, click.BadParameter):
        return f"Giá trị của {_name(error)} không dùng được: {error.message}"
    if isinstance(error, click.NoSuchCommand):
        return f"Không có lệnh {error.command_name}."
    if error.message == "Missing command.":
        return "Thiếu tên lệnh."
    return f"Cách gọi không đúng: {error.message}"


def _name(error: click.BadParameter) -> str:
    """The option as it is typed, or the argument as the help shows it."""
    if error.param is None:
        return str(error.param_hint)
    long = [option for option in error.param.opts if option.startswith("--")]
    return long[0] if long else error.param.human_readable_name
