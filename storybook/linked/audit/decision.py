"""What comes of an audit: released, or not, and then what is at fault and what to leave out instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...story.messages import Message, message, say
from ..asking.ledger import Released
from ..suppression.figures import Suppressed
from ..suppression.rules import rule_called


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A hidden number of which too little would be left to guess, and the numbers (their places) that do it together.

    ``hidden`` says in words what it counts; ``left`` how many values were found that a reader must think possible.
    """

    hidden: Message
    left: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether new numbers may be shown beside everything that was shown before.

    ``leave_out`` are the places (in the new numbers) to leave out so that the rest may be shown; ``smallest`` says that
    no smaller set would do; ``at_fault`` names them in words. ``unchecked`` are those of them of which nothing could be
    found out in the time there was. ``renamed`` are sentences about names that may be others of today.
    """

    given_away: tuple[GivenAway, ...] = ()
    leave_out: tuple[int, ...] = ()
    smallest: bool = True
    at_fault: tuple[Message, ...] = ()
    unchecked: tuple[int, ...] = ()
    renamed: tuple[Message, ...] = ()

    @property
    def released(self) -> bool:
        """Whether all may be shown."""
        return not self.leave_out

    @property
    def words(self) -> Message:
        """What to tell a person."""
        if self.released:
            return message("These numbers can be released.")
        named = dict(zip(self.leave_out, map(say, self.at_fault), strict=True))
        refused = "; ".join(name for place, name in named.items() if place not in self.unchecked)
        unknown = "; ".join(name for place, name in named.items() if place in self.unchecked)
        safely = message(
            "These numbers can't be released safely beside earlier figures: {numbers}.", numbers=refused
        )
        late = message(
            "It took too long to find out whether these numbers can be released safely, so they are not shown: "
            "{numbers}.",
            numbers=unknown,
        )
        said = [safely] * bool(refused) + [late] * bool(unknown)
        return message("{said}", said=" ".join(map(say, (*said, *self.renamed))))

    @property
    def offer(self) -> Message:
        """What would help, and how it was found."""
        if self.smallest:
            return message("If these are not shown, the rest can be. No smaller choice would do.")
        return message(
            "If these are not shown, the rest can be. There may be a smaller choice: the search took too long."
        )

    def adapted(self, new: Sequence[Released]) -> tuple[Released, ...]:
        """``new`` with what is to be left out not shown: that may be released."""
        out = set(self.leave_out)
        return tuple(not_shown(one) if place in out else one for place, one in enumerate(new))


def not_shown(released: Released) -> Released:
    """The same number, hidden without saying whether it is small."""
    rule = rule_called(released.rule)
    hidden = Suppressed(unit=released.figure.unit, below=rule.below, because="beside")
    return released.model_copy(update={"figure": hidden})
