"""What an audience may see: `internal` sees exact values, `protected` no count that could be a person."""

from typing import Literal, get_args

Audience = Literal["internal", "protected"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
