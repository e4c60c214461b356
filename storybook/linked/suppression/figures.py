"""What a count may look like once it is safe. A bare number never leaves this package.

Suppressed is not zero and unknown is not zero: each has a type of its own (DESIGN section 5, rule 5).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Unit = Literal["people", "contacts"]


class _Figure(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    unit: Unit = "people"


class Count(_Figure):
    """A number that may be shown: already rounded to ``base``, never the true one."""

    state: Literal["shown"] = "shown"
    value: int = Field(ge=0)
    base: int = Field(ge=1)


#: Why a figure is hidden: too few ("fewer than ``below``", zero included); contacts made by too few people or
#: mostly by one; a figure that would give away a smaller one beside it; one that can't be shown safely beside what
#: has been shown before (it may be large or small). ``words.words`` says each truthfully.
Because = Literal["few", "few_behind", "protects", "beside"]


class Suppressed(_Figure):
    """Hidden. Only ``because="few"`` may be said as "fewer than ``below``": see ``Because``."""

    state: Literal["suppressed"] = "suppressed"
    below: int = Field(ge=2)
    because: Because = "few"


class StructuralZero(_Figure):
    """None, because there could not be any (the agency gave no rows for that time by its nature)."""

    state: Literal["structural_zero"] = "structural_zero"


class Unknown(_Figure):
    """Nobody counted."""

    state: Literal["unknown"] = "unknown"


Figure = Annotated[Count | Suppressed | StructuralZero | Unknown, Field(discriminator="state")]
