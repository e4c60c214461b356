"""Who may do what: the promises that the table has to keep, whoever edits it."""

from itertools import product

import pytest

from storybook.services.permissions import (
    RULES,
    Action,
    Actor,
    SiteRole,
    StoryAccess,
    StoryRole,
    may,
)
from storybook.services.states import StoryState
from storybook.story.ids import new_id
from storybook.story.messages import say

PEOPLE = [role for role in SiteRole if role not in (SiteRole.OPERATOR, SiteRole.SYSTEM)]


def actor(*roles: SiteRole) -> Actor:
    return Actor(new_id(), roles=frozenset(roles))


def access(state=StoryState.IN_REVIEW, *roles, persons=(), wrote=False) -> StoryAccess:
    return StoryAccess(state, frozenset(roles), frozenset(persons), wrote)


def test_every_action_has_its_line():
    assert set(RULES) == set(Action)


@pytest.mark.parametrize("action", list(Action))
def test_the_signed_out_may_do_nothing_and_are_told_to_sign_in(action):
    decision = may(Actor.nobody(), action, access())
    assert (decision.allowed, say(decision.reason)) == (False, "Sign in to do that.")


@pytest.mark.parametrize(
    ("role", "action"),
    list(product(PEOPLE, [a for a in Action if RULES[a].story])),
)
def test_a_role_on_the_site_opens_nobody_s_story(role, action):
    assert not may(actor(role), action, access())
    assert not may(actor(role), action)


@pytest.mark.parametrize("state", list(StoryState))
@pytest.mark.parametrize("role", list(StoryRole))
def test_nobody_consents_for_somebody_else(role, state):
    theirs = access(state, role, persons={"P1"} if role is StoryRole.EXPERT else ())
    assert not may(actor(*PEOPLE), Action.GIVE_CONSENT, theirs, "P2")
    assert not may(actor(*PEOPLE), Action.TAKE_BACK_CONSENT, theirs, "P2")
    assert not may(actor(*PEOPLE), Action.WITHDRAW, theirs, "P2")


@pytest.mark.parametrize("who", [Actor.operator(), Actor.system(), Actor.system(demo=True)])
def test_not_even_the_operator_consents_or_signs_off(who):
    assert not may(who, Action.GIVE_CONSENT, access(), "P1")
    assert not may(who, Action.SIGN_OFF, access())


def test_a_person_agrees_for_themselves_while_the_story_is_in_review():
    assert may(
        actor(), Action.GIVE_CONSENT, access(StoryState.IN_REVIEW, StoryRole.EXPERT, persons={"P1"}), "P1"
    )
    early = may(
        actor(), Action.GIVE_CONSENT, access(StoryState.DRAFT, StoryRole.EXPERT, persons={"P1"}), "P1"
    )
    assert (early.allowed, early.not_now) == (False, True)
    assert say(early.reason) == "This story is a draft. Send it for review first."


@pytest.mark.parametrize("state", list(StoryState))
def test_a_person_withdraws_whatever_the_state(state):
    assert may(actor(), Action.WITHDRAW, access(state, StoryRole.EXPERT, persons={"P1"}), "P1")


def test_whoever_wrote_any_of_it_does_not_sign_it_off():
    wrote = access(StoryState.IN_REVIEW, StoryRole.REVIEWER, StoryRole.AUTHOR, wrote=True)
    decision = may(actor(SiteRole.REVIEWER), Action.SIGN_OFF, wrote)
    assert say(decision.reason) == "You helped to write this story, so someone else needs to sign it off."
    assert may(actor(SiteRole.REVIEWER), Action.SIGN_OFF, access(StoryState.IN_REVIEW, StoryRole.REVIEWER))


def test_a_refusal_says_who_may():
    decision = may(actor(SiteRole.EXPERT), Action.ADD_STORY)
    assert say(decision.reason) == "That is for a case worker."
