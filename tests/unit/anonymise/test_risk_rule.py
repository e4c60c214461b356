"""What a release asks for, channel by channel: reached, reasons written down, the lead as well."""

from __future__ import annotations

from itertools import product

import pytest

from storybook.anonymise.consent import Channel, SignOff
from storybook.anonymise.edition import Risk as Word
from storybook.anonymise.risk.measured import Verdict
from storybook.anonymise.risk.rule import UNMEASURED, Measurement, has_ways_on, lacking, of_lead, word
from storybook.story.messages import say

from .samples import NOON

V, C = Verdict, Channel
TEN, NONE = Measurement(V.MET, V.NOT_MET), Measurement(V.NOT_MET, V.NOT_MET)
ELEVEN = Measurement(V.MET, V.MET)
OK: tuple[str, ...] = ()
#: (channel, what was measured): what a real story, and one of made-up people, need beside the sign-off.
TABLE = {
    (C.TEAM, UNMEASURED): (OK, OK),
    (C.TEAM, NONE): (("reasons",), ("reasons",)),
    (C.TEAM, TEN): (OK, OK),
    (C.TEAM, ELEVEN): (OK, OK),
    (C.PARTNERS, UNMEASURED): (("reasons",), OK),
    (C.PARTNERS, NONE): (("reasons",), ("reasons",)),
    (C.PARTNERS, TEN): (OK, OK),
    (C.PARTNERS, ELEVEN): (OK, OK),
    (C.CONFERENCE, UNMEASURED): (("reasons",), OK),
    (C.CONFERENCE, NONE): (("reasons",), ("reasons",)),
    (C.CONFERENCE, TEN): (OK, OK),
    (C.CONFERENCE, ELEVEN): (OK, OK),
    (C.WEB, UNMEASURED): (("reasons", "lead"), OK),
    (C.WEB, NONE): (("reasons", "lead"), ("reasons",)),
    (C.WEB, TEN): (("reasons", "lead"), ("reasons",)),
    (C.WEB, ELEVEN): (OK, OK),
}


def signed(*, reasons: bool = False, lead: str | None = None, reviewer: str = "Rae") -> SignOff:
    return SignOff(
        candidate_sha256="0" * 64,
        reviewer_id=reviewer,
        authors=frozenset({"Will"}),
        at=NOON,
        reasons=reasons,
        lead_id=lead,
    )


def needs(channel: Channel, measured: Measurement, *, fictional: bool) -> tuple[str, ...]:
    """What is asked for: the fewest things with which nothing is."""
    for reasons, lead in ((False, False), (True, False), (True, True)):
        word = signed(reasons=reasons, lead="Lee" if lead else None)
        if not list(lacking([channel], measured, word, fictional=fictional)):
            return tuple(name for name, there in (("reasons", reasons), ("lead", lead)) if there)
    raise AssertionError("nothing is enough")


@pytest.mark.parametrize(("channel", "measured"), TABLE)
@pytest.mark.parametrize("fictional", [False, True], ids=["real", "made up"])
def test_each_channel_asks_for_what_the_table_says(channel, measured, fictional):
    assert needs(channel, measured, fictional=fictional) == TABLE[channel, measured][fictional]


def test_the_table_is_whole():
    assert set(TABLE) == set(product(Channel, (UNMEASURED, NONE, TEN, ELEVEN)))


def test_the_lead_alone_is_not_enough_and_every_lack_is_said():
    assert [say(one)[:44] for one in lacking([C.TEAM, C.WEB], NONE, None, fictional=False)] == [
        "Fewer than 11 people fit this story: the rev",
        "For the open web at least 11 people have to ",
    ]
    (reasons,) = lacking([C.WEB], UNMEASURED, signed(lead="Lee"), fictional=False)
    assert say(reasons).startswith("It is not measured how many people this could be")


@pytest.mark.parametrize("fictional", [False, True], ids=["real", "made up"])
@pytest.mark.parametrize("measured", [NONE, ELEVEN, UNMEASURED], ids=["too few", "enough", "not measured"])
def test_a_lead_who_said_no_is_heard_whoever_it_is_about(measured, fictional):
    word = signed(reasons=True).model_copy(update={"lead_refused": True})

    assert not list(lacking([C.TEAM, C.PARTNERS], measured, word, fictional=fictional))
    (no,) = lacking([C.TEAM, C.WEB], measured, word, fictional=fictional)
    assert say(no).startswith("The information-governance lead said no to the open web")


@pytest.mark.parametrize(
    ("measured", "real", "made_up"),
    [
        (UNMEASURED, True, False),
        (Measurement(to_do=True), False, False),
        (NONE, True, True),
        (TEN, True, True),
        (ELEVEN, False, False),
    ],
)
def test_there_are_ways_on_where_it_is_not_enough_and_of_made_up_people_if_it_was_measured(
    measured, real, made_up
):
    assert [has_ways_on([C.TEAM, C.WEB], measured, fictional=one) for one in (False, True)] == [real, made_up]
    assert not has_ways_on([C.PARTNERS], measured, fictional=False)


def test_a_real_story_with_data_is_measured_first():
    to_do = Measurement(to_do=True)
    (first,) = lacking([C.TEAM], to_do, signed(reasons=True, lead="Lee"), fictional=False)

    assert say(first) == "It is still to be measured how many people this could be"
    assert not list(lacking([C.WEB], to_do, signed(), fictional=True))


def test_the_lead_is_no_author_and_not_the_reviewer():
    assert not list(of_lead(signed(lead="Lee")))
    assert not list(of_lead(signed()))
    assert [say(one)[:36] for one in of_lead(signed(lead="Will"))] == [
        "The information-governance lead wrote"[:36]
    ]
    assert "two people" in say(next(of_lead(signed(lead="Rae"))))


@pytest.mark.parametrize(
    ("channels", "measured", "said"),
    [
        ([C.WEB], ELEVEN, Word.MET),
        ([C.TEAM, C.PARTNERS], TEN, Word.MET),
        ([C.TEAM, C.WEB], TEN, Word.OVERRIDDEN),
        ([C.TEAM], NONE, Word.OVERRIDDEN),
        ([C.WEB], UNMEASURED, Word.NOT_MEASURED),
        ([C.TEAM], UNMEASURED, Word.NOT_MEASURED),
    ],
)
def test_the_manifest_has_one_word_and_never_passes_what_was_not_measured(channels, measured, said):
    assert word(channels, measured) is said
