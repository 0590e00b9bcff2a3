"""What a command that asks questions speaks with: its options, its sentences, its progress."""

from datetime import date
from typing import Annotated

import typer

from data.messages import say
from data.terminal import StoreOption, month_option, progress_bar
from data.usage import SpokenCommand, SpokenGroup, Wrong

__all__ = [
    "AsOfOption",
    "CommitteeOption",
    "DenominatorOption",
    "LangOption",
    "MonthOption",
    "SpokenCommand",
    "SpokenGroup",
    "StoreOption",
    "TownshipOption",
    "Wrong",
    "month_option",
    "progress_bar",
    "say",
]

MonthOption = Annotated[
    date | None, typer.Option(parser=month_option, metavar="2026-10", help="月份 / the month")
]
TownshipOption = Annotated[
    list[str] | None, typer.Option(help="镇街代码，可多次 / code of a township, repeatable")
]
CommitteeOption = Annotated[
    list[str] | None, typer.Option(help="行业党委编号，可多次 / id of a committee, repeatable")
]
DenominatorOption = Annotated[str | None, typer.Option(help="operating|eligible|above_scale|has_members")]
LangOption = Annotated[str | None, typer.Option(help="zh|en，句子的语言 / language of sentences")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="标签或发布编号 / tag or number of a commit")]
