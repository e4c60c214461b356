"""What a DPIA needs of a story as a document in Markdown, for those who write the assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ...story.dates import in_words
from ...story.messages import Message, message, say
from .assessment import Answer, Governance, Linked, Shared
from .record import QUESTIONS, Question

_Q = Question
#: The sections: a heading, which recorded answers stand in it, and which facts.
_SECTIONS: Final[tuple[tuple[Message, tuple[Question, ...], str], ...]] = (
    (message("Who answers for it"), (_Q.CONTROLLER,), ""),
    (message("Lawful bases"), (_Q.ARTICLE_6, _Q.ARTICLE_9, _Q.ARTICLE_10), "bases"),
    (message("Permission and consent, which are not the lawful basis"), (), "permission"),
    (message("Agreements"), (_Q.AGREEMENT,), "agreements"),
    (message("Retention"), (_Q.RETENTION,), "retention"),
    (message("National data opt-out"), (_Q.OPT_OUT,), ""),
    (message("What is in it, and where it flows"), (_Q.FLOWS,), "flows"),
    (message("Risks, and what was done"), (_Q.RISKS,), "risks"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its heading, what was recorded, and what the program knows."""

    heading: Message
    answers: tuple[Answer, ...]
    facts: tuple[Message, ...]


TITLE: Final = message("For a data protection impact assessment")


def sections_of(found: Governance) -> tuple[Section, ...]:
    """The document's sections, in order: the file and the page say the same words."""
    by_question = {answer.question: answer for answer in found.recorded}
    return tuple(
        Section(heading, tuple(by_question[question] for question in questions), tuple(_FACTS[name](found)))
        for heading, questions, name in _SECTIONS
    )


def opening(found: Governance) -> tuple[Message, ...]:
    """What the document is about, in sentences."""
    shared = (
        message("It was shared at {address}.", address=found.address)
        if found.address
        else message("It was never shared, so its address is not given here.")
    )
    made_up = (message("It is made up: nobody in it is real."),) if found.fictional else ()
    return (
        message("Story {id}, as of {day}.", id=found.story, day=_day(found.made_on)),
        shared,
        *made_up,
        message("Nobody is named here, and no text of the story is in it."),
    )


def asked(answer: Answer) -> tuple[Message, Message]:
    """The heading of a question, and what an answer to it says."""
    return QUESTIONS[answer.question]


def wanted(answer: Answer) -> Message:
    """What is to be said where nothing was recorded."""
    return message("Say {what}:", what=say(asked(answer)[1]))


def recorded_on(answer: Answer) -> Message:
    """When it was recorded, and whether for all stories; raises ValueError where nothing was."""
    if answer.said_on is None:
        raise ValueError("nothing was recorded")
    day = _day(answer.said_on)
    of_all = message("Recorded on {day}, for all stories.", day=day)
    return of_all if answer.of_all else message("Recorded on {day}.", day=day)


NOT_RECORDED: Final = message("Not recorded.")


def as_markdown(found: Governance) -> str:
    """The document as a file. What was never recorded says so, and how to record it."""
    lines = [f"# {say(TITLE)}", "", " ".join(say(fact) for fact in opening(found))]
    for section in sections_of(found):
        lines += ["", f"## {say(section.heading)}", ""]
        for answer in section.answers:
            lines += [*_answer(answer), ""]
        lines += [f"* {say(fact)}" for fact in section.facts]
    return "\n".join([*(line.rstrip() for line in _without_doubles(lines)), ""])


def _answer(answer: Answer) -> Iterator[str]:
    yield f"### {say(asked(answer)[0])}"
    yield ""
    if answer.said is None:
        yield f"**{say(NOT_RECORDED)}** {say(wanted(answer))}"
        yield ""
        yield f"    {answer.how_to_record}"
        return
    yield from answer.said.splitlines()
    yield ""
    yield f"*{say(recorded_on(answer))}*"


def _nothing(_found: Governance) -> Iterator[Message]:
    yield from ()


def _bases(_found: Governance) -> Iterator[Message]:
    yield message("A person’s permission and consent are asked out of respect, and are none of these.")


def _permission(found: Governance) -> Iterator[Message]:
    yield message("People whose story it is: {count}.", count=found.people)
    yield message("Yes to taking part: {counts}.", counts=_counts(found.permissions))
    yield message("Others who are named, by how they are protected: {counts}.", counts=_counts(found.others))
    yield message("Who agreed to which channel is between each person and this program, and is not exported.")
    yield message("Anybody in it can stop it alone, at once, without a reason and without an account.")


def _agreements(found: Governance) -> Iterator[Message]:
    if not found.linked:
        yield message("No linked counts are in the version that was last in review.")
    for one in found.linked:
        yield _linked(one)


def _linked(one: Linked) -> Message:
    ends = _day(one.agreement_ends) if one.agreement_ends else say(message("not recorded"))
    return message(
        "Linked counts from {dataset} ({version}): {count}, rule {rules}; agreements: {agreements}; last day: {day}.",
        dataset=one.dataset,
        version=one.version,
        count=one.figures,
        rules=", ".join(one.rules),
        agreements=", ".join(one.agreements) or say(message("not recorded")),
        day=ends,
    )


def _retention(found: Governance) -> Iterator[Message]:
    for one in found.editions:
        channels = ", ".join(f"{name} {day}" for name, day in sorted(one.channels.items()))
        ended = message(", ended on {day}", day=_day(one.ended_on)) if one.ended_on else message("")
        yield message(
            "Edition {number}: {state}{ended}; published on {day}; open to, until: {channels}.",
            number=one.number,
            state=one.state,
            ended=say(ended),
            day=_day(one.published_on),
            channels=channels or "–",
        )
    yield message("After its last day an edition answers “this story is no longer shared”, on every address.")
    yield message(
        "Every figure that left a dataset stays in the ledger, so that later ones can be checked against it."
    )


def _flows(found: Governance) -> Iterator[Message]:
    yield message(
        "Contacts in the draft: {count}, with {agencies} agencies.",
        count=found.contacts,
        agencies=found.agencies,
    )
    yield message(
        "Drafts stay behind a sign-in; real names are encrypted under a key that is not in the database."
    )
    for one in found.editions:
        yield _taken(one)
    yield message("Nothing is fetched from or sent to another host while it runs.")


def _taken(one: Shared) -> Message:
    return message(
        "Edition {number}: downloaded {counts}; files written by the operator: {files}. These can’t be called back.",
        number=one.number,
        counts=_counts(one.downloads),
        files=one.files_written,
    )


def _risks(found: Governance) -> Iterator[Message]:
    review = found.review
    if review is None:
        yield message("It has not been in review yet.")
    else:
        yield message(
            "In review on {day}: dates “{policy}” at the grain “{grain}”; direct identifiers left: {count}.",
            day=_day(review.frozen_on),
            policy=review.policy,
            grain=review.grain,
            count=review.identifiers_left,
        )
        yield (
            message("Signed off on {day} by a reviewer who wrote none of it.", day=_day(review.signed_off_on))
            if review.signed_off_on
            else message("Not signed off.")
        )
        yield from _rehearsals(found, review.sha256)
    for one in found.editions:
        if one.applied:
            risk = one.applied.get("risk", "")
            yield message(
                "Edition {number}: the risk that the path is recognised: {risk}.",
                number=one.number,
                risk=risk,
            )
    yield message("What no figure sees: people who already know them.")


def _rehearsals(found: Governance, sha256: str) -> Iterator[Message]:
    """Whether somebody tried to recognise the people, in this version and in earlier ones."""
    if not any(one.sha256 == sha256 for one in found.rehearsals):
        yield message("Nobody tried to recognise the people in this version.")
    for one in found.rehearsals:
        which = message("this version") if one.sha256 == sha256 else message("another version")
        yield message(
            "A reviewer tried to recognise the people in {which}, until {day}, for {minutes} min: {outcome}.",
            which=which,
            day=_day(one.ended_on),
            minutes=one.minutes,
            outcome=one.outcome,
        )


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or say(message("none"))


def _day(day: dt.date) -> str:
    return say(in_words(day.isoformat()))


def _without_doubles(lines: list[str]) -> Iterator[str]:
    """The lines, with no two empty ones together."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line


_FACTS: Final[dict[str, Callable[[Governance], Iterator[Message]]]] = {
    "": _nothing,
    "bases": _bases,
    "permission": _permission,
    "agreements": _agreements,
    "retention": _retention,
    "flows": _flows,
    "risks": _risks,
}
