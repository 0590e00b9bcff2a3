"""Wrong usage of a command in our own sentences, which never repeat what was typed."""

import sys
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from data.messages import say

# What Typer calls the kinds of wrong usage that need a sentence of their own.
_SENTENCES = {
    "MissingParameter": "usage_missing",
    "NoSuchOption": "usage_option",
    "BadOptionUsage": "usage_value_missing",
}


class Wrong(typer.BadParameter):
    """A wrong usage whose sentence is ours already."""


class SpokenGroup(TyperGroup):
    """Several commands; wrong usage is told in words and ends with code 2."""

    def main(self, *args: Any, **how: Any) -> Any:
        """Run the command line as Typer does, but for the sentences."""
        return _spoken(super().main, args, how)


class SpokenCommand(TyperCommand):
    """One command that speaks likewise."""

    def main(self, *args: Any, **how: Any) -> Any:
        """Run the command line as Typer does, but for the sentences."""
        return _spoken(super().main, args, how)


def _spoken(main: Callable[..., Any], args: tuple[Any, ...], how: dict[str, Any]) -> Any:
    if not how.pop("standalone_mode", True):
        return main(*args, standalone_mode=False, **how)
    try:
        code = main(*args, standalone_mode=False, **how)
    except typer.TyperException as error:
        typer.echo(usage_text(error), err=True)
        sys.exit(2)
    except typer.Abort:
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def usage_text(error: typer.TyperException, lang: str | None = None) -> str:
    """One sentence, after the name of the option or argument that it is about."""
    kind, param, context = type(error).__name__, getattr(error, "param", None), getattr(error, "ctx", None)
    if kind == "NoArgsIsHelpError":
        return str(error)
    if isinstance(error, Wrong):
        sentence = error.message
    elif kind in _SENTENCES:
        sentence = say(_SENTENCES[kind], lang)
    elif isinstance(error, typer.BadParameter):
        sentence = say(_expected(param), lang)
    elif context is not None and isinstance(context.command, TyperGroup):
        sentence = say("usage_command", lang, commands=" ".join(context.command.commands))
    else:
        sentence = say("usage_extra", lang)
    name = getattr(error, "param_hint", None) or (_name(param) if param is not None else None)
    help_ = say("usage_help", lang, command=context.command_path) if context is not None else ""
    return (f"{name}: " if name else "") + sentence + help_


def _expected(param: Any) -> str:
    """The sentence for a value of the wrong kind, by what the parameter takes."""
    takes = str(getattr(getattr(param, "type_descriptor", None), "annotation", ""))
    return "usage_path" if "Path" in takes else "usage_number" if "int" in takes else "usage_value"


def _name(param: Any) -> str:
    """--month, or PATH... for an argument."""
    return max(param.opts, key=len) if param.param_type_name == "option" else str(param.metavar or param.name)
