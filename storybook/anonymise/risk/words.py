"""What was measured, in words that a worried person can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...linked.cohort.protocol import MOST_KNOWN, TARGET, WEB_TARGET, MatchBand, Matched, Measured
from ...story.messages import Message, message
from ...story.model import Story
from .changes import Plan
from .measured import Level, Risk, Verdict

#: Said beside every number.
EXCLUDES: Final = message(
    "This excludes people who already know you. Who shared part of a life may know it under any name and any date."
)
#: Said where the rows may not be asked any more.
OVER: Final = message(
    "Not measured: the agreement for the data behind this story has ended, so nothing may be asked of it. "
    "That is not a pass."
)
#: Said where measuring was begun and broke off.
STOPPED: Final = message(
    "Not measured: measuring it stopped before its end. You can try again; if it stops again, tell whoever runs this "
    "site. Until then it is not a pass."
)
#: Said where somebody stopped it.
CANCELLED: Final = message(
    "Not measured: somebody stopped it before its end. That is not a pass. You can begin it again."
)
#: Said beside every number as well.
CONTACTS_ONLY: Final = message(
    "Only contacts are measured. What gaps, hand-offs and the words tell is not: for that, try to recognise the people."
)
#: Said of what a story shows beside its contacts.
FEWER_STILL: Final = message(
    "Somebody may know some of that too. Then it is fewer people than the numbers here say, and we can't say how many."
)
_BANDS: Final = {
    MatchBand.NONE: message("nobody in the data"),
    MatchBand.ONE: message("1 person"),
    MatchBand.FEW: message("2 to 4 people"),
    MatchBand.SOME: message("5 to 9 people"),
    MatchBand.MANY: message("10 or more people"),
    MatchBand.NOT_MEASURED: message("not measured"),
}
_SHORT: Final = {
    MatchBand.NONE: message("0"),
    MatchBand.ONE: message("1"),
    MatchBand.FEW: message("2 to 4"),
    MatchBand.SOME: message("5 to 9"),
    MatchBand.MANY: message("10 or more"),
    MatchBand.NOT_MEASURED: message("not measured"),
}
_KNOWING: Final = (
    message("any one of these contacts"),
    message("any two of these contacts"),
    message("any three of these contacts"),
    message("any four of these contacts"),
)


def band_words(band: MatchBand) -> Message:
    """A band in words: "2 to 4 people"."""
    return _BANDS[band]


def short(matched: Matched) -> Message:
    """A band for a table; "at most" where only some combinations were looked at."""
    said = _SHORT[matched.band]
    return said if matched.exact else message("at most {band}", band=said)


def headline(risk: Risk) -> Message:
    """Whether the targets are reached."""
    if risk.verdict(TARGET) is Verdict.NOT_MEASURED:
        if risk.outside:
            return message(
                "Not measured: {count} contact is with an agency, or at a time, that the data does not hold.",
                plural="Not measured: {count} contacts are with agencies, or at times, that the data does not hold.",
                count=risk.outside,
            )
        if risk.cohort:
            return message(
                "Not measured: this story shows no contact that anybody in it had with an agency. "
                "That is not a pass."
            )
        return message("Not measured: this story is not linked to data. That is not a pass.")
    if risk.verdict(WEB_TARGET) is Verdict.MET:
        return message("At least 11 people in the data have a path like this: enough for the open web too.")
    if risk.verdict(TARGET) is Verdict.MET:
        return message("10 people in the data have a path like this. For the open web there should be 11.")
    return message("Fewer than 10 people in the data have a path like this.")


def not_measured(story: Story) -> Iterator[Message]:
    """What readers see of a story that no number here counts, one line each."""
    told = [one for one in story.contacts if not one.not_telling]
    handoffs = sum(one.handoff_to is not None for one in told)
    if gaps := len(story.gaps):
        yield message("{count} gap without contact", plural="{count} gaps without contact", count=gaps)
    if handoffs:
        yield message("{count} hand-off", plural="{count} hand-offs", count=handoffs)
    if tracks := len(story.tracks):
        yield message(
            "{count} line through time, such as home or feelings",
            plural="{count} lines through time, such as home or feelings",
            count=tracks,
        )
    if episodes := len(story.episodes):
        yield message("{count} episode in words", plural="{count} episodes in words", count=episodes)
    if told:
        yield message("what kind of contact each was, what came of it, and how long it lasted")


#: What a reviewer does while a suggested change waits for its answer.
SENT: Final = message(
    "What to do next: wait for the writer. They make the change you sent, or say no and why. You find the answer here."
)


def next_step(risk: Risk, plans: Sequence[Plan] | None) -> Message:
    """What a reviewer does now."""
    if risk.verdict(TARGET) is Verdict.NOT_MEASURED:
        return message(
            "What to do next: try to recognise the people yourself. Write down why it may be shared all the same when "
            "you sign it off."
        )
    if risk.verdict(WEB_TARGET) is Verdict.MET:
        return message(
            "What to do next: nothing has to change. Try to recognise the people, then sign it off."
        )
    if risk.verdict(TARGET) is Verdict.MET:
        return message("What to do next: nothing has to change, unless it should go on the open web.")
    if plans is None:
        return message(
            "What to do next: wait for the changes that would help, or look at the contacts below."
        )
    if any(plan.small for plan in plans):
        return message(
            "What to do next: look at the first change below. If it is good, send it to the writer."
        )
    return message(
        "What to do next: no small change is enough. Talk with the writer about a large one, or write your reasons "
        "when you sign it off."
    )


def going(*, going: bool) -> Message:
    """What is said while nothing has been measured yet."""
    if going:
        return message("Not measured yet: it is being worked out. Until then it is not a pass.")
    return message("Not measured yet, or not since the data changed. That is not a pass.")


def sentences(risk: Risk) -> Iterator[Message]:
    """What somebody who knows some of it would be left with, for each person; then what else there is to say."""
    if not risk.levels:
        return
    own = risk.levels[0]
    for name, life in zip(risk.people, own.lives, strict=True):
        yield from _of_life(name, life, own)
    if own.joint is not None and own.joint.band is not MatchBand.MANY:
        yield message(
            "Someone who knows all of it, of all these people together, would be left with {band} for one of them.",
            band=_BANDS[own.joint.band],
        )
    if risk.alike:
        yield message(
            "Everyone who fits what somebody may know of it shares a need that the story does not tell. "
            "A crowd that is alike hides the person and not the need."
        )


def _of_life(name: str, life: Measured, own: Level) -> Iterator[Message]:
    for number in range(MOST_KNOWN):
        matched = life.any_of[number]
        if matched.band is not MatchBand.MANY:
            yield _left_with(name, number, own.grain, matched)
            break
    yield message(
        "{name}: all of it together fits {band} (in the whole city: {city}).",
        name=name,
        band=_BANDS[life.whole.band],
        city=_BANDS[life.whole.city],
    )


def _left_with(name: str, number: int, grain: Message, matched: Matched) -> Message:
    known, band = _KNOWING[number], _BANDS[matched.band]
    left = band if matched.exact else message("{band} or fewer", band=band)
    return message(
        "{name}: someone who knows {known} and {grain} would be left with {left}, where it is fewest.",
        name=name,
        known=known,
        grain=grain,
        left=left,
    )


def source(risk: Risk) -> Iterator[Message]:
    """What it was measured against."""
    if risk.cohort:
        yield message("Measured against {people} in the data.", people=risk.cohort)
    if risk.synthetic:
        yield message("The data is synthetic: made-up people. Nothing here says anything about a real city.")


def level_words(level: Level) -> Message:
    """What is known, for a table."""
    if level.by_sector:
        return message("{grain}, and only the sector", grain=level.grain)
    return message("{grain}, and the agency as shown", grain=level.grain)


POLICIES: Final = {
    "relative": message("dates counted from the start of the story"),
    "quarter": message("dates by quarter of the year"),
    "year": message("dates by year"),
}


def cost(plan: Plan, sector_label: dict[str, str]) -> Iterator[Message]:
    """What a plan gives up, one sentence each."""
    if plan.policy is not None:
        yield message("Show {dates}.", dates=POLICIES[plan.policy.value])
    for code in plan.sectors:
        yield message(
            'Show every agency of "{sector}" by its sector only.', sector=sector_label.get(code, code)
        )
    if plan.merged:
        yield message(
            "Tell {count} contact as part of an earlier one of the same agency.",
            plural="Tell {count} contacts as part of earlier ones of the same agency.",
            count=len(plan.merged),
        )
    if plan.left_out:
        yield message(
            "Leave out {count} contact.", plural="Leave out {count} contacts.", count=len(plan.left_out)
        )
