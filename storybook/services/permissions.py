"""Who may do what, as one table: checks and buttons read the same lines.

A line names the site roles and the roles in the story that may, and the states in which it makes sense. Nobody
consents for somebody else: those lines hold only for the person's own ref (``own``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from ..story.messages import Message, message
from .role_words import any_of
from .states import Move, StoryState, can_move, why_not


class SiteRole(StrEnum):
    """What somebody is on the whole site. LEAD answers for information governance.

    OPERATOR runs the command line; SYSTEM is the program itself.
    """

    WORKER = "worker"
    EXPERT = "expert"
    REVIEWER = "reviewer"
    ANALYST = "analyst"
    ADVOCATE = "advocate"
    LEAD = "lead"
    ADMIN = "admin"
    OPERATOR = "operator"
    SYSTEM = "system"


class StoryRole(StrEnum):
    """What somebody is in one story. WRITER changed some of it, which gives no right and takes the sign-off away.

    LEAD is nobody's to give: it is who was asked for their word on the text in review, until they have answered.
    """

    AUTHOR = "author"
    EXPERT = "expert"
    REVIEWER = "reviewer"
    ANALYST = "analyst"
    WRITER = "writer"
    LEAD = "lead"


#: What somebody can be given in a story.
GIVEN_ROLES = tuple(role for role in StoryRole if role not in (StoryRole.WRITER, StoryRole.LEAD))


class Action(StrEnum):
    """What may be asked for."""

    ADD_STORY = "add a story"
    READ_STORY = "read a story"
    RECORD_PERMISSION = "write down who takes part"
    STOP_TAKING_PART = "stop taking part"
    NAME_OTHERS = "name others in the story"
    SETTLE_OTHERS = "say how others are protected"
    EDIT = "edit"
    LINK_COUNT = "link a count"
    SEND_FOR_REVIEW = "send for review"
    DECIDE = "replace what was found"
    KEEP_FINDING = "keep what was found"
    UNDO_DECISION = "take a decision back"
    CLEAR_FINDING = "write down that an adviser cleared it"
    READ_CANDIDATE = "read what would be shown"
    READ_RISK = "read how many people a story could be"
    SUGGEST_CHANGE = "suggest a change"
    TAKE_SUGGESTION_BACK = "take a suggestion back"
    ANSWER_SUGGESTION = "answer a suggestion"
    GIVE_CONSENT = "give consent"
    SECOND_LOOK = "say yes a second time"
    TAKE_BACK_CONSENT = "take back consent"
    REHEARSE = "try to recognise the people"
    SIGN_OFF = "sign off"
    CHOOSE_WEB = "choose a way on for the open web"
    SIGN_AS_LEAD = "sign as information-governance lead"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    WITHDRAW_FOR = "withdraw for somebody"
    MAKE_CARD = "make a card"
    REPLACE_CARD = "replace a lost card"
    TAKE_OUT = "take out everywhere"
    EXPORT_STORY = "export a story"
    SHARE_STORY = "share a story"
    KEEP_NAMES = "keep real names"
    LOAD_DATA = "load data"
    COUNT_DATA = "count data"
    MANAGE_ACCOUNTS = "manage accounts"
    GOVERN = "answer for the data"
    READ_GOVERNANCE = "read what an assessment needs"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. ``name`` is for the screen only and is never logged or stored in an audit line."""

    id: UUID
    name: str = ""
    roles: frozenset[SiteRole] = frozenset()
    demo: bool = False

    @classmethod
    def system(cls, *, demo: bool = False) -> Actor:
        """The program itself; ``demo`` marks what the demo did in everybody's place."""
        return cls(UUID(int=2 if demo else 1), "storybook", frozenset({SiteRole.SYSTEM}), demo)

    @classmethod
    def operator(cls) -> Actor:
        """Whoever may run the command on this machine."""
        return cls(UUID(int=3), "operator", frozenset({SiteRole.OPERATOR}))

    @classmethod
    def nobody(cls) -> Actor:
        """Somebody signed out."""
        return cls(UUID(int=0))

    @property
    def signed_in(self) -> bool:
        """Whether this is somebody at all."""
        return self.id.int != 0


@dataclass(frozen=True, slots=True)
class StoryAccess:
    """What the actor is in one story: roles, the people they speak for, and whether they wrote any of it."""

    state: StoryState
    roles: frozenset[StoryRole] = frozenset()
    persons: frozenset[str] = frozenset()
    wrote: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, with the reason in words (for a yes, an empty sentence)."""

    allowed: bool
    reason: Message = field(default_factory=lambda: message(""))
    #: The right person at the wrong moment.
    not_now: bool = False

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table."""

    site: frozenset[SiteRole] = frozenset()
    story: frozenset[StoryRole] = frozenset()
    move: Move | None = None
    own: bool = False
    #: Roles that may for anybody in the story what others may for themselves only.
    for_others: frozenset[StoryRole] = frozenset()
    not_author: bool = False
    #: Roles on the site, one of which is needed beside the role in the story.
    also: frozenset[SiteRole] = frozenset()
    #: Nobody who works here, and nobody who looks after the story, says it in a person's name.
    own_voice: bool = False


def _rule(
    site: Iterable[SiteRole] = (),
    story: Iterable[StoryRole] = (),
    *,
    move: Move | None = None,
    own: bool = False,
    for_others: Iterable[StoryRole] = (),
    not_author: bool = False,
    also: Iterable[SiteRole] = (),
    own_voice: bool = False,
) -> Rule:
    others = frozenset(for_others)
    return Rule(frozenset(site), frozenset(story), move, own, others, not_author, frozenset(also), own_voice)


_W, _AN, _AD = SiteRole.WORKER, SiteRole.ANALYST, SiteRole.ADMIN
_OP = {SiteRole.OPERATOR, SiteRole.SYSTEM}
_AU, _EX, _RE, _SA = StoryRole.AUTHOR, StoryRole.EXPERT, StoryRole.REVIEWER, StoryRole.ANALYST
_LE = StoryRole.LEAD

RULES: dict[Action, Rule] = {
    Action.ADD_STORY: _rule({_W, *_OP}),
    Action.READ_STORY: _rule(_OP, {_AU, _EX, _RE, _SA, _LE}),
    # Taking part and releasing are two acts: a worker writes down the first, and nobody says the second for anybody.
    Action.RECORD_PERMISSION: _rule(_OP, {_AU, _EX}, own=True, for_others={_AU}),
    Action.STOP_TAKING_PART: _rule(_OP, {_EX}, own=True),
    Action.NAME_OTHERS: _rule(_OP, {_AU, _EX, _RE}),
    Action.SETTLE_OTHERS: _rule((), {_RE}, not_author=True),
    Action.EDIT: _rule(_OP, {_AU, _EX}, move=Move.EDIT),
    # Whoever writes the story decides what its words become; the reviewer reads the reasons and may ask again. What the
    # law may ask about is cleared by an adviser whom the reviewer names.
    Action.DECIDE: _rule(_OP, {_AU, _EX}, move=Move.EDIT),
    Action.KEEP_FINDING: _rule(_OP, {_AU, _EX}, move=Move.KEEP_FINDING),
    Action.UNDO_DECISION: _rule(_OP, {_AU, _EX, _RE}, move=Move.EDIT),
    Action.CLEAR_FINDING: _rule((), {_RE}, move=Move.CLEAR_FINDING, not_author=True),
    # An analyst of the story adds numbers to it, and changes nobody's words.
    Action.LINK_COUNT: _rule(_OP, {_AU, _EX, _SA}, move=Move.EDIT),
    Action.SEND_FOR_REVIEW: _rule(_OP, {_AU}, move=Move.SEND_FOR_REVIEW),
    Action.READ_CANDIDATE: _rule(_OP, {_AU, _EX, _RE, _LE}),
    Action.READ_RISK: _rule(_OP, {_RE, _LE}),
    Action.SUGGEST_CHANGE: _rule((), {_RE}, move=Move.SUGGEST, not_author=True),
    Action.TAKE_SUGGESTION_BACK: _rule((), {_RE}, not_author=True),
    # To make it is to edit; to say no changes nothing, whatever the state.
    Action.ANSWER_SUGGESTION: _rule(_OP, {_AU, _EX}),
    Action.GIVE_CONSENT: _rule((), {_EX}, move=Move.GIVE_CONSENT, own=True, own_voice=True),
    Action.SECOND_LOOK: _rule((), {_EX}, move=Move.SECOND_LOOK, own=True, own_voice=True),
    Action.TAKE_BACK_CONSENT: _rule((), {_EX}, own=True),
    Action.REHEARSE: _rule((), {_RE}, move=Move.REHEARSE, not_author=True),
    Action.SIGN_OFF: _rule((), {_RE}, move=Move.SIGN_OFF, not_author=True),
    # Kept off the web, or the lead asked: whoever may share it, and none of those who answer for themselves alone.
    Action.CHOOSE_WEB: _rule((), {_AU, _RE}, move=Move.SIGN_OFF),
    # Asked for where too few people fit a story for the open web; whoever is asked reads all of it until they answer.
    Action.SIGN_AS_LEAD: _rule((), {_RE, _LE}, move=Move.SIGN_OFF, not_author=True, also={SiteRole.LEAD}),
    Action.PUBLISH: _rule(_OP, {_AU, _RE}, move=Move.PUBLISH),
    # The operator stands in for somebody without an account who asks in person.
    Action.WITHDRAW: _rule(_OP, {_EX}, own=True),
    Action.WITHDRAW_FOR: _rule({SiteRole.ADVOCATE, _AD, *_OP}),
    Action.MAKE_CARD: _rule(_OP, {_AU, _EX}, own=True, for_others={_AU}),
    # For somebody without an account who lost theirs; never by anybody who has a part in the story.
    Action.REPLACE_CARD: _rule({SiteRole.ADVOCATE, _AD, *_OP}),
    Action.TAKE_OUT: _rule(_OP, {_AU, _EX}),
    Action.EXPORT_STORY: _rule(_OP, {_AU, _EX}),
    Action.SHARE_STORY: _rule(_OP, {_AU}),
    Action.KEEP_NAMES: _rule((), {_AU}),
    Action.LOAD_DATA: _rule({_AN, *_OP}),
    Action.COUNT_DATA: _rule({_AN, *_OP}),
    Action.MANAGE_ACCOUNTS: _rule({_AD, *_OP}),
    Action.GOVERN: _rule({_AD, *_OP}),
    # Whoever reviews a story reads what an assessment of it needs; to write in it is for those who answer for the site.
    Action.READ_GOVERNANCE: _rule(_OP, {_RE, _LE}),
}


NOT_THEIR_VOICE = message("Somebody who works on this story can't say yes in a person's name.")
_NO_SECOND_PAIR = {
    True: message("You helped to write this story, so someone else needs to sign it off."),
    False: message("This is your own story, so someone else needs to sign it off."),
}


def may(
    actor: Actor,
    action: Action,
    story: StoryAccess | None = None,
    person: str | None = None,
    *,
    roles: frozenset[StoryRole] = frozenset(),
) -> Decision:
    """Whether ``actor`` may do ``action`` (in ``story``, for ``person``), and why not if not.

    Without ``story`` the answer is about roles alone: the actor's own and those in ``roles``.
    """
    rule = RULES[action]
    by_site = bool(rule.site & actor.roles)
    if not (by_site or rule.story & (roles if story is None else story.roles)):
        return Decision(False, _who(rule, actor))
    if rule.also and not rule.also & actor.roles:
        return Decision(False, _who(rule, actor))
    if story is None:
        return Decision(True)
    if rule.own_voice and not has_own_voice(actor.roles, story.roles):
        return Decision(False, NOT_THEIR_VOICE)
    return _in_story(rule, story, person, by_site=by_site)


def has_own_voice(site: frozenset[SiteRole], story: frozenset[StoryRole]) -> bool:
    """Whether an account with these roles may speak for a person at all: no worker's does, and no author's."""
    return SiteRole.WORKER not in site and StoryRole.AUTHOR not in story


def _in_story(rule: Rule, story: StoryAccess, person: str | None, *, by_site: bool) -> Decision:
    theirs = person in story.persons or bool(rule.for_others & story.roles)
    if rule.own and not by_site and not theirs:
        return Decision(False, message("Only the person whose story this is can do that."))
    if rule.not_author and (story.wrote or story.persons):
        return Decision(False, _NO_SECOND_PAIR[story.wrote])
    if rule.move is not None and not can_move(story.state, rule.move):
        return Decision(False, why_not(story.state), not_now=True)
    return Decision(True)


def _who(rule: Rule, actor: Actor) -> Message:
    if not actor.signed_in:
        return message("Sign in to do that.")
    roles = (rule.also or {*rule.site, *rule.story}) - {SiteRole.OPERATOR, SiteRole.SYSTEM}
    return message("That is for {those}.", those=any_of(roles))
