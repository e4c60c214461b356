"""``storybook governance`` from the outside."""

import json

import pytest

from storybook.story.formats import write
from storybook.story.model import Agency, Contact, Person, Story
from tests.integration.cli_fixtures import run

SLUG = "a-warm-room"


@pytest.fixture(autouse=True)
def stored(monkeypatch, home, database_url, tmp_path):
    monkeypatch.setenv("STORYBOOK_HOME", str(home))
    monkeypatch.setenv("STORYBOOK_DATABASE_URL", database_url)
    story = Story(
        slug=SLUG,
        title="A warm room",
        people=(Person(ref="P1", name="Ash"),),
        agencies=(Agency(ref="shelter", name="The Night Shelter", sector="voluntary"),),
        contacts=(Contact(date="2016-04-03", agency="shelter", people=("P1",), summary="asked for a bed"),),
    )
    write(story, tmp_path / SLUG, format="folder")
    assert run("story", "import", tmp_path / SLUG).code == 0


def test_answers_are_recorded_and_exported(tmp_path):
    assert "Not recorded." in run("governance", SLUG).out
    recorded = run("governance", SLUG, "--record", "controller", "The council", "--record", "opt-out", "No")
    assert (recorded.code, recorded.lines) == (0, ["Recorded: controller.", "Recorded: opt-out."])
    assert run("governance", SLUG, "--for-all", "--record", "article-6", "6(1)(e)").code == 0
    target = tmp_path / "dpia.md"
    assert run("governance", SLUG, "--to", target).code == 0
    text = target.read_text("utf-8")
    assert all(
        said in text for said in ("The council", "6(1)(e)", "# For a data protection impact assessment")
    )
    assert "Ash" not in text
    told = json.loads(run("governance", SLUG, "--json").out)
    assert [a["question"] for a in told["recorded"] if a["said"]] == ["controller", "article-6", "opt-out"]


def test_what_can_t_be_is_told():
    assert run("governance", "nothing-here").code == 1
    assert run("governance", SLUG, "--record", "controller", " ").code == 1
    assert run("governance", SLUG, "--record", "colour", "blue").code == 2
