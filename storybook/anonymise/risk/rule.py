"""What a release asks for so that a story can't single out the people in it: one line a channel.

A target that is reached asks for nothing. Where it is not, the reviewer says why it may be shared all the same; the
open web asks for the information-governance lead's word as well. What was not measured reaches no target. Stories of
made-up people have nobody who could be found: not measured, they ask for nothing, and never for the lead. A lead who
was asked and said no is heard all the same, whoever the story is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ...linked.cohort.protocol import TARGET, WEB_TARGET
from ...story.messages import Message, message
from ..consent import DEMO, Channel, SignOff
from ..edition import Risk as Word
from .measured import Risk, Verdict


@dataclass(frozen=True, slots=True)
class Asks:
    """``target``: how many people have to fit; ``unmeasured``: whether that counts only where it was measured."""

    target: int
    unmeasured: bool = False
    lead: bool = False


ASKS: Final[dict[Channel, Asks]] = {
    Channel.TEAM: Asks(TARGET, unmeasured=True),
    Channel.PARTNERS: Asks(TARGET),
    Channel.CONFERENCE: Asks(TARGET),
    Channel.WEB: Asks(WEB_TARGET, lead=True),
}


@dataclass(frozen=True, slots=True)
class Measurement:
    """Whether 10 people fit a candidate, and 11. ``to_do``: there are data, and it was not measured by them yet."""

    ten: Verdict = Verdict.NOT_MEASURED
    eleven: Verdict = Verdict.NOT_MEASURED
    to_do: bool = False

    @classmethod
    def of(cls, risk: Risk) -> Measurement:
        """What ``risk`` says of the two targets."""
        return cls(risk.verdict(TARGET), risk.verdict(WEB_TARGET))

    def verdict(self, target: int) -> Verdict:
        """Whether ``target`` people fit."""
        return self.eleven if target == WEB_TARGET else self.ten


UNMEASURED: Final = Measurement()
LEAD_SAID_NO: Final = message(
    "The information-governance lead said no to the open web: it has to be kept off it, or changed"
)


def lacking(
    channels: Iterable[Channel], measured: Measurement, sign_off: SignOff | None, *, fictional: bool
) -> Iterator[Message]:
    """What is still asked for before a story goes out through ``channels``."""
    asked = frozenset(channels)
    if measured.to_do and not fictional:
        yield message("It is still to be measured how many people this could be")
        return
    unmet = [ASKS[c] for c in sorted(asked) if _asks(ASKS[c], measured, fictional=fictional)]
    if unmet and not (sign_off and sign_off.reasons):
        yield _reasons_for(max(asks.target for asks in unmet), measured)
    if sign_off and sign_off.lead_refused:
        yield from [LEAD_SAID_NO] * (Channel.WEB in asked)
    elif any(asks.lead for asks in unmet) and not fictional and not (sign_off and sign_off.lead_id):
        yield message(
            "For the open web at least 11 people have to fit, or the information-governance lead signs as well"
        )


def has_ways_on(channels: Iterable[Channel], measured: Measurement, *, fictional: bool) -> bool:
    """Whether it is not enough for the open web, so that there are ways on: of made-up people only if it was measured.

    Theirs may go there as it is; the ways on are there to be tried.
    """
    if measured.to_do or (fictional and measured.eleven is not Verdict.NOT_MET):
        return False
    return any(ASKS[c].lead and _asks(ASKS[c], measured, fictional=fictional) for c in channels)


def of_lead(sign_off: SignOff) -> Iterator[Message]:
    """Why the lead's word does not count: it is a third pair of eyes, and no author's."""
    lead = sign_off.lead_id
    if lead is not None and lead in sign_off.authors:
        yield message("The information-governance lead wrote some of this story: somebody else has to sign")
    if lead is not None and lead == sign_off.reviewer_id != DEMO:
        yield message("The information-governance lead and the reviewer have to be two people")


def word(channels: Iterable[Channel], measured: Measurement) -> Word:
    """What the manifest says: how large the risk is, it never does."""
    verdicts = {measured.verdict(ASKS[channel].target) for channel in channels}
    if Verdict.NOT_MEASURED in verdicts:
        return Word.NOT_MEASURED
    return Word.OVERRIDDEN if Verdict.NOT_MET in verdicts else Word.MET


def _asks(asks: Asks, measured: Measurement, *, fictional: bool) -> bool:
    verdict = measured.verdict(asks.target)
    if verdict is Verdict.NOT_MEASURED:
        return not (fictional or asks.unmeasured)
    return verdict is Verdict.NOT_MET


def _reasons_for(target: int, measured: Measurement) -> Message:
    if measured.verdict(target) is Verdict.NOT_MEASURED:
        return message(
            "It is not measured how many people this could be: "
            "the reviewer has to write down why it may be shared all the same"
        )
    return message(
        "Fewer than {target} people fit this story: the reviewer has to write down why it may be shared all the same",
        target=target,
    )
