"""Asking the information-governance lead, and their no, from the outside."""

import re

import pytest

from storybook.story.formats import write
from storybook.story.model import Agency, Contact, Person, Story
from tests.integration.cli_fixtures import Ran, run

SLUG = "a-warm-room"


@pytest.fixture(autouse=True)
def stored(monkeypatch, home, database_url, tmp_path):
    monkeypatch.setenv("STORYBOOK_HOME", str(home))
    monkeypatch.setenv("STORYBOOK_DATABASE_URL", database_url)
    story = Story(
        slug=SLUG,
        title="A warm room",
        fictional=True,
        people=(Person(ref="P1", name="Ash"),),
        agencies=(Agency(ref="shelter", name="The Night Shelter", sector="voluntary"),),
        contacts=(Contact(date="2016-04-03", agency="shelter", people=("P1",), summary="asked for a bed"),),
    )
    write(story, tmp_path / SLUG, format="folder")
    assert run("story", "import", tmp_path / SLUG).code == 0


PASSWORD = "a long enough one"


def said(*words: str) -> Ran:
    """What the command said once it had asked for the password."""
    ran = run(*words, typed=PASSWORD)
    return Ran(ran.code, ran.out, ran.err.replace("Password: \n", ""))


def test_an_account_without_a_password_says_nothing_on_the_command_line():
    assert run("account", "add", "rae@example.org", "--role", "reviewer", "--no-password").code == 0
    assert run("account", "share", SLUG, "rae@example.org", "--role", "reviewer").code == 0
    sha256 = re.search(r"[0-9a-f]{64}", run("review", SLUG).out).group()
    for typed in ("\n", "None\n", "anything\n"):
        assert run("sign-off", SLUG, "--as", "rae@example.org", "--hash", sha256, typed=typed).code == 1


def test_the_lead_is_asked_and_says_no_on_the_command_line():
    for who, site in (("rae", "reviewer"), ("lee", "lead")):
        assert (
            run("account", "add", f"{who}@example.org", "--role", site, typed=f"{PASSWORD}\n" * 2).code == 0
        )
    assert run("account", "share", SLUG, "rae@example.org", "--role", "reviewer").code == 0
    sha256 = re.search(r"[0-9a-f]{64}", run("review", SLUG).out).group()
    by, lead = ("--as", "rae@example.org", "--hash", sha256), ("--as", "lee@example.org", "--hash", sha256)
    no = ("sign-off", SLUG, *lead, "--lead", "--refuse", "--reasons")

    theirs = "whoever writes the story, the person whose story it is, the information-governance lead or its reviewer"
    assert said(*no, "Not yet.").problems == [f"That is for {theirs}."]
    assert said("ask-lead", SLUG, *by, "--lead", "rae@example.org").problems == [
        "lead: that is nobody who can be asked; choose a lead from the list"
    ]
    assert said("ask-lead", SLUG, *by, "--lead", "lee@example.org").code == 0
    assert said(*no, " ").problems == [
        "reasons: there is no reason; write down why it may not go onto the web"
    ]
    assert said(*no, "Not yet.").lines[0] == "You said no to the open web."
    assert said(*no, "Not yet.").code == 1
    assert run("sign-off", SLUG, *by, "--refuse").code == 2
