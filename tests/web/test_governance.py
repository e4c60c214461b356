"""What an assessment needs of a story, as a page for its reviewers: the words of the command, and nobody named."""

from __future__ import annotations

import html
import re

import pytest

from storybook.services.context import Actor
from storybook.services.governance.assessment import governance_of
from storybook.services.governance.document import as_markdown
from storybook.services.governance.record import record_governance
from tests.web.conftest import SLUG, World

PAGE = f"/stories/{SLUG}/review/governance/"
FILE = PAGE + "file/?kind="


@pytest.fixture
def recorded(world: World) -> World:
    world.to_published()
    record_governance(world.ctx, Actor.operator(), SLUG, "controller", "The council\n& its <partners>")
    record_governance(world.ctx, Actor.operator(), None, "retention", "Six years")
    return world


def words(text: str) -> str:
    """The words alone, without the marks of Markdown or HTML."""
    return " ".join(re.sub(r"^[#* ]+|[*]+", "", text, flags=re.MULTILINE).split())


def test_the_page_says_what_the_command_says(recorded: World) -> None:
    page = recorded.client("reviewer").get(PAGE).text
    article = re.search(r"<article.*?</article>", page, re.DOTALL)
    assert article
    without_buttons = re.sub(r'<(div|p) class="[^"]*sb-no-print.*?</\1>', "", article[0], flags=re.DOTALL)
    seen = words(html.unescape(re.sub(r"<[^>]+>", " ", without_buttons)))
    assert seen == words(as_markdown(governance_of(recorded.ctx, Actor.operator(), SLUG)))
    assert "Ann" not in article[0]


@pytest.mark.parametrize("kind", ["md", "json"])
def test_the_file_is_what_the_command_writes(recorded: World, kind: str) -> None:
    found = governance_of(recorded.ctx, Actor.operator(), SLUG)
    answer = recorded.client("reviewer").get(FILE + kind)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="for-an-assessment.{kind}"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.text == (as_markdown(found) if kind == "md" else f"{found.model_dump_json(indent=2)}\n")


@pytest.mark.parametrize("who", ["worker", "expert", "analyst", "outsider"])
def test_only_the_storys_reviewers_read_it(recorded: World, who: str) -> None:
    for address in (PAGE, FILE + "md", FILE + "json"):
        assert recorded.client(who).get(address).status_code == 403


def test_the_review_leads_its_reviewer_there_and_nobody_else(recorded: World) -> None:
    review = f"/stories/{SLUG}/review/"
    assert PAGE in recorded.client("reviewer").get(review).text
    assert PAGE not in recorded.client("worker").get(review).text


def test_a_draft_that_was_never_in_review_has_a_page_too(world: World) -> None:
    page = world.client("reviewer").get(PAGE)
    assert page.status_code == 200
    assert "It has not been in review yet." in page.text


def test_there_is_no_other_kind_of_file(recorded: World) -> None:
    assert recorded.client("reviewer").get(FILE + "html").status_code == 404
