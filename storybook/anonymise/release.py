"""The one act that turns a candidate into an edition; ``services.editions.publish_edition`` alone may import it.

It refuses with every reason at once. Whether the consents and the sign-off were given by whom they say is for
the service to know; whether they are enough for *this* text is decided here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from ..story.messages import Message, message, say
from ..story.problems import StorybookError
from .candidate import Candidate
from .consent import DEMO, Channel, Consent, SignOff
from .edition import NOTHING_MORE, Applied, Edition, EditionManifest, _sealed
from .report import Report, examine
from .risk.rule import UNMEASURED, Measurement, lacking, of_lead, word


class NotReleasable(StorybookError):
    """A candidate may not go out; ``reasons`` holds every one."""

    def __init__(self, reasons: Iterable[Message]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(say(reason) for reason in self.reasons))


def release(  # noqa: PLR0913 - each is something that a release rests on, and all are said by name
    candidate: Candidate,
    report: Report,
    consents: Iterable[Consent],
    sign_off: SignOff | None,
    *,
    number: int,
    day: dt.date,
    further: Iterable[Message] = (),
    applied: Applied = NOTHING_MORE,
    measured: Measurement = UNMEASURED,
    kept_off: Collection[Channel] = (),
) -> Edition:
    """The edition ``number`` of ``candidate``, on a London ``day``; ``NotReleasable`` with every reason.

    Channels: those to which everybody in the story has agreed, each until the least of their days, and none that it is
    ``kept_off``. ``further`` are reasons that only the service can know; ``applied`` is what it knows for the manifest,
    but for the word on the risk, which comes of what was ``measured``.
    """
    given = tuple(consents)
    found = obstacles(candidate, report, given, sign_off, day=day, measured=measured, kept_off=kept_off)
    if reasons := (*found, *further):
        raise NotReleasable(reasons)
    channels = common_channels(candidate, given, day=day, kept_off=kept_off)
    manifest = EditionManifest(
        candidate_sha256=candidate.sha256,
        released_on=day,
        policy=candidate.manifest.policy,
        grain=candidate.manifest.grain,
        consents=len(candidate.shown.people),
        channels=tuple(sorted(channels.items())),
        **(applied.model_dump() | {"risk": word(channels, measured)}),
    )
    return _sealed(number, candidate, manifest)


def obstacles(
    candidate: Candidate,
    report: Report,
    consents: Iterable[Consent],
    sign_off: SignOff | None,
    *,
    day: dt.date,
    measured: Measurement = UNMEASURED,
    kept_off: Collection[Channel] = (),
) -> Iterator[Message]:
    """Every reason why ``candidate`` may not go out on a London ``day``; none if it may."""
    given = tuple(consents)
    yield from _of_report(candidate, report)
    yield from _of_consents(candidate, given, day, kept_off)
    yield from _of_sign_off(candidate, sign_off)
    channels = common_channels(candidate, given, day=day, kept_off=kept_off)
    yield from lacking(channels, measured, sign_off, fictional=candidate.shown.fictional)
    if not candidate.shown.fictional and any(who == DEMO for who in _who(given, sign_off)):
        yield message("A demo’s consents and sign-off count for made-up people only")


def _who(given: Iterable[Consent], sign_off: SignOff | None) -> Iterator[UUID | str]:
    yield from (consent.given_by for consent in given)
    if sign_off is not None:
        yield sign_off.reviewer_id
        yield from [sign_off.lead_id] if sign_off.lead_id else []


def _of_report(candidate: Candidate, report: Report) -> Iterator[Message]:
    if report.candidate_sha256 != candidate.sha256:
        yield message("The report is about another version of this story: look through this one first")
    elif report != examine(candidate):
        yield message("The report is not what looking through this story says: look through it again")
    if report.blocking:
        yield message(
            "{count} finding is open: put it right first",
            plural="{count} findings are open: put them right first",
            count=len(report.findings),
        )


def _of_consents(
    candidate: Candidate, given: tuple[Consent, ...], day: dt.date, kept_off: Collection[Channel]
) -> Iterator[Message]:
    people = [person.ref for person in candidate.shown.people]
    if not people:
        yield message("The story names nobody whose story it is, so nobody can agree to it")
        return
    lacking = [reason for person in people for reason in _of_person(candidate, person, given, day)]
    yield from lacking
    shared = common_channels(candidate, given, day=day)
    if not lacking and not shared:
        yield message("There is no way of sharing that everybody in the story has agreed to")
    elif not lacking and not shared.keys() - set(kept_off):
        yield message(
            "It is kept off the open web, and there is no other way of sharing that everybody agreed to"
        )


def _of_person(
    candidate: Candidate, person: str, given: tuple[Consent, ...], day: dt.date
) -> Iterator[Message]:
    theirs = [consent for consent in given if consent.person_ref == person]
    here = [consent for consent in theirs if consent.candidate_sha256 == candidate.sha256]
    if not theirs:
        yield message("{person} has not agreed yet", person=person)
    elif not here:
        yield message("{person} agreed to another version of this story, and is asked again", person=person)
    elif not any(until >= day for until in _said_by(person, here).values()):
        yield message("{person}’s consent has ended", person=person)
    elif not any(until >= day for until in _channels_of(candidate, person, here).values()):
        yield message("{person} has said yes once, and is asked for a second look", person=person)


def _of_sign_off(candidate: Candidate, sign_off: SignOff | None) -> Iterator[Message]:
    if sign_off is None:
        yield message("Nobody has signed it off yet")
        return
    if sign_off.candidate_sha256 != candidate.sha256:
        yield message("The sign-off is for another version of this story")
    if sign_off.by_an_author:
        yield message("The reviewer wrote some of this story: somebody else has to sign it off")
    yield from of_lead(sign_off)


def _to_this(candidate: Candidate, given: Iterable[Consent]) -> tuple[Consent, ...]:
    return tuple(consent for consent in given if consent.candidate_sha256 == candidate.sha256)


def _channels_of(candidate: Candidate, person: str, consents: Iterable[Consent]) -> dict[Channel, dt.date]:
    """The last day of each channel that one person's word opens now: of a real story, only what was said twice."""
    fictional = candidate.shown.fictional
    return _least(consent.opens(fictional=fictional) for consent in _latest(person, consents))


def _said_by(person: str, consents: Iterable[Consent]) -> dict[Channel, dt.date]:
    """The last day of each channel that one person has said yes to, once or twice."""
    return _least(consent.opens(fictional=True) for consent in _latest(person, consents))


def _latest(person: str, consents: Iterable[Consent]) -> list[Consent]:
    """Their latest word: it replaces all they said before, so a channel that it leaves out is taken back."""
    theirs = [consent for consent in consents if consent.person_ref == person]
    latest = max((consent.given_at for consent in theirs), default=None)
    return [consent for consent in theirs if consent.given_at == latest]


def _least(said: Iterable[dict[Channel, dt.date]]) -> dict[Channel, dt.date]:
    """Of several words said at once, the shorter day of each channel."""
    found: dict[Channel, dt.date] = {}
    for channels in said:
        for channel, last in channels.items():
            found[channel] = min(last, found.get(channel, last))
    return found


def common_channels(
    candidate: Candidate, consents: Iterable[Consent], *, day: dt.date, kept_off: Collection[Channel] = ()
) -> dict[Channel, dt.date]:
    """The channels everybody agreed to and that are open on ``day``, each until the least of their days."""
    given = _to_this(candidate, consents)
    each = [_channels_of(candidate, person.ref, given) for person in candidate.shown.people]
    if not each:
        return {}
    shared = set.intersection(*(set(channels) for channels in each)) - set(kept_off)
    until = {channel: min(channels[channel] for channels in each) for channel in shared}
    return {channel: last for channel, last in until.items() if last >= day}
