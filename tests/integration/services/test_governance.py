"""What a DPIA needs, on both databases: what was recorded, what was not, what the program knows, and nobody's name."""

import datetime as dt
import json

import pytest

from storybook.services.consent.others import name_other
from storybook.services.context import Actor
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.errors import NotAllowed, NotFound
from storybook.services.findings.real_names import keep_real_name
from storybook.services.governance.assessment import governance_of
from storybook.services.governance.document import as_markdown
from storybook.services.governance.record import QUESTIONS, Question, record_governance
from storybook.services.rehearsal.rehearse import begin_rehearsal, end_rehearsal, rehearsal_of, say_of_part
from storybook.services.stopping.take_out import take_out_everywhere
from storybook.services.stopping.withdraw import withdraw
from storybook.story.problems import Problems
from tests.integration.services.test_life_of_a_story import SLUG, Cast

OPERATOR = Actor.operator()


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def record(ctx, question, said, slug=SLUG):
    record_governance(ctx, OPERATOR, slug, question, said)


def answers(ctx) -> dict:
    return {a.question: (a.said, a.of_all) for a in governance_of(ctx, OPERATOR, SLUG).recorded}


def section(text: str, heading: str) -> str:
    return text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def test_what_was_never_recorded_says_so_and_how_to_record_it(ctx, cast):
    found = governance_of(ctx, OPERATOR, SLUG)
    text = as_markdown(found)
    assert text.count("**Not recorded.**") == len(Question)
    for answer in found.recorded:
        assert (answer.said, answer.said_on) == (None, None)
        assert answer.how_to_record == f'storybook governance SLUG --record {answer.question} "…"'
        assert f"    {answer.how_to_record}\n" in text


def test_an_answer_stands_in_its_place_and_a_newer_one_replaces_it(ctx, cast):
    record(ctx, "controller", "The council")
    record(ctx, "controller", " The council and the university, jointly\n")
    assert answers(ctx)[Question.CONTROLLER] == ("The council and the university, jointly", False)
    text = section(as_markdown(governance_of(ctx, OPERATOR, SLUG)), "Who answers for it")
    assert "The council and the university, jointly\n\n*Recorded on 2 March 2026.*" in text
    assert "Not recorded" not in text


def test_what_is_said_of_all_stories_gives_way_to_a_story_s_own(ctx, cast):
    record(ctx, "article-6", "6(1)(e), for all", None)
    assert answers(ctx)[Question.ARTICLE_6] == ("6(1)(e), for all", True)
    assert "*Recorded on 2 March 2026, for all stories.*" in as_markdown(governance_of(ctx, OPERATOR, SLUG))
    record(ctx, "article-6", "6(1)(a), here")
    record(ctx, "article-6", "6(1)(e), still for all", None)
    assert answers(ctx)[Question.ARTICLE_6] == ("6(1)(a), here", False)


@pytest.mark.parametrize(
    ("question", "said", "where"),
    [("colour", "blue", "question"), ("controller", " ", "controller"), ("risks", "x" * 4001, "risks")],
)
def test_an_answer_that_is_none_is_refused(ctx, cast, question, said, where):
    with pytest.raises(Problems) as error:
        record(ctx, question, said)
    assert [p.where for p in error.value.problems] == [where]
    assert {said for said, _ in answers(ctx).values()} == {None}


def test_a_storys_reviewers_read_it_and_only_those_who_answer_for_the_site_record(ctx, cast):
    for actor in (cast.worker, cast.ash, Actor.nobody()):
        with pytest.raises(NotAllowed):
            governance_of(ctx, actor, SLUG)
    assert governance_of(ctx, cast.reviewer, SLUG) == governance_of(ctx, OPERATOR, SLUG)
    for actor in (cast.worker, cast.ash, cast.reviewer, Actor.nobody()):
        with pytest.raises(NotAllowed):
            record_governance(ctx, actor, SLUG, "controller", "me")
    with pytest.raises(NotFound):
        governance_of(ctx, OPERATOR, "no-such-story")
    with pytest.raises(NotFound):
        record(ctx, "controller", "The council", "no-such-story")


def test_the_lawful_bases_stand_apart_from_what_people_said(ctx, cast):
    text = as_markdown(governance_of(ctx, OPERATOR, SLUG))
    assert "Yes to taking part" not in section(text, "Lawful bases")
    assert "none of these" in section(text, "Lawful bases")
    permission = section(text, "Permission and consent, which are not the lawful basis")
    assert "* People whose story it is: 2.\n* Yes to taking part: signed 2." in permission
    assert "Article" not in permission


def test_it_says_what_was_not_done_yet(ctx, cast):
    cast.send()
    text = as_markdown(governance_of(ctx, OPERATOR, SLUG))
    assert "It was never shared" in text
    assert SLUG not in text
    assert "* Nobody tried to recognise the people in this version." in text
    assert "* Not signed off." in text


def rehearse(ctx, cast, sha256):
    begin_rehearsal(ctx, cast.reviewer, SLUG, sha256)
    ctx.clock.advance(dt.timedelta(minutes=7))
    for part in rehearsal_of(ctx, cast.reviewer, SLUG).parts:
        say = {"sha256": sha256, "part": part.key, "who": ["nobody"], "how": ""}
        say_of_part(ctx, cast.reviewer, SLUG, **say)
    end_rehearsal(ctx, cast.reviewer, SLUG, sha256=sha256, outcome="nothing found", note="")


def test_it_says_what_was_done_until_the_end(ctx, cast):
    sha256 = cast.send()
    rehearse(ctx, cast, sha256)
    cast.agree(sha256)
    publish_edition(ctx, cast.worker, SLUG)
    text = as_markdown(governance_of(ctx, OPERATOR, SLUG))
    assert f"It was shared at /editions/{SLUG}/." in text
    said = "in this version, until 2 March 2026, for 7 min: nothing found."
    assert f"* A reviewer tried to recognise the people {said}" in text
    assert "* Signed off on 4 March 2026 by a reviewer who wrote none of it." in text
    shared = "* Edition 1: published; published on 4 March 2026; open to, until: web 2027-03-02."
    assert shared in section(text, "Retention")
    withdraw(ctx, cast.ash, SLUG, "P1")
    ended = "* Edition 1: withdrawn, ended on 4 March 2026;"
    assert ended in as_markdown(governance_of(ctx, OPERATOR, SLUG))


def test_nobody_and_nothing_of_the_story_is_named(ctx, cast):
    keep_real_name(ctx, cast.worker, SLUG, "P1", "Xanthippe Quillfeather")
    name_other(ctx, cast.worker, SLUG, "her sister Wren")
    cast.send()
    found = governance_of(ctx, OPERATOR, SLUG)
    for text in (as_markdown(found), found.model_dump_json()):
        for name in (
            "Ash",
            "Bo",
            "P1",
            "Quillfeather",
            "Wren",
            "warm room",
            "Night Shelter",
            "key",
            "@example",
        ):
            assert name not in text.replace("under a key", ""), name
    assert found.others == {"open": 1}


def test_the_json_says_the_same(ctx, cast):
    record(ctx, "retention", "Seven years, then destroyed by the lead.")
    told = json.loads(governance_of(ctx, OPERATOR, SLUG).model_dump_json())
    (retention,) = (a for a in told["recorded"] if a["question"] == "retention")
    assert (retention["said"], retention["said_on"]) == (
        "Seven years, then destroyed by the lead.",
        "2026-03-02",
    )
    assert (told["people"], told["permissions"], told["contacts"], told["agencies"]) == (
        2,
        {"signed": 2},
        2,
        1,
    )
    assert (told["linked"], told["editions"], told["address"]) == ([], [], "")


def test_words_taken_out_go_from_what_was_recorded_of_the_story(ctx, cast):
    record(ctx, "risks", "Quillfeather may be recognised")
    take_out_everywhere(ctx, cast.ash, SLUG, "Quillfeather")
    assert "quillfeather" not in str(answers(ctx)).lower()


def test_every_question_says_what_an_answer_holds():
    assert list(QUESTIONS) == list(Question)
