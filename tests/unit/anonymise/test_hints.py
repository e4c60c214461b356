"""The faintest tier: what says little alone is told apart from what asks for a decision, and never hides it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.anonymise import Confidence, Names, Tier, What, find_identifiers
from storybook.anonymise.detectors import engine

FAINT = [
    ("there were seventy-one hearings in all", What.AMOUNT, "seventy-one hearings"),
    ("she owned ten plots of land there", What.AMOUNT, "ten plots of land"),
    ("the rate was 81.7% then", What.AMOUNT, "81.7%"),
    ("rated at 50 to 79% of it", What.AMOUNT, "50 to 79%"),
    ("he got five hundred euros for it", What.AMOUNT, "five hundred euros"),
    ("about 50 metres from the sea", What.AMOUNT, "about 50 metres"),
    ("she had waited for fifteen years then", What.SPELL, "fifteen years"),
    ("held for eight days before", What.SPELL, "eight days"),
    ("he lives with schizophrenia now", What.ILLNESS, "schizophrenia"),
    ("a fracture of the left kneecap that winter", What.ILLNESS, "fracture of the left kneecap"),
    ("she was the deputy director there", What.TRADE, "deputy director"),
    ("he was owner of a fishing farm", What.TRADE, "owner of a fishing farm"),
    ("it went to the Court of Cassation in the end", What.ORG, "Court of Cassation"),
    ("decided in [2001] 3 WLR 206 there", What.REFERENCE, "3 WLR 206"),
]


@pytest.mark.parametrize(("text", "what", "found"), FAINT)
def test_what_says_little_alone_is_faint_and_asks_for_no_decision(text, what, found):
    (finding,) = [f for f in find_identifiers(text, fast=True) if f.confidence is Confidence.FAINT]
    assert (finding.what, text[finding.start : finding.end], finding.tier) == (what, found, Tier.LOOK)
    assert not finding.blocks


EVERYDAY = [
    "30 mg twice a day for six weeks",
    "attended 9 sessions and missed 5 calls",
    "96% at school, 12% less ASB",
    "£60 a week, £14 short",
    "scored 21 on PHQ-9 at 2.30 pm",
    "the Crown Court, the County Court and the Magistrates’ Court",
    "the council, the Housing Office and the Job Centre",
    "in 2016 moves began; 1993 family moves",
    "she is in hospital and the hostel is full",
    "twelve weeks on the list, then one month more",
    "three kids and two dogs",
]


@pytest.mark.parametrize("text", EVERYDAY)
def test_what_every_case_note_holds_is_not_even_faint(text):
    assert [f for f in find_identifiers(text, fast=True) if f.confidence is Confidence.FAINT] == []


def test_letters_that_the_text_explains_are_carried_through_it():
    text = "the Social Insurance Office (ZUS) wrote. Then ZUS paid."
    assert "ZUS" in {text[f.start : f.end] for f in find_identifiers(text, fast=True)}


def test_the_storys_own_agencies_are_not_even_faint():
    text = "the Marlowe Road Committee wrote"
    own = Names(agencies=("Marlowe Road Committee",))
    assert find_identifiers(text, known=own, fast=True) == []


pieces = st.sampled_from(
    [t for t, _, _ in FAINT]
    + EVERYDAY
    + ["Darren Whitlock, 34, of 14 Hope Street", "ref 123456", "\n", "王小明"]
)


@given(st.lists(pieces, max_size=4).map(". ".join))
def test_the_faintest_tier_takes_nothing_from_the_surer_ones(text):
    everything = find_identifiers(text, fast=True)
    surer = [f for f in everything if f.confidence is not Confidence.FAINT]
    assert surer == engine.find_identifiers(text, fast=True)
    covered = [i for f in everything if f.tier is not Tier.ADVISER for i in range(f.start, f.end)]
    assert len(covered) == len(set(covered))
